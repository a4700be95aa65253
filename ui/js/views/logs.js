/** Logs: which services, from when on, what to look for, and the lines. */
import { html } from '../html.js';
import { button } from '../parts/button.js';
import { engineBanner, notice } from '../parts/notice.js';
import { icon, shape } from '../parts/shape.js';

/** @import {LogFilter, LogsState, State, Words} from '../../types/page' */

const HUES = 7;
const FILTERS = /** @type {LogFilter[]} */ (['all', 'warning', 'error']);
const SINCE = ['', '10m', '1h', '1d', '7d'];

/** @param {State} state @param {Words} words */
export function logsPage(state, words) {
  const { t } = words;
  const { logs } = state;
  const services = (state.package?.services ?? []).filter((service) => service.active);
  const names = services.map((service) => service.name);
  const { counts } = logs;
  const levels = { error: t('ui-logs-level-error'), warning: t('ui-logs-level-warning'), info: t('ui-logs-level-info'), debug: t('ui-logs-level-debug') };
  return html`<h1 class="unseen" tabindex="-1">${t('ui-nav-logs')}</h1>
  <div class="log-tools">
    ${engineBanner(state, words)}${notice(state, words)}
    <div class="line wrapping">
      ${search(logs, words)}
      ${filter(logs, words)}
      <div class="line tail">${toggle(t('ui-logs-times'), 'times', logs.times)}${toggle(t('ui-logs-wrap'), 'wrap', logs.wrap)}
      ${button({ label: t('ui-logs-copy'), onClick: { type: 'log-copy-clicked' }, icon: 'copy', size: 'small', testid: 'log-copy', disabled: counts.passing === 0 })}
      ${button({ label: t(logs.saving ? 'ui-logs-saving' : 'ui-logs-save'), onClick: { type: 'log-save-clicked' }, icon: 'save', size: 'small', testid: 'log-save', disabled: logs.saving || !state.package })}</div>
    </div>
    <div class="line wrapping">
      <div class="chips" role="group" aria-label=${t('ui-logs-services')}>
        <button type="button" class="chip all" aria-pressed=${logs.services.length === 0 ? 'true' : 'false'} onClick=${{ type: 'log-all-chosen' }}>${t('ui-logs-all')}</button>
        ${services.map((service, index) => html`<button type="button" key=${service.name} class=${`chip hue-${index % HUES}`} data-testid="log-service" data-service=${service.name}
          aria-pressed=${logs.services.length === 0 || logs.services.includes(service.name) ? 'true' : 'false'} onClick=${{ type: 'log-service-toggled', service: service.name }}>${service.name}</button>`)}
      </div>
      <span class="grow"></span>
      <span class="select"><select data-testid="log-since" aria-label=${t('ui-logs-since')} onChange=${{ type: 'log-since-chosen' }}>
        ${SINCE.map((since) => html`<option key=${since} value=${since} selected=${logs.since === since}>${t(`ui-logs-since-${since || 'newest'}`)}</option>`)}
      </select>${icon('down')}</span>
    </div>
    ${said(logs, words)}
  </div>
  <log-view class=${`log${logs.wrap ? '' : ' nowrap'}${logs.times ? '' : ' timeless'}`} data-testid="log-view" role="log" aria-live="off" aria-label=${t('ui-nav-logs')}
    words=${levels} order=${names} filter=${logs.filter} query=${logs.query} following=${counts.following} oncounted=${{ type: 'log-counted' }}></log-view>
  <footer class="foot-bar slim">
    ${icon(counts.following ? 'follow' : 'pause')}
    <span class="small"><b>${t(logs.ended ? 'ui-logs-ended' : counts.following ? 'ui-logs-following' : 'ui-logs-paused')}</b>
      <span class="muted"> ${logs.ended ? t('ui-logs-ended-lead') : counts.following ? t('ui-logs-following-lead') : t('ui-logs-held', { count: counts.held })}</span></span>
    <span class="grow"></span>
    <span class="small faint figures" data-testid="log-counts" data-sent=${counts.sent} data-kept=${counts.kept} data-dropped=${counts.dropped} data-held=${counts.held}>${kept(logs, words)}</span>
    ${counts.following
      ? button({ label: t('ui-logs-pause'), onClick: { type: 'log-follow-chosen', on: false }, size: 'small', testid: 'log-follow', data: { key: 'pause' } })
      : button({ label: t('ui-logs-follow'), onClick: { type: 'log-follow-chosen', on: true }, size: 'small', kind: 'primary', testid: 'log-follow', data: { key: 'follow' } })}
  </footer>`;
}

/** @param {LogsState} logs @param {Words} words */
function search({ query, counts }, { t }) {
  return html`<label class="search">${icon('search')}<span class="unseen">${t('ui-logs-find')}</span>
      <input type="text" role="searchbox" data-testid="log-search" placeholder=${t('ui-logs-find')} value=${query}
        onInput=${{ type: 'log-search-typed' }} onKeyDown=${{ type: 'log-search-keyed' }} /></label>
    ${query ? html`<span class="small muted figures" data-testid="log-matches" data-count=${counts.matches} role="status">${counts.matches === 0 ? t('ui-logs-no-match') : t('ui-logs-match', { current: counts.current, total: counts.matches })}</span>
      ${glyph('up', t('ui-logs-previous'), -1, counts.matches === 0)}${glyph('down', t('ui-logs-next'), 1, counts.matches === 0)}` : null}`;
}

/** @param {LogsState} logs @param {Words} words */
function filter(logs, { t }) {
  const looks = { all: null, warning: shape({ shape: 'unhealthy', tone: 'look' }, 's'), error: shape({ shape: 'failed', tone: 'broken' }, 's') };
  return html`<div class="segments" role="group" aria-label=${t('ui-logs-filter')}>${FILTERS.map((each) => html`<button type="button" key=${each} data-testid=${`log-filter-${each}`}
    aria-pressed=${logs.filter === each ? 'true' : 'false'} onClick=${{ type: 'log-filter-chosen', filter: each }}>${looks[each]}${t(`ui-logs-filter-${each}`)}</button>`)}</div>`;
}

/** What came of saving or copying. @param {LogsState} logs @param {Words} words */
function said({ said: what, counts }, { t, f }) {
  if (!what) return null;
  const words = 'saved' in what
    ? t('ui-logs-saved', { count: what.saved.lines, size: f.bytes(what.saved.bytes), path: what.saved.path })
    : t(what.copied ? 'ui-logs-copied' : 'ui-logs-not-copied', { count: counts.passing });
  return html`<p class="small muted breaking" role="status" data-testid="log-said">${words}</p>`;
}

/** @param {LogsState} logs @param {Words} words */
function kept({ counts, filter: least }, { t }) {
  const { dropped } = counts;
  const all = dropped > 0 ? t('ui-logs-kept', { kept: counts.kept, dropped }) : t('ui-logs-lines', { count: counts.kept });
  return least === 'all' ? all : t('ui-logs-passing', { count: counts.passing, all });
}

/** @param {string} label @param {'times' | 'wrap'} name @param {boolean} on */
function toggle(label, name, on) {
  return html`<button type="button" class="button small toggle" data-testid=${`log-${name}`} aria-pressed=${on ? 'true' : 'false'} onClick=${{ type: 'log-switched', name }}><span>${label}</span></button>`;
}

/** @param {string} name @param {string} label @param {number} by @param {boolean} disabled */
function glyph(name, label, by, disabled) {
  return html`<button type="button" class="button glyph" aria-label=${label} title=${label} disabled=${disabled} onClick=${{ type: 'log-match-moved', by }}>${icon(name)}</button>`;
}
