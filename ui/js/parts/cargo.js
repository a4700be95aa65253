/** The cargo bar and what is said beside it: bytes handed over, how fast, what is left, and each archive as it stands. */
import { html } from '../html.js';
import { stepSeconds } from '../select.js';
import { rate } from '../update/operation.js';
import { cell } from './shape.js';

/** @import {PartState, ProgressPart} from '../../types/ipc' */
/** @import {Operation, Step, Words} from '../../types/page' */
/** @import {Look} from './shape.js' */

/** @type {Record<PartState, Look>} */
const PART_LOOK = {
  waiting: { shape: 'none', tone: 'idle' },
  sending: { shape: 'starting', tone: 'move' },
  unpacking: { shape: 'starting', tone: 'move' },
  done: { shape: 'pass', tone: 'good' },
  failed: { shape: 'failed', tone: 'broken' },
};

/**
 * How much is there, in percent; never the end before the last archive is confirmed.
 *
 * @param {Step} step
 * @returns {number | null} null when the step sends nothing
 */
export function percent(step) {
  if (step.unit !== 'bytes' || !step.total) return null;
  const done = step.state !== 'running' && step.state !== 'planned';
  return Math.min(done ? 100 : 99, Math.floor((100 * (step.current ?? 0)) / step.total));
}

/** @param {Step} step @param {Words} words @param {string} testid */
export function cargoBar(step, { t, f }, testid) {
  const total = step.total ?? 0;
  const current = Math.min(step.current ?? 0, total);
  // Without parts it is one berth for all: a division that nobody reported would be invented.
  const berths = step.parts.length > 0 ? step.parts : [{ total, current, state: 'sending' }];
  return html`<cargo-bar role="progressbar" data-testid=${testid} aria-label=${step.title} aria-valuemin="0" aria-valuemax="100"
    aria-valuenow=${String(percent(step) ?? 0)} aria-valuetext=${t('ui-cargo-text', { done: f.bytes(current), total: f.bytes(total) })}
    berths=${berths.map((berth) => `${berth.total}:${berth.current}:${berth.state}`).join(' ')}></cargo-bar>`;
}

/** @param {Operation} operation @param {Step} step @param {number} now @param {Words} words */
export function cargoCard(operation, step, now, words) {
  const { t, f } = words;
  if (percent(step) === null) return step.message ? html`<section class="group pad"><p class="small muted">${step.message}</p></section>` : null;
  const total = step.total ?? 0;
  const current = Math.min(step.current ?? 0, total);
  const speed = isHandedOver(step, current, total) ? null : rate(operation.samples);
  // Before anything is on its way, the first is what is being begun and not what follows.
  const begun = step.parts.some((part) => part.state !== 'waiting');
  const next = begun ? step.parts.find((part) => part.state === 'waiting') : null;
  return html`<section class="group pad cargo-card">
    <div class="line between ends">
      <p class="big"><b>${f.bytes(current)}</b><span>${t('ui-cargo-of', { total: f.bytes(total) })}</span></p>
      <dl class="stats">
        ${speed ? html`<div><dd>${`${f.bytes(Math.round(speed))}/s`}</dd><dt>${t('ui-cargo-rate')}</dt></div>` : null}
        ${speed ? html`<div><dd>${t('ui-cargo-about', { time: f.duration(Math.max(1, Math.round((total - current) / speed))) })}</dd><dt>${t('ui-cargo-left')}</dt></div>` : null}
      </dl>
    </div>
    ${cargoBar(step, words, 'deploy-progress')}
    <p class="line between small"><span class="muted">${step.message ?? ''}</span>
      <span class="faint figures">${next ? t('ui-cargo-next', { file: fileName(next.file), size: f.bytes(next.total) }) : f.duration(stepSeconds(step, now))}</span></p>
  </section>`;
}

/** Once nothing waits to be handed over, a time that is left for it would be made up. @param {Step} step @param {number} current @param {number} total */
function isHandedOver(step, current, total) {
  return step.parts.length > 0 ? step.parts.every((part) => part.state !== 'waiting' && part.state !== 'sending') : current >= total;
}

/** One row per archive, in loading order: rows never come or go while they are looked at. @param {Step} step @param {Words} words */
export function archiveTable(step, words) {
  const { t, f } = words;
  if (step.parts.length === 0) return null;
  const done = step.parts.filter((part) => part.state === 'done').length;
  return html`<section><div class="group-head"><h2>${t('ui-cargo-archives')}</h2><span class="faint">${t('ui-cargo-archives-done', { done, total: step.parts.length })}</span></div>
    <div class="group scroll"><table class="services" data-testid="deploy-archives"><tbody>${step.parts.map((part) => html`<tr key=${part.file} data-archive=${part.file} data-state=${part.state}>
      <td class="mono ellipsis" title=${part.file}>${fileName(part.file)}</td><td>${cell(PART_LOOK[part.state], t(`ui-part-${part.state}`))}</td>
      <td class="muted wrap figures">${standing(part, words)}</td><td class="right faint">${f.bytes(part.total)}</td></tr>`)}</tbody></table></div></section>`;
}

/** @param {ProgressPart} part @param {Words} words */
function standing(part, { t, f }) {
  if (part.state === 'sending') return t('ui-cargo-text', { done: f.bytes(part.current), total: f.bytes(part.total) });
  if (part.state !== 'unpacking') return '';
  // Whole seconds: a tenth that jumps says nothing more.
  const time = f.duration(Math.floor(part.seconds));
  return part.unpacked === null ? t('ui-part-unpacking-for', { time }) : t('ui-part-unpacked', { time, size: f.bytes(part.unpacked) });
}

/** @param {string} path */
const fileName = (path) => path.slice(path.lastIndexOf('/') + 1);
