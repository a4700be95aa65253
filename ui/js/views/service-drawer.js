/** One service in detail, in a drawer beside the page: what a technician asks for, and who depends on whom. */
import { html } from '../html.js';
import { display } from '../parts/card.js';
import { cell, SERVICE_LOOK, shape } from '../parts/shape.js';
import { engineGone, visibleStatus } from '../select.js';

/** @import {ContainerDetails, HistoryEntry, PlaceDetails, ProbeDetails, ServiceDetails} from '../../types/ipc' */
/** @import {State, Words} from '../../types/page' */

/** @param {State} state @param {Words} words */
export function serviceDrawer(state, words) {
  const { inspected } = state;
  const service = visibleStatus(state)?.services.find((each) => each.name === inspected?.service);
  if (!inspected || !service) return null;
  const { t } = words;
  const shown = display(service, engineGone(state));
  return html`<confirm-dialog ondismiss=${{ type: 'service-drawer-closed' }}><dialog class="side" aria-labelledby="drawer-title" data-testid="service-drawer" data-service=${service.name}>
    <header class="line">${shape(shown.look, 'l')}<h2 class="grow" id="drawer-title">${service.title}</h2>
      <button type="button" class="button small" data-safe="true" data-testid="drawer-close" onClick=${{ type: 'service-drawer-closed' }}><span>${t('ui-close')}</span></button></header>
    <p>${service.sentence}</p>
    ${inspected.error ? html`<p class="small muted" role="status">${inspected.error}</p>` : null}
    ${inspected.details ? body(inspected.details, state, words) : inspected.error ? null : html`<p class="small muted" role="status">${t('ui-drawer-asking')}</p>`}
  </dialog></confirm-dialog>`;
}

/** @param {ServiceDetails} details @param {State} state @param {Words} words */
function body(details, state, words) {
  const { t } = words;
  return html`
    ${dependencies(details, words)}
    ${section(t('ui-drawer-containers'), details.containers.map((each) => container(each, details, words)))}
    ${section(t('ui-drawer-places'), details.places.length > 0 ? html`<table><thead><tr><th>${t('ui-drawer-place')}</th><th>${t('ui-drawer-inside')}</th><th class="right">${t('ui-offline-size')}</th></tr></thead>
      <tbody>${details.places.map((each) => place(each, state, words))}</tbody></table>` : html`<p class="small muted">${t('ui-drawer-no-places')}</p>`)}
    ${probes(details, words)}
    ${section(t('ui-drawer-history'), details.history.length > 0
      ? html`<ol class="history">${details.history.slice(0, 20).map((entry, index) => history(entry, index, state, words))}</ol>`
      : html`<p class="small muted">${t('ui-drawer-no-history')}</p>`)}
    ${section(t('ui-drawer-variables'), variables(details.containers, words))}`;
}

/** @param {string} title @param {unknown} content */
function section(title, content) {
  return html`<section><h3>${title}</h3>${content}</section>`;
}

/** What it needs, itself, and who needs it; and what that means in a sentence. @param {ServiceDetails} details @param {Words} words */
function dependencies({ service, needs, neededBy }, { t, f }) {
  if (needs.length === 0 && neededBy.length === 0) return section(t('ui-drawer-depends'), html`<p class="small muted">${t('ui-drawer-alone')}</p>`);
  return section(t('ui-drawer-depends'), html`<div class="depends" data-testid="dependencies">
      <ul aria-label=${t('ui-drawer-needs')}>${needs.map((need) => html`<li key=${need.service}>${need.state ? shape(SERVICE_LOOK[need.state], 's') : null}<span>${need.service}</span></li>`)}</ul>
      ${needs.length > 0 ? html`<span class="arrow" aria-hidden="true">→</span>` : null}
      <b>${service}</b>
      ${neededBy.length > 0 ? html`<span class="arrow" aria-hidden="true">→</span>` : null}
      <ul aria-label=${t('ui-drawer-needed-by')}>${neededBy.map((name) => html`<li key=${name}><span>${name}</span></li>`)}</ul>
    </div>
    ${neededBy.length > 0 ? html`<p class="small muted">${t('ui-drawer-if-down', { service, count: neededBy.length, services: f.list(neededBy) })}</p>` : null}`);
}

