/** What Rust says without being asked: full states and snapshots. Pure. */
import { isTrouble } from '../select.js';
import { NO_CHECK, NO_DETAILS, NO_FIGURES, NO_LOGS, NO_PROBLEMS, NO_SUPPORT } from '../state.js';
import { withoutBusy } from './busy.js';
import { lookAtFigures } from './figures.js';
import { enterPage, followLogs, startCheck } from './navigate.js';
import { onOperationEvent, replay } from './operation.js';
import { diagnose, noticeTrouble, sayAgain, withReport } from './problems.js';

/** @import {AppEvent, AppState, Finished, StatusSnapshot, Verdict} from '../../types/ipc' */
/** @import {Result, State} from '../../types/page' */

/** Verdicts of a system that has been deployed: its page is the Overview. @type {ReadonlySet<Verdict>} */
const DEPLOYED = new Set(['stopped', 'will-not-recover', 'converging', 'degraded', 'ready']);

/**
 * @param {State} state
 * @param {AppEvent} event
 * @param {number} now
 * @returns {Result}
 */
export function onEvent(state, event, now) {
  switch (event.type) {
    case 'state':
      return onState(state, event.state, now);
    case 'status':
      return followAgain(land(withStatus(state, event.status)));
    case 'asked':
      return [state.package ? { ...state, dialog: { kind: event.what } } : state];
    case 'operation':
      return onOperation(onOperationEvent(state, event, now), event.kind, event.event.type === 'finished' ? event.event : null, now);
  }
}

/**
 * @param {State} state
 * @param {AppState} app
 * @param {number} now
 * @returns {Result}
 */
function onState(state, app, now) {
  const samePackage = state.package?.directory === app.package?.directory;
  const spoke = state.ready && state.language !== app.language;
  /** @type {State} */
  let next = {
    ...state,
    now,
    ready: true,
    package: app.package,
    operations: app.operations.map(replay),
    interrupted: app.interrupted,
    openError: app.package ? null : (app.launchError ?? state.openError),
    settings: app.settings,
    language: app.language,
    app: app.app,
  };
  if (!samePackage) next = forPackage(next);
  next = app.status ? withStatus(next, app.status) : { ...next, status: null };
  const deploying = next.operations.some((operation) => operation.kind === 'deploy' && !operation.finished);
  if (deploying && !state.ready) return withIcon([{ ...next, page: 'install', step: 'deploy' }]);
  if (!samePackage) return withIcon(land(next));
  // Sentences that were rendered in the other language are asked for again.
  if (!spoke) return [next];
  const [said, ...effects] = sayAgain(next);
  const [last, ...more] = next.check.report ? startCheck(said) : next.page === 'details' ? enterPage(said, 'details') : [said];
  return [last, ...effects, ...more];
}

/** A package has been opened: nothing of the one before it is true any more. @param {State} state @returns {State} */
export function forPackage(state) {
  return {
    ...state,
    step: state.package ? 'check' : 'choose',
    check: NO_CHECK,
    details: NO_DETAILS,
    icon: null,
    problems: { ...NO_PROBLEMS, text: state.problems.text },
    support: NO_SUPPORT,
    figures: NO_FIGURES,
    inspected: null,
    logs: { ...NO_LOGS, turn: state.logs.turn + 1 },
    lastSeen: null,
    openError: null,
    opening: false,
    notice: null,
    overview: { ...state.overview, attention: [], search: '', filter: 'all' },
  };
}

/** Asks for the vendor's picture, where the package has one. @param {Result} result @returns {Result} */
function withIcon([state, ...effects]) {
  if (!state.package?.icon) return [state, ...effects];
  return [state, ...effects, { type: 'call', command: 'package_icon', request: undefined }];
}

/** @param {State} state @param {StatusSnapshot} status @returns {State} */
export function withStatus(state, status) {
  const connected = status.engine.state === 'connected';
  const first = state.status === null;
  const attention = first && connected ? status.services.filter(isTrouble).map((service) => service.name) : state.overview.attention;
  return noticeTrouble({ ...state, status, lastSeen: connected ? status : state.lastSeen, overview: { ...state.overview, attention } });
}

/**
 * A log that could not be had for want of an engine begins when there is one.
 *
 * @param {Result} result
 * @returns {Result}
 */
function followAgain([state, ...effects]) {
  if (!state.logs.open || !state.logs.ended || state.status?.engine.state !== 'connected') return [state, ...effects];
  const [next, ...following] = followLogs(state, state.logs.services);
  return [next, ...effects, ...following];
}

/**
 * Until the person has chosen a page, a deployed system opens on its Overview, any other package on its check.
 *
 * @param {State} state
 * @returns {Result}
 */
function land(state) {
  if (!state.package) return [state];
  const deployed = state.status && DEPLOYED.has(state.status.verdict);
  if (deployed && !state.navigated && state.step !== 'deploy') return lookAtFigures({ ...state, page: 'overview' });
  if (state.page === 'install' && state.step === 'check' && state.check.phase === 'idle') return startCheck(state);
  return [state];
}

/**
 * @param {State} state
 * @param {import('../../types/ipc').OperationKind} kind
 * @param {Finished | null} finished null while it goes on
 * @param {number} now
 * @returns {Result}
 */
function onOperation(state, kind, finished, now) {
  if (!finished) return [state];
  const over = withoutBusy(state);
  const looking = over.step === 'check' && over.page === 'install';
  if (looking && (kind === 'fix' || kind === 'undo')) return startCheck({ ...over, dialog: null });
  // The world has changed: an earlier check or list no longer tells the truth.
  const looked = finished.diagnoses.length > 0 ? withReport(over, { diagnoses: finished.diagnoses, gaps: [], seconds: 0 }, now) : over;
  const next = { ...looked, check: looking ? over.check : NO_CHECK, interrupted: null };
  const dialog = next.dialog?.kind === 'cancel' ? null : next.dialog;
  if (next.page === 'details') return enterPage({ ...next, dialog }, 'details');
  if (next.page === 'problems' || next.problems.report) return diagnose({ ...next, dialog, now });
  return [{ ...next, dialog }];
}
