/** Check: what was found, whether everything is in the folder, what Deploy will do. */
import { html } from '../html.js';
import { button } from '../parts/button.js';
import { checkRow, passedRow } from '../parts/check-row.js';
import { interruptedBanner, notice } from '../parts/notice.js';
import { operationStrip } from '../parts/operation-strip.js';
import { offlineProof } from '../parts/offline-proof.js';
import { settingsForm } from '../parts/settings-form.js';
import { CHECK_LOOK, shape } from '../parts/shape.js';
import { stepper } from '../parts/stepper.js';
import { packageLabel, runningOperation } from '../select.js';

/** @import {CheckReport, PackageView, PlanView} from '../../types/ipc' */
/** @import {State, Words} from '../../types/page' */

/** @param {State} state @param {PackageView} view @param {Words} words */
export function checkPage(state, view, words) {
  const { check } = state;
  const report = check.report;
  return html`<div class="page check">
    ${stepper('check', words, lookedAt(state, words))}
    ${operationStrip(state, words)}${notice(state, words)}${interruptedBanner(state, words)}
    ${summary(state, words)}
    ${report ? html`<section class="group checks" aria-label=${words.t('ui-check-list')}>
      ${report.checks.filter((each) => each.state !== 'pass').map((each, index) => checkRow(each, words, index === 0 && leads(report)))}
      ${passedRow(report.checks.filter((each) => each.state === 'pass'), words)}
    </section>` : null}
    ${report ? settingsForm(state, report.settings, words) : null}
    ${report ? offlineProof(report.offlineProof, words) : null}
    ${check.plan ? planSection(check.plan, words) : null}
    ${undoSection(state, words)}
    ${view.preview ? html`<p class="small muted">${words.t('ui-check-preview')}</p>` : null}
  </div>
  ${footBar(state, words)}`;
}

/** @param {State} state @param {Words} words */
function summary(state, { t, f }) {
  const { check } = state;
  if (check.phase === 'failed' && check.error) {
    return verdict({ shape: 'unknown', tone: 'idle' }, t('ui-check-failed'), check.error.message, 'failed');
  }
  if (!check.report) {
    const age = f.duration(Math.max(0, Math.floor((state.now - check.startedAt) / 1000)));
    return verdict({ shape: 'starting', tone: 'move' }, t('ui-check-running'), t('ui-check-running-lead', { age }), 'running');
  }
  const { blocks, warnings } = count(check.report);
  const label = packageLabel(state);
  if (blocks > 0) {
    return verdict(CHECK_LOOK.block, t('ui-check-blocked', { count: blocks }), warnings > 0 ? t('ui-two-sentences', { first: t('ui-check-blocked-lead', { label }), second: t('ui-check-warnings-also', { count: warnings }) }) : t('ui-check-blocked-lead', { label }), 'blocked');
  }
  // The warnings have their own triangles; the answer to "can it be deployed" is yes.
  return verdict({ shape: 'healthy', tone: 'good' }, t('ui-check-ready', { label }), warnings > 0 ? t('ui-check-warnings', { count: warnings }) : t('ui-check-ready-lead'), check.report.verdict);
}

/** @param {import('../parts/shape.js').Look} look @param {string} title @param {string} lead @param {string} state */
function verdict(look, title, lead, state) {
  return html`<div class="verdict" data-testid="check-summary" data-state=${state}>${shape(look, 'xl')}<div><h1 tabindex="-1">${title}</h1><p>${lead}</p></div></div>`;
}

/** @param {State} state @param {Words} words */
function lookedAt({ check, now }, { t, f }) {
  if (check.phase === 'running' && check.report) return t('ui-check-again-running');
  if (!check.report) return '';
  return t('ui-check-looked', { age: f.duration(Math.max(0, Math.floor((now - check.at) / 1000))), took: f.duration(check.report.seconds) });
}

