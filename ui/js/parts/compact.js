/** Many services: trouble first as full rows, the rest in columns read downwards. */
import { html } from '../html.js';
import { engineGone, isTrouble, runningOperation, works } from '../select.js';
import { display, explainButton, serviceMenu } from './card.js';
import { icon, shape } from './shape.js';

/** @import {ServiceStatus} from '../../types/ipc' */
/** @import {ServiceFilter, State, Words} from '../../types/page' */

/** @param {State} state @param {ServiceStatus[]} services @param {boolean} compact @param {Words} words */
export function overviewTools({ overview }, services, compact, { t }) {
  /** @type {Record<ServiceFilter, number>} */
  const counts = {
    all: services.length,
    attention: services.filter(isTrouble).length,
    working: services.filter((service) => works(service) && service.state !== 'completed').length,
    finished: services.filter((service) => service.state === 'completed').length,
  };
  const filters = /** @type {ServiceFilter[]} */ (Object.keys(counts));
  return html`<div class="tools">
    <label class="search">${icon('search')}<span class="unseen">${t('ui-overview-find')}</span>
      <input type="text" role="searchbox" data-testid="service-search" placeholder=${t('ui-overview-find')} value=${overview.search} onInput=${{ type: 'search-typed' }} /></label>
    <div class="segments" role="group" aria-label=${t('ui-overview-filter')}>${filters.map((filter) => html`<button type="button" key=${filter}
      aria-pressed=${overview.filter === filter ? 'true' : 'false'} onClick=${{ type: 'filter-chosen', filter }}>${t(`ui-filter-${filter}`, { count: counts[filter] })}</button>`)}</div>
    <span class="grow"></span>
    <div class="segments" role="group" aria-label=${t('ui-layout')}>
      <button type="button" aria-pressed=${compact ? 'false' : 'true'} onClick=${{ type: 'layout-chosen', compact: false }}>${icon('grid')}${t('ui-layout-cards')}</button>
      <button type="button" aria-pressed=${compact ? 'true' : 'false'} onClick=${{ type: 'layout-chosen', compact: true }}>${icon('rows')}${t('ui-layout-compact')}</button>
    </div>
  </div>`;
}

/** @param {ServiceStatus[]} services @param {State} state @param {Words} words */
export function compactList(services, state, words) {
  const { t } = words;
  const gone = engineGone(state);
  const busy = runningOperation(state) !== null;
  const first = state.overview.attention;
  const trouble = services.filter((service) => first.includes(service.name));
  const rest = services.filter((service) => !first.includes(service.name)).sort((one, other) => one.title.localeCompare(other.title));
  return html`
    ${trouble.length > 0 ? html`<ul class="group trouble">${trouble.map((service) => {
      const shown = display(service, gone);
      return html`<li class="item" ...${handles(service, shown.display)}>${shape(shown.look)}<b class="name">${service.title}</b>
        <span class="grow small muted">${service.sentence}</span><span class=${`tag ${shown.look.tone}`}>${t(`ui-state-${shown.key}`)}</span>
        ${explainButton(service, gone, t)}${serviceMenu(service, { gone, menu: state.menu === service.name, busy }, words)}</li>`;
    })}</ul>` : null}
    <ul class="compact">${rest.map((service) => {
      const shown = display(service, gone);
      return html`<li ...${handles(service, shown.display)} title=${service.sentence}>${shape(shown.look, 's')}<span class="name">${service.title}</span>
        <small class=${service.state === 'healthy' && !gone ? 'unseen' : ''}>${t(`ui-state-${shown.key}`)}</small>
        ${serviceMenu(service, { gone, menu: state.menu === service.name, busy }, words)}</li>`;
    })}</ul>
    ${legend(services, gone, words)}`;
}

/** @param {ServiceStatus} service @param {string | undefined} shownAs */
function handles(service, shownAs) {
  return { key: service.name, 'data-testid': 'service-card', 'data-service': service.name, 'data-state': service.state, 'data-display': shownAs };
}

/** @param {ServiceStatus[]} services @param {boolean} gone @param {Words} words */
function legend(services, gone, { t }) {
  /** @type {Map<string, { look: import('./shape.js').Look, count: number }>} */
  const counts = new Map();
  for (const service of services) {
    const shown = display(service, gone);
    counts.set(shown.key, { look: shown.look, count: (counts.get(shown.key)?.count ?? 0) + 1 });
  }
  return html`<p class="legend small muted">${[...counts].map(([key, { look, count }]) => html`<span key=${key}>${shape(look)}${t(`ui-state-${key}`)} ${count}</span>`)}</p>`;
}
