/** How the deployment ended: what works, what does not, why, and the next step that is possible here. */
import { html } from '../html.js';
import { button, openLink } from '../parts/button.js';
import { display, explainButton } from '../parts/card.js';
import { checkRow } from '../parts/check-row.js';
import { drawer, drawerButton } from '../parts/drawer.js';
import { engineBanner, notice } from '../parts/notice.js';
import { firstProblem } from '../parts/problem.js';
import { evidence } from '../parts/proof.js';
import { cell, OUTCOME_LOOK, shape } from '../parts/shape.js';
import { stepList } from '../parts/step-list.js';
import { stepper } from '../parts/stepper.js';
import { engineGone, runningOperation, visibleStatus, works } from '../select.js';
import { supportActions } from './support.js';

/** @import {Finished, ServiceStatus} from '../../types/ipc' */
/** @import {Operation, State, Words} from '../../types/page' */

/** @param {State} state @param {Operation} operation @param {Words} words */
export function outcomePage(state, operation, words) {
  const { t, f } = words;
  const finished = /** @type {Finished} */ (operation.finished);
  const { outcome } = finished;
  const aside = t('ui-outcome-when', { time: f.clock(operation.finishedAt ?? operation.startedAt), took: f.duration(finished.seconds) });
  return html`<div class="page outcome" data-testid="deploy-outcome" data-outcome=${outcome}>
    ${stepper('deploy', words, aside)}
    ${notice(state, words)}${engineBanner(state, words)}
    <div class="verdict end">${shape(OUTCOME_LOOK[outcome], 'xxl')}
      <div><h1 class="outcome-word" tabindex="-1">${heading(state, outcome, t)}</h1><p>${sentence(state, operation, finished, words)}</p>
      ${outcome === 'ready' ? links(state, words) : null}</div></div>
    ${body(state, operation, finished, words)}
  </div>
  ${state.drawer ? drawer(operation, words) : null}
  ${footBar(state, outcome, words)}`;
}

/** @param {State} state @param {Finished['outcome']} outcome @param {Words['t']} t */
function heading(state, outcome, t) {
  return outcome === 'ready' ? t('ui-outcome-ready-title', { title: state.package?.title ?? '' }) : t(`ui-outcome-${outcome}`);
}

/** @param {State} state @param {Operation} operation @param {Finished} finished @param {Words} words */
function sentence(state, operation, finished, { t }) {
  if (finished.outcome === 'blocked') return t('ui-outcome-blocked-lead', { count: finished.checks.length });
  if (finished.outcome === 'cancelled') {
    const started = operation.steps.some((step) => step.id === 'start' && step.state !== 'planned');
    return t(started ? 'ui-outcome-cancelled-started' : 'ui-outcome-cancelled-early');
  }
  const said = finished.failure?.message ?? '';
  const stand = (finished.status ?? state.status)?.sentence ?? '';
  return finished.outcome === 'failed' ? said || stand : stand || said;
}

/** @param {State} state @param {Operation} operation @param {Finished} finished @param {Words} words */
function body(state, operation, finished, words) {
  const { t } = words;
  if (finished.outcome === 'blocked') return html`<section class="group checks">${finished.checks.map((check) => checkRow(check, words))}</section>`;
  const services = (visibleStatus(state) ?? finished.status)?.services ?? [];
  const good = services.filter(works);
  const bad = services.filter((service) => !works(service));
  const showServices = finished.outcome === 'ready' || finished.outcome === 'partly-ready' || good.length > 0;
  const failure = finished.outcome === 'ready' ? null : finished.failure;
  const [problem] = finished.diagnoses;
  return html`<div class="results">
    ${showServices && good.length > 0 ? html`<section><div class="group-head"><h2>${t('ui-works')}</h2><span class="faint">${t('ui-of', { part: good.length, total: services.length })}</span></div>
      <ul class="group">${good.map((service) => workingRow(service, state, words))}</ul></section>` : null}
    <div class="stack">
      ${problem && failure ? html`<section><h2 class="block-title">${t('ui-why')}</h2>${firstProblem(problem, finished.diagnoses.length, words)}</section>` : null}
      ${failure && !problem ? html`<section><h2 class="block-title">${t('ui-why')}</h2><div class="group pad" data-testid="problem" data-class=${failure.code}>
        ${finished.outcome === 'failed' ? null : html`<div class="line start">${shape({ shape: 'failed', tone: 'broken' })}<h3>${failure.message}</h3></div>`}
        ${evidence(failure, words)}
      </div></section>` : null}
      ${showServices && bad.length > 0 ? html`<section><div class="group-head"><h2>${t('ui-works-not')}</h2><span class="faint">${t('ui-of', { part: bad.length, total: services.length })}</span></div>
        <ul class="group">${bad.map((service) => brokenRow(service, state, words))}</ul></section>` : null}
      ${finished.outcome === 'failed' || finished.outcome === 'partly-ready' ? supportActions(state, words) : null}
      ${finished.outcome === 'failed' || finished.outcome === 'cancelled' ? html`<section><h2 class="block-title">${t('ui-outcome-steps')}</h2><div class="group pad">${stepList(operation, state.now, words)}</div></section>` : null}
      ${finished.outcome === 'ready' ? null : html`<p class="small muted kept">${t('ui-outcome-kept')}</p>`}
    </div>
  </div>`;
}