/** @param {PlanView} plan @param {Words} words */
function planSection(plan, { t, f }) {
  return html`<section data-testid="plan"><div class="group-head"><h2>${t('ui-plan-title')}</h2><span class="faint">${t('ui-plan-lead')}</span></div>
    <ol class="group numbered">${plan.steps.map((step) => html`<li key=${step.id} data-step=${step.id}><div>
      <span>${step.sentence}</span>
      ${step.expectedSeconds ? html`<span class="faint small figures">${t('ui-plan-usually', { time: f.duration(step.expectedSeconds) })}</span>` : null}
      ${step.changes.length > 1 ? html`<details class="changes"><summary>${t('ui-plan-changes', { count: step.changes.length })}</summary><ul>${step.changes.map((change) => html`<li>${change}</li>`)}</ul></details>` : null}
      ${step.changes.length === 1 && step.changes[0] !== step.sentence ? html`<p class="small muted">${step.changes[0]}</p>` : null}
    </div></li>`)}</ol>
    ${planFoot(plan, { t, f })}</section>`;
}

/** Room and time, as far as they are known. @param {PlanView} plan @param {Pick<Words, 't' | 'f'>} words */
function planFoot({ disk, expectedSeconds }, { t, f }) {
  const said = [
    disk ? t('ui-plan-disk', { peak: f.bytes(disk.peak), stays: f.bytes(disk.stays), free: f.bytes(disk.free) }) : '',
    expectedSeconds ? t('ui-plan-time', { time: f.duration(expectedSeconds) }) : '',
  ].filter(Boolean);
  return said.length > 0 ? html`<p class="small muted plan-foot" data-testid="plan-disk">${said.map((sentence) => html`<span key=${sentence}>${sentence}</span>`)}</p>` : null;
}

/** What Quayside changed here, and the way back. @param {State} state @param {Words} words */
function undoSection({ check, now }, { t, f }) {
  const [last, ...older] = check.undo;
  if (!last) return null;
  return html`<section data-testid="undo-list"><div class="group-head"><h2>${t('ui-undo-list')}</h2><span class="faint">${t('ui-undo-list-lead')}</span></div>
    <ul class="group undo">
      <li><span class="grow">${last.effect}</span><time class="small faint">${f.moment(last.at, now)}</time>${button({ label: t('ui-undo'), onClick: { type: 'undo-asked', entry: last }, size: 'small', testid: 'undo' })}</li>
      ${older.map((entry) => html`<li class="muted"><span class="grow">${entry.effect}</span><time class="small faint">${f.moment(entry.at, now)}</time></li>`)}
    </ul></section>`;
}

/** @param {State} state @param {Words} words */
function footBar(state, { t }) {
  const reason = whyOff(state, t);
  const blocked = state.check.report !== null && count(state.check.report).blocks > 0;
  return html`<footer class="foot-bar">
    ${button({ label: t('ui-back'), onClick: { type: 'step-chosen', step: 'choose' } })}
    ${button({ label: t('ui-check-again'), onClick: { type: 'check-clicked' }, icon: 'restart', kind: blocked && !leads(state.check.report) ? 'primary' : '', testid: 'check-again', disabled: state.check.phase === 'running' })}
    <span class="grow"></span>
    ${reason ? html`<span class="why-off small" id="why-off">${blocked ? shape(CHECK_LOOK.block) : null}<span>${reason}</span></span>` : null}
    ${button({ label: t('ui-deploy', { label: packageLabel(state) }), onClick: { type: 'deploy-clicked' }, kind: blocked ? '' : 'primary', testid: 'deploy', disabled: reason !== '', describedBy: reason ? 'why-off' : undefined })}
  </footer>`;
}

/** Why Deploy cannot be pressed; empty when it can. @param {State} state @param {Words['t']} t */
function whyOff(state, t) {
  const { check } = state;
  if (runningOperation(state)) return t('ui-deploy-off-busy');
  if (check.phase === 'failed') return t('ui-deploy-off-unknown');
  if (!check.report || check.phase === 'running') return t('ui-deploy-off-checking');
  const blockers = check.report.checks.filter((each) => each.state === 'block');
  if (blockers.length === 1) return t('ui-deploy-off-one', { message: blockers[0].message });
  return blockers.length > 1 ? t('ui-deploy-off', { count: blockers.length }) : '';
}

/** @param {CheckReport} report */
function count({ checks }) {
  return { blocks: checks.filter((each) => each.state === 'block').length, warnings: checks.filter((each) => each.state === 'warn').length };
}

/** The first blocker can be put right from here, so that is what to do next. @param {CheckReport | null} report */
function leads(report) {
  const [first] = report?.checks ?? [];
  return first !== undefined && first.state === 'block' && (first.fixes.length > 0 || first.id === 'package.location');
}
