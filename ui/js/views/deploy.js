/** Deploy while it runs: the steps, the bytes, the services as they come up. Nothing here is guessed. */
import { html } from '../html.js';
import { button } from '../parts/button.js';
import { archiveTable, cargoCard } from '../parts/cargo.js';
import { drawer, drawerButton } from '../parts/drawer.js';
import { engineBanner, notice } from '../parts/notice.js';
import { serviceTable } from '../parts/service-table.js';
import { stepList } from '../parts/step-list.js';
import { stepper } from '../parts/stepper.js';
import { currentStep, visibleStatus } from '../select.js';

/** @import {Operation, State, Step, Words} from '../../types/page' */

/** @param {State} state @param {Operation | null} operation @param {Words} words */
export function deployPage(state, operation, words) {
  const { t, f } = words;
  const step = operation && currentStep(operation);
  const aside = operation ? t('ui-deploy-since', { time: f.clock(operation.startedAt), age: f.duration(Math.max(0, Math.floor((state.now - operation.startedAt) / 1000))) }) : '';
  const late = step && (step.id === 'start' || step.id === 'ready' || step.id === 'report');
  return html`<div class="page deploy">
    ${stepper('deploy', words, aside)}
    ${notice(state, words)}${engineBanner(state, words)}
    <div class="split">
      ${operation ? stepList(operation, state.now, words) : null}
      <div class="live">
        ${headline(state, operation, step, words)}
        ${operation && step?.id === 'images' ? html`${cargoCard(operation, step, state.now, words)}${archiveTable(step, words)}` : null}
        ${late ? liveServices(state, words) : plannedServices(state, step, words)}
        ${step?.id === 'ready' ? html`<p class="small muted">${t('ui-deploy-patience')}</p>` : null}
      </div>
    </div>
  </div>
  ${state.drawer && operation ? drawer(operation, words) : null}
  <footer class="foot-bar">
    ${drawerButton(state, words)}
    <span class="grow small muted">${operation?.cancelling ? t('ui-deploy-cancelling') : t(late ? 'ui-deploy-cancel-late' : 'ui-deploy-cancel-early')}</span>
    ${operation ? button({ label: t('ui-cancel'), onClick: { type: 'cancel-asked', operationId: operation.id }, testid: 'cancel', disabled: operation.cancelling }) : null}
  </footer>`;
}

/** @param {State} state @param {Operation | null} operation @param {Step | null} step @param {Words} words */
function headline(state, operation, step, { t }) {
  if (!operation || !step) return html`<div><h1 tabindex="-1">${t('ui-deploy-preparing')}</h1></div>`;
  const services = visibleStatus(state)?.services ?? [];
  const waiting = services.filter((service) => service.state === 'starting' || service.state === 'not-created' || service.state === 'unhealthy');
  const title = step.id === 'ready' && waiting.length > 0
    ? t('ui-deploy-waiting-for', { count: waiting.length, total: services.length })
    : t(`ui-deploying-${step.id}`);
  return html`<div><h1 tabindex="-1">${title}</h1><p class="muted">${t(`ui-deploying-${step.id}-lead`)}</p></div>`;
}

/** @param {State} state @param {Words} words */
function liveServices(state, words) {
  const services = visibleStatus(state)?.services ?? [];
  return services.length > 0 ? serviceTable(services, state, words) : null;
}

/** Before anything starts: what each service runs from, as the check found it. @param {State} state @param {Step | null} step @param {Words} words */
function plannedServices(state, step, { t, f }) {
  const rows = state.check.report?.offlineProof ?? [];
  if (rows.length === 0) return null;
  // What is sent of each file stands above; the size of the whole file beside it would only puzzle.
  const told = step?.id === 'images' && step.parts.length > 0;
  const after = step?.id === 'images' || step?.id === 'environment' || step?.id === 'directories' || step?.id === 'scripts';
  return html`<section><div class="group-head"><h2>${t('ui-deploy-services')}</h2><span class="faint">${t(after ? 'ui-deploy-services-later' : 'ui-deploy-services-next')}</span></div>
    <div class="group scroll"><table class="services"><tbody>${rows.map((row) => html`<tr key=${row.service}>
      <td><b>${row.service}</b></td>
      <td class="muted">${row.loaded ? t('ui-deploy-image-there') : (row.archive ?? '')}</td>
      <td class="right faint">${!row.loaded && row.bytes !== null && !told ? f.bytes(row.bytes) : ''}</td></tr>`)}</tbody></table></div></section>`;
}
