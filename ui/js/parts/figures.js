/** What is used, drawn: the strip of this computer, a service's line, and what to be warned of. */
import { html } from '../html.js';
import { REMEMBERED } from '../update/figures.js';
import { shape } from './shape.js';

/** @import {DiskFigures, Pressure} from '../../types/ipc' */
/** @import {FigurePoint, State, Words} from '../../types/page' */

const WIDTH = 44;
const HEIGHT = 14;
/** Points further apart have nothing between them: nobody looked. */
const GAP = 20_000;

/**
 * The path of a sparkline. All of them have one scale, from nothing to all processors; its root is drawn, so that one
 * percent can still be told from none.
 *
 * @param {FigurePoint[]} points oldest first
 */
export function sparkPath(points) {
  const end = points.at(-1)?.at ?? 0;
  let before = -Infinity;
  return points.flatMap(({ at, cpu }) => {
    if (cpu === null) return [];
    const x = WIDTH * (1 - (end - at) / REMEMBERED);
    const y = HEIGHT - 1 - (HEIGHT - 2) * Math.sqrt(Math.min(1, Math.max(0, cpu)));
    const joined = at - before <= GAP;
    before = at;
    return `${joined ? 'L' : 'M'}${x.toFixed(1)} ${y.toFixed(1)}`;
  }).join('');
}

/** Processor and memory of a service; nothing before there is something to say. @param {FigurePoint[] | undefined} points @param {Words} words */
export function serviceFigures(points, { t, f }) {
  const last = points?.at(-1);
  if (!points || !last) return null;
  return html`<span class="figures-of">
    <svg class="spark" viewBox="0 0 ${WIDTH} ${HEIGHT}" aria-hidden="true"><path d=${sparkPath(points)} /></svg>
    ${last.cpu === null ? null : html`<span><b>${f.percent(last.cpu + 0.005)}</b> ${t('ui-figures-cpu')}</span>`}
    <span><b>${f.bytes(last.memory)}</b><span class="unseen"> ${t('ui-host-memory')}</span></span>
  </span>`;
}

/** Processors, memory and disks of this computer. @param {State} state @param {Words} words */
export function hostStrip({ figures }, { t, f }) {
  const host = figures.latest?.host;
  if (!host) return null;
  const memory = host.memoryTotal > 0 ? host.memoryUsed / host.memoryTotal : 0;
  return html`<section class="host" aria-label=${t('ui-host')} data-testid="host-strip">
    ${meter(t('ui-host-cpu'), host.cpu === null ? t('ui-host-measuring') : t('ui-host-cores', { part: f.percent(host.cpu + 0.005), count: host.cpus }), host.cpu ?? 0)}
    ${meter(t('ui-host-memory'), t('ui-host-of', of(host.memoryUsed, host.memoryTotal)), memory)}
    ${host.disks.map((disk) => meter(t(`ui-host-disk-${disk.role}`), t('ui-host-of', of(disk.used, disk.total)), disk.used / Math.max(1, disk.total), pressureOf(disk, figures.latest?.warnings ?? []), disk.path))}
  </section>`;
}

/** `3.9` of `7.6 GB`: the unit of the whole, and no digit nobody needs. @param {number} part @param {number} whole */
function of(part, whole) {
  const [unit, size] = /** @type {[string, number]} */ ([['TB', 1e12], ['GB', 1e9], ['MB', 1e6]].find(([, each]) => whole >= Number(each)) ?? ['kB', 1e3]);
  const figure = (/** @type {number} */ bytes) => (bytes / size).toFixed(bytes / size < 10 ? 1 : 0);
  return { used: figure(part), total: `${figure(whole)} ${unit}` };
}

/** @param {DiskFigures} disk @param {{ id: string, subject: string, pressure: Pressure }[]} warnings */
function pressureOf(disk, warnings) {
  return warnings.find((warning) => warning.id === 'disk' && warning.subject === disk.path)?.pressure;
}

/** @param {string} name @param {string} words @param {number} part @param {Pressure} [pressure] @param {string} [title] */
function meter(name, words, part, pressure, title) {
  return html`<div title=${title}><div class="line"><span class="grow figures">${name}</span><b class="figures">${words}</b></div>
    <svg class=${`meter ${pressure ?? ''}`} viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true"><rect class="whole" width="100" height="4" /><rect width=${Math.round(Math.min(1, part) * 1000) / 10} height="4" /></svg></div>`;
}

/** What will not go well for much longer. @param {State} state */
export function resourceWarnings({ figures }) {
  const warnings = figures.latest?.warnings ?? [];
  if (warnings.length === 0) return null;
  return html`<ul class="warnings" role="status">${warnings.map((warning) => html`<li key=${`${warning.id} ${warning.subject}`} data-testid="resource-warning" data-id=${warning.id} data-subject=${warning.subject} data-pressure=${warning.pressure}>
    ${shape(warning.pressure === 'broken' ? { shape: 'failed', tone: 'broken' } : { shape: 'unhealthy', tone: 'look' })}<span>${warning.message}</span></li>`)}</ul>`;
}
