/** Questions before something is interrupted: what happens and what does not; the safe answer comes first. */
import { html } from '../html.js';
import { button } from '../parts/button.js';
import { currentStep, isUp } from '../select.js';

/** @import {Fix} from '../../types/ipc' */
/** @import {State, Words} from '../../types/page' */

/** @param {State} state @param {Words} words */
export function dialogs(state, words) {
  const { dialog } = state;
  if (!dialog) return null;
  const { t } = words;
  const up = (state.status?.services ?? []).filter(isUp).length;
  const title = state.package?.title ?? '';
  switch (dialog.kind) {
    case 'stop-all':
      return question({ title: t('ui-stop-all-title', { count: up }), body: [t('ui-stop-all-body', { title }), t('ui-stop-not-part')], keep: t('ui-stop-keep'), act: t('ui-stop-all') });
    case 'restart-all':
      return question({ title: t('ui-restart-all-title', { count: up }), body: [t('ui-restart-all-body', { title })], keep: t('ui-restart-keep'), act: t('ui-restart-all') });
    case 'remove':
      return question({ title: t('ui-remove-title', { title }), body: [up > 0 ? t('ui-remove-stops', { count: up }) : '', t('ui-remove-body')], keep: t('ui-remove-keep'), act: t('ui-remove-act') });
    case 'stop-service':
      return question({
        title: t('ui-stop-service-title', { service: dialog.service }), body: [needed(state, dialog.service, words), t('ui-stop-service-body')],
        keep: t('ui-stop-keep'), act: t('ui-stop-service', { service: dialog.service }),
      });
    case 'fix':
      return fixPreview(dialog.fix, words);
    case 'copy':
      return question({ title: t('ui-copy-title'), body: [t('ui-copy-body'), t('ui-copy-stays')], keep: t('ui-copy-keep'), act: t('ui-copy-act') });
    case 'undo':
      return question({ title: t('ui-undo-title'), body: [dialog.entry.effect, t('ui-undo-body')], keep: t('ui-undo-keep'), act: t('ui-undo-act') });
    case 'cancel': {
      const operation = state.operations.find((each) => each.id === dialog.operationId);
      if (!operation) return null;
      const started = operation.steps.some((step) => (step.id === 'start' || step.id === 'stop') && step.state !== 'planned');
      const left = operation.kind !== 'deploy' ? 'other' : started ? 'started' : currentStep(operation)?.id === 'images' ? 'images' : 'early';
      return question({ title: t('ui-cancel-title', { kind: operation.kind }), body: [t(`ui-cancel-leaves-${left}`)], keep: t('ui-cancel-keep'), act: t('ui-cancel-act', { kind: operation.kind }) });
    }
  }
}

/** Who stops working with it, by the compose file. @param {State} state @param {string} service @param {Words} words */
function needed(state, service, { t, f }) {
  const by = (state.package?.services ?? []).filter((each) => each.active && each.dependsOn.some((on) => on.service === service)).map((each) => each.name);
  return by.length > 0 ? t('ui-stop-service-needed', { service, services: f.list(by), count: by.length }) : '';
}

/** The exact changes, the lines as they are and as they will be. @param {Fix} fix @param {Words} words */
function fixPreview(fix, { t }) {
  const list = html`<ul class="diff" data-testid="fix-preview" data-fix=${fix.id}>${fix.changes.map((change) => html`<li>
    <span class="mono small faint">${change.where}</span>
    ${change.now !== null ? html`<del class="mono" aria-label=${t('ui-fix-now')}>${change.now}</del>` : null}
    ${change.after !== null ? html`<ins class="mono" aria-label=${t('ui-fix-after')}>${change.after}</ins>` : null}</li>`)}</ul>`;
  return question({ title: t('ui-fix-title'), body: [fix.effect, t(fix.undoable ? 'ui-fix-undoable' : 'ui-fix-not-undoable')], more: list, keep: t('ui-fix-keep'), act: t('ui-fix-do'), wide: true });
}

/** @param {{ title: string, body: string[], keep: string, act: string, more?: unknown, wide?: boolean }} words */
function question({ title, body, keep, act, more = null, wide = false }) {
  return html`<confirm-dialog key=${title} ondismiss=${{ type: 'dialog-dismissed' }}>
    <dialog aria-labelledby="question" data-testid="dialog" class=${wide ? 'wide' : ''}>
      <h2 id="question">${title}</h2>
      ${body.filter(Boolean).map((text) => html`<p>${text}</p>`)}
      ${more}
      <div class="answers">
        ${button({ label: keep, onClick: { type: 'dialog-dismissed' }, testid: 'dialog-keep', data: { 'data-safe': '' } })}
        ${button({ label: act, onClick: { type: 'dialog-confirmed' }, kind: 'primary', testid: 'dialog-confirm' })}
      </div>
    </dialog>
  </confirm-dialog>`;
}
