/** Deploy while it runs: the steps, the bytes, the services as they come up. Nothing here is guessed. */
import { html } from '../html.js';
import { button } from '../parts/button.js';
import { drawer, drawerButton } from '../parts/drawer.js';
import { engineBanner, notice } from '../parts/notice.js';
import { serviceTable } from '../parts/service-table.js';
import { stepList } from '../parts/step-list.js';
import { stepper } from '../parts/stepper.js';
import { currentStep, stepSeconds, visibleStatus } from '../select.js';
import { rate } from '../update/operation.js';

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
        ${operation && step?.id === 'images' ? cargo(state, operation, step, words) : null}
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

/** The cargo bar: bytes of bytes, rate and what is left to hand over. @param {State} state @param {Operation} operation @param {Step} step @param {Words} words */
function cargo(state, operation, step, { t, f }) {
  const total = step.unit === 'bytes' ? step.total : null;
  if (total === null || total === 0) return step.message ? html`<section class="group pad"><p class="small muted">${step.message}</p></section>` : null;
  const current = Math.min(step.current ?? 0, total);
  const part = current / total;
  const speed = rate(operation.samples);
  const handedOver = current >= total;
  const left = speed && !handedOver ? Math.max(1, Math.round((total - current) / speed)) : null;
  return html`<section class="group pad cargo-card">
    <div class="line between ends">
      <p class="big"><b>${f.bytes(current)}</b><span>${t('ui-cargo-of', { total: f.bytes(total) })}</span></p>
      <dl class="stats">
        ${speed && !handedOver ? html`<div><dd>${`${f.bytes(Math.round(speed))}/s`}</dd><dt>${t('ui-cargo-rate')}</dt></div>` : null}
        ${left !== null ? html`<div><dd>${t('ui-cargo-about', { time: f.duration(left) })}</dd><dt>${t('ui-cargo-left')}</dt></div>` : null}
      </dl>
    </div>
    <cargo-bar role="progressbar" data-testid="deploy-progress" aria-label=${step.title} aria-valuemin="0" aria-valuemax="100"
      aria-valuenow=${String(Math.floor(part * 100))} aria-valuetext=${t('ui-cargo-text', { done: f.bytes(current), total: f.bytes(total) })}
      berths=${berths(state, total).join(' ')} filled=${String(current)} working=${step.state === 'running' ? '' : undefined}></cargo-bar>
    <p class="line between small"><span class="muted">${step.message ?? ''}</span>
      <span class="faint figures">${f.duration(stepSeconds(step, state.now))}</span></p>
  </section>`;
}

/**
 * One berth per archive when the archives that are still to be loaded add up to what is sent; else one for all, because
 * a division that does not fit the sum would be invented.
 *
 * @param {State} state
 * @param {number} total
 */
function berths(state, total) {
  const rows = state.check.report?.offlineProof ?? [];
  const wanted = new Set(rows.filter((row) => !row.loaded).map((row) => row.archive));
  const sizes = (state.package?.archives ?? []).filter((archive) => wanted.has(archive.file)).map((archive) => archive.bytes);
  return sizes.reduce((sum, each) => sum + each, 0) === total ? sizes : [total];
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
  const after = step?.id === 'images' || step?.id === 'environment' || step?.id === 'directories' || step?.id === 'scripts';
  return html`<section><div class="group-head"><h2>${t('ui-deploy-services')}</h2><span class="faint">${t(after ? 'ui-deploy-services-later' : 'ui-deploy-services-next')}</span></div>
    <div class="group scroll"><table class="services"><tbody>${rows.map((row) => html`<tr key=${row.service}>
      <td><b>${row.service}</b></td>
      <td class="muted">${row.loaded ? t('ui-deploy-image-there') : (row.archive ?? '')}</td>
      <td class="right faint">${!row.loaded && row.bytes !== null ? f.bytes(row.bytes) : ''}</td></tr>`)}</tbody></table></div></section>`;
}
