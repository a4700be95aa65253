/** Overview: the verdict in one sentence, what can be done, one card per service. */
import { html } from '../html.js';
import { button, openLink } from '../parts/button.js';
import { serviceCard } from '../parts/card.js';
import { compactList, overviewTools } from '../parts/compact.js';
import { hostStrip, resourceWarnings } from '../parts/figures.js';
import { engineBanner, interruptedBanner, notice } from '../parts/notice.js';
import { operationStrip } from '../parts/operation-strip.js';
import { shape, VERDICT_LOOK } from '../parts/shape.js';
import { engineGone, isTrouble, isUp, problemCount, runningOperation, visibleStatus, works } from '../select.js';

/** @import {ServiceStatus, StatusSnapshot} from '../../types/ipc' */
/** @import {ServiceFilter, State, Words} from '../../types/page' */

/** Above this many services, the compact list is what a page can hold. */
export const MANY = 24;

/** @param {State} state @param {Words} words */
export function overviewPage(state, words) {
  const { t } = words;
  const status = visibleStatus(state);
  if (!status) return html`<div class="page"><div class="verdict">${shape({ shape: 'starting', tone: 'move' }, 'xl')}<div><h1>${t('ui-overview-asking')}</h1></div></div></div>`;
  const many = status.services.length > MANY;
  const compact = state.overview.compact ?? many;
  const shown = status.services.filter((service) => matchesSearch(service, state) && matchesFilter(service, state.overview.filter));
  return html`<div class=${`page overview ${engineGone(state) ? 'stale' : ''}`}>
    ${engineBanner(state, words)}${interruptedBanner(state, words)}${notice(state, words)}
    ${header(state, status, words)}
    ${operationStrip(state, words)}
    ${engineGone(state) ? null : html`${hostStrip(state, words)}${resourceWarnings(state)}`}
    ${many || state.overview.compact !== null ? overviewTools(state, status.services, compact, words) : null}
    ${shown.length === 0 && status.services.length > 0 ? html`<p class="muted">${t('ui-overview-none-match')}</p>` : null}
    ${compact ? compactList(shown, state, words) : cards(shown, state, words)}
  </div>`;
}

/** @param {State} state @param {StatusSnapshot} status @param {Words} words */
function header(state, status, words) {
  const { t } = words;
  const gone = engineGone(state);
  const look = gone ? /** @type {const} */ ({ shape: 'lost', tone: 'idle' }) : VERDICT_LOOK[status.verdict];
  const title = gone ? t('ui-overview-last-seen', { title: state.package?.title ?? '' }) : status.sentence;
  const lead = gone && state.lastSeen ? t('ui-overview-were', { part: state.lastSeen.running, total: state.lastSeen.total }) : '';
  return html`<div class="head">
    <div class="verdict">${shape(look, 'xl')}<div><h1 tabindex="-1" data-testid="verdict-sentence">${title}</h1>${lead ? html`<p>${lead}</p>` : null}${gone ? null : others(status, words)}</div></div>
    ${actions(state, status, gone, words)}
  </div>`;
}

/** Where others open what runs here: read out, or copied by hand; what only this computer reaches is not told. @param {StatusSnapshot} status @param {Words} words */
function others({ services }, { t }) {
  const urls = [...new Set(services.flatMap((service) => service.links.filter((link) => link.scope === 'lan').map((link) => link.url)))].slice(0, 3);
  if (urls.length === 0) return null;
  return html`<p class="small" data-testid="lan-links">${t('ui-open-lan')} ${urls.map((url) => html`<span key=${url} class="mono lan">${url}</span>`)}</p>`;
}

/** @param {State} state @param {StatusSnapshot} status @param {boolean} gone @param {Words} words */
function actions(state, status, gone, { t }) {
  if (!gone && status.verdict === 'not-deployed') {
    return html`<div class="actions">${button({ label: t('ui-overview-install'), onClick: { type: 'step-chosen', step: 'check' }, kind: 'primary' })}</div>`;
  }
  const busy = runningOperation(state) !== null;
  const up = status.services.some(isUp);
  const down = !up || status.services.some((service) => service.state === 'stopped' || (service.state === 'not-created' && !service.blockedBy));
  const problems = problemCount(state);
  const link = status.services.flatMap((service) => service.links).sort((one, other) => Number(one.scope === 'lan') - Number(other.scope === 'lan'))[0];
  // In trouble the way to the problem is the one thing to do; the cards still have their links.
  const open = link && up && problems === 0 ? openLink({ url: link.url, label: t('ui-open', { what: state.package?.title ?? '' }), kind: gone ? 'button' : 'primary' }) : null;
  return html`<div class="actions">
    ${down ? button({ label: t('ui-start-all'), onClick: { type: 'start-clicked', services: [] }, icon: 'play', testid: 'start-all', disabled: gone || busy, kind: !up && !gone ? 'primary' : '' }) : null}
    ${up ? button({ label: t('ui-restart-all-asks'), onClick: { type: 'restart-all-asked' }, icon: 'restart', testid: 'restart-all', disabled: gone || busy }) : null}
    ${up ? button({ label: t('ui-stop-all-asks'), onClick: { type: 'stop-all-asked' }, icon: 'stop', testid: 'stop-all', disabled: gone || busy }) : null}
    ${open}
    ${problems > 0 && up ? button({ label: state.problems.report ? t('ui-see-problems', { count: problems }) : t('ui-see-what'), onClick: { type: 'navigated', page: 'problems' }, kind: 'primary' }) : null}
  </div>`;
}

/** @param {ServiceStatus[]} services @param {State} state @param {Words} words */
function cards(services, state, words) {
  const { t } = words;
  const attention = services.filter((service) => state.overview.attention.includes(service.name));
  const fine = services.filter((service) => !state.overview.attention.includes(service.name));
  if (attention.length === 0) return html`<h2 class="unseen">${t('ui-deploy-services')}</h2>${grid(services, state, words)}`;
  const moved = !engineGone(state) && services.some((service) => isTrouble(service) !== state.overview.attention.includes(service.name));
  return html`
    <div class="group-head"><h2>${t('ui-overview-attention')}</h2><span class="faint">${t('ui-overview-count', { count: attention.length })}</span>
      ${moved ? button({ label: t('ui-overview-group'), onClick: { type: 'group-clicked' }, kind: 'quiet', size: 'small' }) : null}</div>
    ${grid(attention, state, words)}
    ${fine.length > 0 ? html`<div class="group-head"><h2>${t('ui-overview-fine')}</h2><span class="faint">${t('ui-overview-count', { count: fine.length })}</span></div>${grid(fine, state, words)}` : null}`;
}

/** @param {ServiceStatus[]} services @param {State} state @param {Words} words */
function grid(services, state, words) {
  const gone = engineGone(state);
  const at = { gone, seen: state.lastSeen?.at ?? null, busy: runningOperation(state) !== null };
  return html`<div class="cards">${services.map((service) => serviceCard(service, { ...at, menu: state.menu === service.name, points: state.figures.history[service.name] }, words))}</div>`;
}

/** @param {ServiceStatus} service @param {State} state */
function matchesSearch(service, { overview }) {
  const wanted = overview.search.trim().toLowerCase();
  return !wanted || service.name.toLowerCase().includes(wanted) || service.title.toLowerCase().includes(wanted);
}

/** @param {ServiceStatus} service @param {ServiceFilter} filter */
function matchesFilter(service, filter) {
  switch (filter) {
    case 'all': return true;
    case 'attention': return isTrouble(service);
    case 'working': return works(service) && service.state !== 'completed';
    case 'finished': return service.state === 'completed';
  }
}
