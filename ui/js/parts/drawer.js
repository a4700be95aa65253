/** The whole log of an operation: every message it sent, in order. */
import { html } from '../html.js';
import { button } from './button.js';

/** @import {Operation, State, Words} from '../../types/page' */

/** @param {Operation} operation @param {Words} words */
export function drawer(operation, { t, f }) {
  const titles = new Map(operation.steps.map((step) => [step.id, step.title]));
  return html`<section class="drawer" data-testid="operation-log" aria-label=${t('ui-log-title')} tabindex="0">
    <div class="drawer-lines">
      ${operation.log.length === 0 ? html`<p class="small faint">${t('ui-log-empty')}</p>` : null}
      ${operation.log.map((entry, index) => html`<div key=${index}><time>${entry.at === null ? '' : f.clockSeconds(entry.at)}</time><span class="faint">${titles.get(entry.step) ?? entry.step}</span><span>${entry.text}</span></div>`)}
    </div>
  </section>`;
}

/** @param {State} state @param {Words} words @param {'' | 'quiet'} [kind] */
export function drawerButton(state, { t }, kind = '') {
  return button({
    label: t(state.drawer ? 'ui-log-hide' : 'ui-log-show'), onClick: { type: 'drawer-toggled' }, icon: 'logs', kind, testid: 'show-log',
    data: { 'aria-expanded': state.drawer ? 'true' : 'false' },
  });
}
