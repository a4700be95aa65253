/** Logs: which services, what to look for, and the lines. */
import { html } from '../html.js';
import { button } from '../parts/button.js';
import { engineBanner, notice } from '../parts/notice.js';
import { icon } from '../parts/shape.js';

/** @import {State, Words} from '../../types/page' */

const HUES = 7;

/** @param {State} state @param {Words} words */
export function logsPage(state, words) {
  const { t } = words;
  const { logs } = state;
  const services = (state.package?.services ?? []).filter((service) => service.active);
  const names = services.map((service) => service.name);
  const counts = logs.counts;
  return html`<h1 class="unseen" tabindex="-1">${t('ui-nav-logs')}</h1>
  <div class="log-tools">
    ${engineBanner(state, words)}${notice(state, words)}
    <div class="line">
      <label class="search">${icon('search')}<span class="unseen">${t('ui-logs-find')}</span>
        <input type="text" role="searchbox" data-testid="log-search" placeholder=${t('ui-logs-find')} value=${logs.query}
          onInput=${{ type: 'log-search-typed' }} onKeyDown=${{ type: 'log-search-keyed' }} /></label>
      ${logs.query ? html`<span class="small muted figures" data-testid="log-matches" data-count=${counts.matches} role="status">${counts.matches === 0 ? t('ui-logs-no-match') : t('ui-logs-match', { current: counts.current, total: counts.matches })}</span>
        ${glyph('up', t('ui-logs-previous'), -1, counts.matches === 0)}${glyph('down', t('ui-logs-next'), 1, counts.matches === 0)}` : null}
    </div>
    <div class="chips" role="group" aria-label=${t('ui-logs-services')}>
      <button type="button" class="chip all" aria-pressed=${logs.services.length === 0 ? 'true' : 'false'} onClick=${{ type: 'log-all-chosen' }}>${t('ui-logs-all')}</button>
      ${services.map((service, index) => html`<button type="button" key=${service.name} class=${`chip hue-${index % HUES}`} data-testid="log-service" data-service=${service.name}
        aria-pressed=${logs.services.length === 0 || logs.services.includes(service.name) ? 'true' : 'false'} onClick=${{ type: 'log-service-toggled', service: service.name }}>${service.name}</button>`)}
    </div>
  </div>
  <log-view class="log" data-testid="log-view" role="log" aria-live="off" aria-label=${t('ui-nav-logs')} order=${names} query=${logs.query} following=${counts.following}
    oncounted=${{ type: 'log-counted' }}></log-view>
  <footer class="foot-bar slim">
    ${icon(counts.following ? 'follow' : 'pause')}
    <span class="small"><b>${t(logs.ended ? 'ui-logs-ended' : counts.following ? 'ui-logs-following' : 'ui-logs-paused')}</b>
      <span class="muted"> ${logs.ended ? t('ui-logs-ended-lead') : counts.following ? t('ui-logs-following-lead') : t('ui-logs-held', { count: counts.held })}</span></span>
    <span class="grow"></span>
    <span class="small faint figures">${counts.dropped > 0 ? t('ui-logs-kept', { kept: counts.kept, dropped: counts.dropped }) : t('ui-logs-lines', { count: counts.kept })}</span>
    ${counts.following
      ? button({ label: t('ui-logs-pause'), onClick: { type: 'log-follow-chosen', on: false }, size: 'small', testid: 'log-follow', data: { key: 'pause' } })
      : button({ label: t('ui-logs-follow'), onClick: { type: 'log-follow-chosen', on: true }, size: 'small', kind: 'primary', testid: 'log-follow', data: { key: 'follow' } })}
  </footer>`;
}

/** @param {string} name @param {string} label @param {number} by @param {boolean} disabled */
function glyph(name, label, by, disabled) {
  return html`<button type="button" class="button glyph" aria-label=${label} title=${label} disabled=${disabled} onClick=${{ type: 'log-match-moved', by }}>${icon(name)}</button>`;
}
