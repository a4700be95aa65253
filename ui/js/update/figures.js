/** Figures of what is used: asked for while somebody looks at them, remembered for ten minutes. Pure. */
import { engineGone } from '../select.js';

/** @import {ResourceFigures} from '../../types/ipc' */
/** @import {FigurePoint, FiguresState, Page, Result, State} from '../../types/page' */

/** Between two looks. Each asks every container once. */
const PACE = 3000;
/** As long as a sparkline is. */
export const REMEMBERED = 600_000;
/** Pages that show figures. @type {ReadonlySet<Page>} */
const SHOWING = new Set(['overview', 'details']);

/**
 * Asks for new figures if it is time and a page shows them. Nobody calls this while the window is hidden: its clock stands.
 *
 * @param {State} state
 * @returns {Result}
 */
export function lookAtFigures(state) {
  const { figures } = state;
  const wanted = SHOWING.has(state.page) && state.package !== null && state.status !== null && !engineGone(state);
  if (!wanted || figures.asking || state.now - figures.askedAt < PACE) return [state];
  return [
    { ...state, figures: { ...figures, asking: true, askedAt: state.now } },
    { type: 'call', command: 'resource_figures', request: undefined, tag: state.package?.directory },
  ];
}

/**
 * @param {FiguresState} figures
 * @param {ResourceFigures} latest
 * @returns {FiguresState}
 */
export function withFigures(figures, latest) {
  const at = Date.parse(latest.at);
  const cpus = Math.max(1, latest.host.cpus);
  /** @type {Record<string, FigurePoint>} */
  const now = {};
  for (const each of latest.containers) {
    const sum = (now[each.service] ??= { at, cpu: null, memory: 0 });
    if (each.cpuPercent !== null) sum.cpu = (sum.cpu ?? 0) + each.cpuPercent / 100 / cpus;
    sum.memory += each.memory ?? 0;
  }
  /** @type {Record<string, FigurePoint[]>} */
  const history = {};
  for (const name of new Set([...Object.keys(figures.history), ...Object.keys(now)])) {
    const kept = (figures.history[name] ?? []).filter((point) => at - point.at <= REMEMBERED);
    const points = now[name] ? [...kept, now[name]] : kept;
    if (points.length > 0) history[name] = points;
  }
  return { ...figures, asking: false, latest, history };
}
