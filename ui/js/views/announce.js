/** What a screen reader is told: progress politely and in tenths, the end of a deployment at once. */
import { html } from '../html.js';
import { percent } from '../parts/cargo.js';
import { currentStep, lastFinished, runningOperation } from '../select.js';

/** @import {State, Words} from '../../types/page' */

/** @param {State} state @param {Words} words */
export function announcements(state, { t, f }) {
  const running = runningOperation(state);
  const step = running && currentStep(running);
  const part = step && percent(step);
  const progress = step
    ? part === null ? step.title : t('ui-announce-progress', { step: step.title, percent: f.percent(Math.floor(/** @type {number} */ (part) / 10) / 10) })
    : '';
  const ended = running ? null : lastFinished(state);
  const outcome = ended?.finished;
  const bad = outcome && (outcome.outcome === 'failed' || outcome.outcome === 'partly-ready' || outcome.outcome === 'blocked');
  return html`<div class="unseen">
    <p role="status" aria-live="polite">${progress || (outcome && !bad ? t(`ui-outcome-${outcome.outcome}`) : '')}</p>
    <p role="alert" aria-live="assertive">${outcome && bad ? [t(`ui-outcome-${outcome.outcome}`), outcome.failure?.message].filter(Boolean).join('. ') : ''}</p>
  </div>`;
}
