/** An operation seen from another page: its current step, and the way to stop it; afterwards, how it ended if it did not end well. */
import { html } from '../html.js';
import { currentStep, lastFinished, runningOperation, stepSeconds } from '../select.js';
import { button } from './button.js';
import { cargoBar, percent } from './cargo.js';
import { OUTCOME_LOOK, shape } from './shape.js';

/** @import {Operation, State, Words} from '../../types/page' */

/** @param {State} state @param {Words} words */
export function operationStrip(state, words) {
  const running = runningOperation(state);
  if (running) return live(running, state, words);
  const ended = lastFinished(state);
  if (!ended || ended.id === state.putAway || ended.kind === 'deploy') return null;
  return result(ended, words);
}

/** @param {Operation} operation @param {State} state @param {Words} words */
function live(operation, state, { t, f }) {
  const step = currentStep(operation);
  return html`<section class="strip" data-testid="operation" data-kind=${operation.kind} aria-label=${t(`ui-doing-${operation.kind}`)}>
    ${shape({ shape: 'starting', tone: 'move' })}
    <b>${doing(operation, { t, f })}</b>
    <span class="grow small muted">${!step ? '' : step.message ? t('ui-strip-step', { step: step.title, message: step.message }) : step.title}</span>
    ${step && percent(step) !== null ? cargoBar(step, { t, f }, 'operation-progress') : null}
    ${step ? html`<time class="small faint figures">${f.duration(stepSeconds(step, state.now))}</time>` : null}
    ${operation.kind === 'deploy' ? button({ label: t('ui-strip-show'), onClick: { type: 'step-chosen', step: 'deploy' }, size: 'small', kind: 'quiet' }) : null}
    ${button({ label: t(operation.cancelling ? 'ui-cancelling' : 'ui-cancel'), onClick: { type: 'cancel-asked', operationId: operation.id }, size: 'small', testid: 'cancel', disabled: operation.cancelling })}
  </section>`;
}

/** @param {Operation} operation @param {Words} words */
function result(operation, { t }) {
  const { outcome, failure, checks } = /** @type {import('../../types/ipc').Finished} */ (operation.finished);
  const failed = failedParts(operation);
  if ((outcome === 'done' || outcome === 'ready') && operation.finished?.repair) return repaired(operation, { t });
  if (outcome === 'ready' || (outcome === 'done' && failed.length === 0)) return null;
  const tone = outcome === 'cancelled' ? 'idle' : OUTCOME_LOOK[outcome].tone;
  // What became of a fix that did not help is said by its last look.
  const last = operation.kind === 'fix' ? operation.steps.filter((step) => step.id === 'recheck' && step.state === 'warning').map((step) => step.message ?? '') : [];
  const words = failure ? [failure.message, ...last] : checks.length > 0 ? checks.map((check) => check.message) : failed;
  return html`<section class=${`banner ${tone}`} role="status" data-testid="operation-outcome" data-kind=${operation.kind} data-outcome=${outcome}>
    ${shape(failed.length > 0 && outcome === 'done' ? OUTCOME_LOOK['partly-ready'] : OUTCOME_LOOK[outcome], 'l')}
    <div class="grow"><h2>${t('ui-strip-ended', { kind: operation.kind, outcome })}</h2>${words.map((line) => html`<p>${line}</p>`)}</div>
    <div class="acts">
      ${failure ? button({ label: t('ui-see-problem'), onClick: { type: 'navigated', page: 'problems' }, size: 'small' }) : null}
      ${button({ label: t('ui-close'), onClick: { type: 'result-put-away', operationId: operation.id }, size: 'small', kind: 'quiet' })}
    </div>
  </section>`;
}

/** What a fix did, and what the same check says now. @param {Operation} operation @param {Pick<Words, 't'>} words */
function repaired(operation, { t }) {
  const repair = operation.finished?.repair;
  const open = (repair?.after ?? []).filter((check) => check.state !== 'pass');
  const steps = operation.steps.filter((step) => step.state === 'warning' && step.message && step.id !== 'recheck');
  const look = open.length > 0 || steps.length > 0 ? OUTCOME_LOOK['partly-ready'] : OUTCOME_LOOK.done;
  return html`<section class=${`banner ${look.tone}`} role="status" data-testid="operation-outcome" data-kind=${operation.kind} data-outcome="done">
    ${shape(look, 'l')}
    <div class="grow"><h2>${t(operation.kind === 'undo' ? 'ui-repaired-back' : open.length > 0 ? 'ui-repaired-partly' : 'ui-repaired')}</h2>
      <p>${repair?.fix.effect}</p>${steps.map((step) => html`<p>${step.message}</p>`)}
      ${repair?.before ? html`<p class="small muted">${t('ui-repaired-before', { message: repair.before.message })}</p>` : null}
      ${operation.kind === 'fix' ? (repair?.after ?? []).map((check) => html`<p class="small muted">${t('ui-repaired-now', { message: check.message })}</p>`) : null}</div>
    <div class="acts">${button({ label: t('ui-close'), onClick: { type: 'result-put-away', operationId: operation.id }, size: 'small', kind: 'quiet' })}</div>
  </section>`;
}

/** Single images or tags that failed while the operation went on. @param {Operation} operation @returns {string[]} */
function failedParts({ finished }) {
  return [
    ...(finished?.images ?? []).filter((image) => image.result === 'failed').map((image) => [image.ref, image.error].filter(Boolean).join(': ')),
    ...(finished?.tags ?? []).filter((tag) => tag.result === 'failed').map((tag) => `${tag.source} → ${tag.target}`),
    ...(finished?.directories ?? []).filter((each) => each.state === 'blocked').map((each) => each.message),
  ];
}

/** @param {Operation} operation @param {Words} words */
function doing(operation, { t, f }) {
  return operation.services.length > 0 && operation.services.length <= 3
    ? t('ui-doing-named', { kind: operation.kind, services: f.list(operation.services) })
    : t(`ui-doing-${operation.kind}`);
}
