/** The steps of an operation: known before it starts, in rows of one height, so that progress only changes shapes and times. */
import { html } from '../html.js';
import { stepSeconds } from '../select.js';
import { percent } from './cargo.js';
import { shape, STEP_LOOK } from './shape.js';

/** @import {Operation, Words} from '../../types/page' */

/** @param {Operation} operation @param {number} now @param {Words} words */
export function stepList(operation, now, { t, f }) {
  return html`<ol class="step-list" aria-label=${t('ui-deploy-steps')}>${operation.steps.map((step) => {
    const begun = step.state !== 'planned';
    return html`<li key=${step.id} class=${step.state} data-testid="deploy-step" data-step=${step.id} data-state=${step.state}
      aria-current=${step.state === 'running' ? 'step' : undefined}>
      ${shape(STEP_LOOK[step.state])}
      <span class="what"><b>${step.title}</b><small>${step.state === 'running' && percent(step) !== null ? f.percent(/** @type {number} */ (percent(step)) / 100) : (step.message ?? '')}</small></span>
      <span class="unseen">${t(`ui-step-state-${step.state}`)}</span>
      ${begun && step.state !== 'skipped' && step.state !== 'cancelled' ? html`<time>${f.duration(stepSeconds(step, now))}</time>` : null}
    </li>`;
  })}</ol>`;
}
