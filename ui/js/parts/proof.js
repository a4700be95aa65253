/** Proof: verbatim, in the tool's own words, never cut. */
import { html } from '../html.js';

/** @import {Failure} from '../../types/ipc' */
/** @import {Words} from '../../types/page' */

/** @param {string[]} lines @param {string} [testid] */
export function proof(lines, testid) {
  return html`<div class="proof" data-testid=${testid}>${lines.map((line) => html`<div>${line}</div>`)}</div>`;
}

/** What is known of a failure: the last lines as they were, and the chain of causes one click away. @param {Failure} failure @param {Words} words */
export function evidence(failure, { t }) {
  const { outputTail, causes } = failure;
  return html`
    ${outputTail.length > 0 ? html`<section class="block"><h3>${t('ui-proof-title')}</h3>${proof(outputTail, 'problem-proof')}</section>` : null}
    <details class="technical"><summary>${t('ui-technical')}</summary>
      <dl class="facts">
        <dt>${t('ui-technical-code')}</dt><dd class="mono">${failure.code}</dd>
        <dt>${t('ui-technical-category')}</dt><dd class="mono">${failure.category}</dd>
        ${failure.step ? html`<dt>${t('ui-technical-step')}</dt><dd class="mono">${failure.step}</dd>` : null}
        ${causes.length > 0 ? html`<dt>${t('ui-technical-causes')}</dt><dd>${causes.map((cause) => html`<div class="mono">${cause}</div>`)}</dd>` : null}
      </dl>
    </details>`;
}
