/** One check: shape and word, the sentence, what was found and needed, what to do. A blocker is open, the others closed. */
import { html } from '../html.js';
import { button } from './button.js';
import { fixButtons } from './fixes.js';
import { CHECK_LOOK, icon, shape } from './shape.js';

/** @import {Check} from '../../types/ipc' */
/** @import {Words} from '../../types/page' */

/**
 * @param {Check} check
 * @param {Words} words
 * @param {boolean} [first] it is the first thing to do on this page, so its first fix is the primary button
 */
export function checkRow(check, words, first = false) {
  const { t } = words;
  const hasMore = check.found !== null || check.required !== null || check.why !== null || check.steps.length > 0 || check.fixes.length > 0 || canCopy(check);
  const head = html`${label(check.state, t)}<span class="says">${check.state === 'block' ? html`<b>${check.message}</b>` : check.message}${check.state !== 'block' && check.found ? html`<span class="found small faint">${check.found}</span>` : null}</span>`;
  const key = `${check.id} ${check.subject ?? ''}`;
  if (!hasMore) {
    return html`<div class="check-row plain" key=${key} data-testid="check-row" data-check=${check.id} data-state=${check.state}><div class="row-head">${head}</div></div>`;
  }
  return html`<details class="check-row" key=${key} open=${check.state === 'block'} data-testid="check-row" data-check=${check.id} data-state=${check.state}>
    <summary class="row-head">${head}<span class="chevron">${icon('chevron')}</span></summary>
    <div class="row-body">
      ${check.why ? html`<p class="small muted">${check.why}</p>` : null}
      ${check.found !== null || check.required !== null ? html`<dl class="facts">
        ${check.found !== null ? html`<dt>${t('ui-check-found')}</dt><dd>${check.found}</dd>` : null}
        ${check.required !== null ? html`<dt>${t('ui-check-needed')}</dt><dd>${check.required}</dd>` : null}
      </dl>` : null}
      ${check.steps.length > 0 ? html`<ol class="todo small">${check.steps.map((step) => html`<li><span>${step}</span></li>`)}</ol>` : null}
      ${canCopy(check) ? html`<div class="fixes">${button({ label: t('ui-copy'), onClick: { type: 'copy-asked' }, kind: first ? 'primary' : '', size: 'small', testid: 'copy-package' })}</div>` : null}
      ${fixButtons(check.fixes, { lead: first }, t)}
    </div>
  </details>`;
}

/** Where the package lies is nothing a fix could change; a copy of it elsewhere is. @param {Check} check */
function canCopy(check) {
  return check.id === 'package.location' && check.state !== 'pass';
}

/** Everything that passed, folded into one row. @param {Check[]} checks @param {Words} words */
export function passedRow(checks, words) {
  if (checks.length === 0) return null;
  const { t } = words;
  return html`<details class="check-row" key="passed" data-testid="checks-passed">
    <summary class="row-head">${label('pass', t)}<span class="says">${t('ui-check-passed-count', { count: checks.length })}</span><span class="chevron">${icon('chevron')}</span></summary>
    <ul class="passed">${checks.map((check) => html`<li data-testid="check-row" data-check=${check.id} data-state="pass">${check.message}</li>`)}</ul>
  </details>`;
}

/** @param {Check['state']} state @param {Words['t']} t */
function label(state, t) {
  const look = CHECK_LOOK[state];
  return html`<span class=${`label ${look.tone}`}>${shape(look)}<span>${t(`ui-check-${state}`)}</span></span>`;
}