/** @param {ServiceStatus} service @param {State} state @param {Words} words */
function workingRow(service, state, { t }) {
  const shown = display(service, engineGone(state));
  const local = service.links.filter((link) => link.scope === 'local');
  return html`<li class="item" key=${service.name}>${shape(shown.look)}<span class="grow"><b>${service.title}</b></span>
    ${local.length > 0 ? local.map((link) => openLink({ url: link.url, label: link.url.replace(/\/$/, '') })) : html`<span class="small muted">${t(`ui-state-${shown.key}`)}</span>`}</li>`;
}

/** @param {ServiceStatus} service @param {State} state @param {Words} words */
function brokenRow(service, state, { t }) {
  const shown = display(service, engineGone(state));
  return html`<li class="item tall" key=${service.name}><div class="grow"><div class="line">${cell(shown.look, t(`ui-state-${shown.key}`))}<b>${service.title}</b></div>
    <p class="small muted">${service.sentence}</p></div><span class="line">${explainButton(service, engineGone(state), t)}${button({ label: t('ui-see-logs'), onClick: { type: 'logs-of', service: service.name }, size: 'small' })}</span></li>`;
}

/** @param {State} state @param {Words} words */
function links(state, { t }) {
  const all = (state.status?.services ?? []).flatMap((service) => service.links.map((link) => ({ ...link, title: service.title })));
  const local = all.filter((link) => link.scope === 'local');
  const lan = all.filter((link) => link.scope === 'lan');
  if (all.length === 0) return null;
  const [first, ...others] = local.length > 0 ? local : lan;
  return html`<div class="open-links">
    ${openLink({ url: first.url, label: t('ui-open', { what: state.package?.title ?? '' }), kind: 'primary' })}
    ${others.map((link) => openLink({ url: link.url, label: t('ui-open', { what: link.title }), kind: 'button' }))}
  </div>
  ${lan.length > 0 ? html`<p class="small muted">${t('ui-open-lan')} ${lan.map((link) => openLink({ url: link.url, label: link.url.replace(/\/$/, '') }))}</p>` : null}`;
}

/** @param {State} state @param {Finished['outcome']} outcome @param {Words} words */
function footBar(state, outcome, words) {
  const { t } = words;
  const again = { type: /** @type {const} */ ('deploy-clicked') };
  const toCheck = (/** @type {'' | 'primary'} */ kind) => button({ label: t('ui-outcome-to-check'), onClick: { type: 'step-chosen', step: 'check' }, testid: 'to-check', kind });
  return html`<footer class="foot-bar">${drawerButton(state, words)}<span class="grow"></span>
    ${outcome === 'blocked' ? null : toCheck('')}
    ${outcome === 'ready' ? null : button({ label: t('ui-deploy-again'), onClick: again, testid: 'deploy-again', kind: outcome === 'failed' || outcome === 'cancelled' ? 'primary' : '', disabled: runningOperation(state) !== null })}
    ${outcome === 'ready' || outcome === 'partly-ready' ? button({ label: t('ui-handover'), onClick: { type: 'handover-clicked' }, testid: 'handover' }) : null}
    ${outcome === 'failed' || outcome === 'blocked' || outcome === 'cancelled' ? null : button({ label: t('ui-to-overview'), onClick: { type: 'navigated', page: 'overview' }, kind: outcome === 'partly-ready' ? 'primary' : '' })}
    ${outcome === 'blocked' ? toCheck('primary') : null}
  </footer>`;
}
