/** Problems: what went wrong last, and which services are in trouble, with the proof there is. Explaining it is not this page's job yet. */
import { html } from '../html.js';
import { button } from '../parts/button.js';
import { engineBanner, notice } from '../parts/notice.js';
import { operationStrip } from '../parts/operation-strip.js';
import { evidence } from '../parts/proof.js';
import { display } from '../parts/card.js';
import { shape } from '../parts/shape.js';
import { engineGone, isUp, openFailure, problemCount, runningOperation, troubledServices } from '../select.js';

/** @import {ServiceStatus} from '../../types/ipc' */
/** @import {State, Words} from '../../types/page' */

/** @param {State} state @param {Words} words */
export function problemsPage(state, words) {
  const { t } = words;
  const count = problemCount(state);
  // A service that waits for another is the symptom; the others come first. What the failure tells is not told twice.
  const told = openFailure(state)?.failure.service;
  const services = troubledServices(state).filter((service) => service.name !== told);
  services.sort((one, other) => Number(one.blockedBy !== null) - Number(other.blockedBy !== null));
  return html`<div class="page problems">
    ${engineBanner(state, words)}${notice(state, words)}
    ${count > 0 ? html`<div class="line between"><h1 tabindex="-1">${t('ui-problems-title', { count })}</h1>${look(state, words)}</div>` : null}
    ${operationStrip(state, words)}
    ${lastFailure(state, words)}
    ${services.map((service) => troubled(service, state, words))}
    ${count === 0 ? empty(state, words) : null}
  </div>`;
}

/** @param {State} state @param {Words} words */
function look(state, { t, f }) {
  const at = state.status?.at;
  const age = at ? f.duration(Math.max(0, Math.floor((state.now - Date.parse(at)) / 1000))) : null;
  return html`<span class="line">${age ? html`<span class="small faint">${t('ui-problems-look', { age })}</span>` : null}
    ${button({ label: t('ui-check-again'), onClick: { type: 'look-clicked' }, size: 'small', icon: 'restart', testid: 'check-again', disabled: state.looking })}</span>`;
}

/** @param {State} state @param {Words} words */
function lastFailure(state, words) {
  const found = openFailure(state);
  if (!found) return null;
  const { t, f } = words;
  const { failure, operation } = found;
  const service = state.status?.services.find((each) => each.name === failure.service);
  return html`<article class="group pad problem" data-testid="problem" data-class=${failure.code}>
    <div class="verdict small-verdict">${shape({ shape: 'failed', tone: 'broken' }, 'l')}<div><h2>${failure.message}</h2>
      <p class="muted">${t('ui-problems-during', { kind: operation.kind, time: f.clock(operation.finishedAt ?? operation.startedAt) })}</p></div></div>
    ${evidence(failure, words)}
    <div class="line acts-row">
      ${service ? remedies(service, state, words) : operation.kind === 'deploy' ? button({ label: t('ui-outcome-to-check'), onClick: { type: 'step-chosen', step: 'check' }, kind: 'primary' }) : null}
    </div>
  </article>`;
}

/** @param {ServiceStatus} service @param {State} state @param {Words} words */
function troubled(service, state, words) {
  const { t } = words;
  const shown = display(service, false);
  const exit = service.containers.find((container) => container.exitCode !== null)?.exitCode ?? null;
  const restarts = service.containers.reduce((sum, container) => sum + container.restartCount, 0);
  return html`<article class="group pad problem" key=${service.name} data-testid="problem" data-class=${service.state} data-service=${service.name}>
    <div class="verdict small-verdict">${shape(shown.look, 'l')}<div><h2>${t('ui-problems-service', { service: service.title, state: service.state })}</h2><p>${service.sentence}</p></div></div>
    <dl class="facts" data-testid="problem-proof">
      ${exit !== null ? html`<dt>${t('ui-problems-exit')}</dt><dd>${exit}</dd>` : null}
      ${restarts > 0 ? html`<dt>${t('ui-problems-restarts')}</dt><dd>${restarts}</dd>` : null}
      ${service.containers.some((container) => container.oomKilled) ? html`<dt>${t('ui-problems-memory')}</dt><dd>${t('ui-problems-oom')}</dd>` : null}
      ${service.blockedBy ? html`<dt>${t('ui-problems-needs')}</dt><dd>${service.blockedBy}</dd>` : null}
    </dl>
    <div class="line acts-row">${remedies(service, state, words)}</div>
  </article>`;
}

/** What can be done from here: read what it said, try it again. @param {ServiceStatus} service @param {State} state @param {Words} words */
function remedies(service, state, { t }) {
  const busy = runningOperation(state) !== null;
  return html`${button({ label: t('ui-menu-logs', { service: service.name }), onClick: { type: 'logs-of', service: service.name }, icon: 'logs' })}
    ${isUp(service)
      ? button({ label: t('ui-menu-restart', { service: service.name }), onClick: { type: 'restart-service-clicked', service: service.name }, icon: 'restart', disabled: busy })
      : button({ label: t('ui-menu-start', { service: service.name }), onClick: { type: 'start-clicked', services: [service.name] }, icon: 'play', disabled: busy })}`;
}

/** @param {State} state @param {Words} words */
function empty(state, words) {
  const { t } = words;
  const gone = engineGone(state);
  const unknown = gone || !state.status;
  return html`<section class="empty" data-testid="no-problems">
    ${shape(unknown ? { shape: 'unknown', tone: 'idle' } : { shape: 'healthy', tone: 'good' }, 'xl')}
    <h1 tabindex="-1">${t(unknown ? 'ui-problems-unknown' : 'ui-problems-none')}</h1>
    <p class="muted">${t(unknown ? 'ui-problems-unknown-lead' : 'ui-problems-none-lead', { count: state.status?.total ?? 0 })}</p>
    ${look(state, words)}
  </section>`;
}