/** @param {ContainerDetails} each @param {ServiceDetails} details @param {Words} words */
function container(each, details, { t, f }) {
  return html`<dl class="facts" key=${each.name} data-testid="drawer-container">
    <dt>${t('ui-drawer-name')}</dt><dd class="mono">${each.name} <span class="faint">${each.id}</span></dd>
    <dt>${t('ui-offline-image')}</dt><dd class="mono">${details.image} <span class="faint">${each.imageId.replace('sha256:', '').slice(0, 12)}</span></dd>
    <dt>${t('ui-offline-platform')}</dt><dd>${each.platform ?? t('ui-unknown')}</dd>
    ${each.startedAt ? html`<dt>${t('ui-drawer-started')}</dt><dd>${f.moment(each.startedAt, Date.parse(each.startedAt) + 864e5)}</dd>` : null}
    <dt>${t('ui-drawer-restarts')}</dt><dd>${t('ui-drawer-restarts-policy', { count: each.restartCount, policy: each.restartPolicy })}</dd>
    ${each.networks.length > 0 ? html`<dt>${t('ui-drawer-networks')}</dt><dd>${each.networks.map((network) => html`<div key=${network.name}>${network.name} <span class="mono faint">${network.address ?? ''}</span></div>`)}</dd>` : null}
  </dl>`;
}

/** Inside the package a path is told from there on. @param {PlaceDetails} each @param {State} state @param {Words} words */
function place(each, state, { t, f }) {
  const root = `${state.package?.directory ?? ''}/`;
  const source = each.kind === 'memory' ? t('ui-drawer-memory') : each.source.startsWith(root) ? each.source.slice(root.length) : each.source;
  return html`<tr key=${each.target}><td class="wrap"><span class=${each.kind === 'memory' ? '' : 'mono'} title=${each.source}>${source}</span>
      ${each.kind === 'volume' ? html` <span class="faint">${t('ui-drawer-volume')}</span>` : null}</td>
    <td class="mono wrap">${each.target}${each.readOnly ? html` <span class="faint">${t('ui-drawer-read-only')}</span>` : null}</td>
    <td class="right">${each.bytes === null ? html`<span class="faint">${each.kind === 'memory' ? '' : t('ui-unknown')}</span>` : f.bytes(each.bytes)}</td></tr>`;
}

/** @param {ServiceDetails} details @param {Words} words */
function probes({ containers }, words) {
  const { t } = words;
  const all = containers.flatMap((each) => each.probes);
  return section(t('ui-drawer-probes'), all.length > 0 ? html`<ol class="probes">${all.map((each, index) => probe(each, index, words))}</ol>` : html`<p class="small muted">${t('ui-drawer-no-probes')}</p>`);
}

/** @param {ProbeDetails} each @param {number} index @param {Words} words */
function probe(each, index, { t, f }) {
  return html`<li key=${index} data-passed=${each.passed ? 'true' : 'false'}><div class="line">${cell(each.passed ? { shape: 'pass', tone: 'good' } : { shape: 'failed', tone: 'broken' }, each.passed ? t('ui-check-pass') : t('ui-drawer-probe-failed', { code: each.exitCode }))}
      <span class="grow"></span><span class="faint small figures">${each.at ? f.clockSeconds(each.at) : ''}${each.seconds === null ? '' : ` · ${f.duration(each.seconds)}`}</span></div>
    ${each.output ? html`<pre class="mono">${each.output}</pre>` : null}</li>`;
}

/** @param {HistoryEntry} entry @param {number} index @param {State} state @param {Words} words */
function history(entry, index, state, { t, f }) {
  return html`<li key=${index} data-what=${entry.what}><time>${f.moment(entry.at, state.now)}</time><span>${t(`ui-history-${entry.what}`, { code: entry.exitCode ?? 0 })}</span></li>`;
}

/** @param {ContainerDetails[]} containers @param {Words} words */
function variables(containers, { t }) {
  const names = [...new Set(containers.flatMap((each) => each.variables))].sort();
  if (names.length === 0) return html`<p class="small muted">${t('ui-drawer-no-variables')}</p>`;
  return html`<p class="small muted">${t('ui-drawer-variables-hidden')}</p><ul class="names mono">${names.map((name) => html`<li key=${name}>${name}</li>`)}</ul>`;
}
