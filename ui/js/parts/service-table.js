/** One row per service, as it changes. */
import { html } from '../html.js';
import { engineGone } from '../select.js';
import { display } from './card.js';
import { cell } from './shape.js';

/** @import {ServiceStatus} from '../../types/ipc' */
/** @import {State, Words} from '../../types/page' */

/** @param {ServiceStatus[]} services @param {State} state @param {Words} words */
export function serviceTable(services, state, { t }) {
  const gone = engineGone(state);
  return html`<div class="group scroll"><table class="services">
    <thead><tr><th>${t('ui-services-name')}</th><th>${t('ui-services-state')}</th><th>${t('ui-services-what')}</th></tr></thead>
    <tbody>${services.map((service) => {
      const shown = display(service, gone);
      return html`<tr key=${service.name} data-testid="service-row" data-service=${service.name} data-state=${service.state} data-display=${shown.display}>
        <td><b>${service.title}</b></td><td>${cell(shown.look, t(`ui-state-${shown.key}`))}</td>
        <td class="muted wrap">${service.sentence}</td></tr>`;
    })}</tbody></table></div>`;
}
