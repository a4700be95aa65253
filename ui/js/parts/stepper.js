/** Choose, Check, Deploy: where the person is. */
import { html } from '../html.js';

/** @import {InstallStep, Words} from '../../types/page' */

/** @type {InstallStep[]} */
const STEPS = ['choose', 'check', 'deploy'];

/**
 * @param {InstallStep} now
 * @param {Words} words
 * @param {string} [aside] one quiet sentence on the right
 */
export function stepper(now, { t }, aside) {
  const at = STEPS.indexOf(now);
  return html`<div class="line between">
    <ol class="stepper" aria-label=${t('ui-steps')}>${STEPS.map((step, index) => {
      const state = index < at ? 'done' : index === at ? 'now' : 'later';
      return html`<li class=${state} aria-current=${state === 'now' ? 'step' : undefined}>
        <span class="num">${state === 'done' ? html`<svg class="shape" aria-hidden="true"><use href="#s-pass" /></svg>` : index + 1}</span>${t(`ui-step-${step}`)}
      </li>`;
    })}</ol>
    ${aside ? html`<span class="small faint">${aside}</span>` : null}
  </div>`;
}
