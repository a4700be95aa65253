/** Problems: what is wrong, causes first, with its proof and what helps; and what an error text that somebody has means. */
import { html } from '../html.js';
import { button } from '../parts/button.js';
import { display } from '../parts/card.js';
import { explainText } from '../parts/explain-text.js';
import { engineBanner, notice } from '../parts/notice.js';
import { operationStrip } from '../parts/operation-strip.js';
import { problemCard } from '../parts/problem.js';
import { evidence } from '../parts/proof.js';
import { cell, shape } from '../parts/shape.js';
import { engineGone, isAbout, isUp, lastFinished, openProblems, problemCount, runningOperation, unexplained, untoldFailure } from '../select.js';
import { supportActions } from './support.js';

/** @import {DiagnosisGap, ServiceStatus} from '../../types/ipc' */
/** @import {RepairedProblem, State, Words} from '../../types/page' */

/** @param {State} state @param {Words} words */
export function problemsPage(state, words) {
  const { t } = words;
  const { service: only, report } = state.problems;
  const count = problemCount(state);
  const concerns = (/** @type {string | null} */ name) => only === null || name === null || name === only;
  const problems = openProblems(state).filter((problem) => only === null || isAbout(problem, only));
  // Before the first answer nothing is explained, and so nothing is shown as unexplained.
  const waiting = state.problems.phase === 'running' && !report;
  // What the failure tells is not told twice.
  const failure = waiting ? null : untoldFailure(state);
  const services = (waiting ? [] : unexplained(state)).filter((service) => service.name !== failure?.failure.service && concerns(service.name));
  // A service that waits for another is the symptom; the others come first.
  services.sort((one, other) => Number(one.blockedBy !== null) - Number(other.blockedBy !== null));
  const shown = problems.length + services.length + (failure && concerns(failure.failure.service) ? 1 : 0);
  return html`<div class="page problems">
    ${engineBanner(state, words)}${notice(state, words)}
    ${shown > 0 ? html`<div class="line between wrapping"><h1 tabindex="-1">${heading(problems, shown, words)}</h1>${look(state, words)}</div>` : null}
    ${operationStrip(state, words)}
    ${only !== null ? html`<p class="line filter" data-testid="problems-only" data-service=${only}><span>${t('ui-problems-only', { service: only, others: Math.max(0, count - shown) })}</span>
      ${button({ label: t('ui-problems-all'), onClick: { type: 'problems-of', service: null }, size: 'small' })}</p>` : null}
    ${comparison(state, words)}
    ${problems.map((problem, index) => problemCard(problem, state, words, { lead: index === 0 }))}
    ${failure && concerns(failure.failure.service) ? lastFailure(state, failure, words) : null}
    ${services.map((service) => troubled(service, state, words))}
    ${shown === 0 ? empty(state, words) : null}
    ${report ? gaps(report.gaps, words) : null}
    ${supportActions(state, words)}
    ${explainText(state, words)}
  </div>`;
}

/** How many, and how much they stop. @param {import('../../types/ipc').Diagnosis[]} problems @param {number} count @param {Words} words */
function heading(problems, count, { t }) {
  const stopped = new Set(problems.flatMap((problem) => [problem.service, ...problem.explains]).filter((name) => name !== null)).size;
  return stopped > count ? t('ui-problems-title-stops', { count, stopped }) : t('ui-problems-title', { count });
}

/** When it was last looked, and the way to look again; while it is looked, at what. @param {State} state @param {Words} words */
function look(state, { t, f }) {
  const { problems, now } = state;
  const running = problems.phase === 'running';
  const ago = (/** @type {number} */ since) => f.duration(Math.max(0, Math.floor((now - since) / 1000)));
  const said = running ? t(problems.report ? 'ui-problems-looking' : 'ui-problems-so-far', { age: ago(problems.startedAt) }) : problems.at > 0 ? t('ui-problems-look', { age: ago(problems.at) }) : '';
  return html`<span class="line wrapping">${said ? html`<span class="small faint" role="status">${said}</span>` : null}
    ${button({ label: t('ui-check-again'), onClick: { type: 'problems-look-clicked' }, size: 'small', icon: 'restart', testid: 'check-again', disabled: running || !state.package || runningOperation(state) !== null })}</span>`;
}

/** The problem a fix was for, before it and now. @param {State} state @param {Words} words */
function comparison(state, words) {
  const { repaired, phase, at, report } = state.problems;
  if (!repaired || phase !== 'done' || at <= repaired.at || runningOperation(state)) return null;
  const there = (report?.diagnoses ?? []).some((problem) => problem.id === repaired.id && problem.service === repaired.service);
  const last = lastFinished(state);
  const proved = last?.kind === 'fix' && (last.finished?.repair?.after ?? []).every((check) => check.state === 'pass');
  return compared(repaired, there ? (proved && repaired.service !== null ? 'waits' : 'still') : 'gone', at, words);
}

/** @type {Record<'gone' | 'still' | 'waits', import('../parts/shape.js').Look>} */
const NOW_LOOK = { gone: { shape: 'pass', tone: 'good' }, still: { shape: 'failed', tone: 'broken' }, waits: { shape: 'waiting', tone: 'move' } };

/**
 * Right after a fix the log still tells of the time before it: then the service has to start once more.
 *
 * @param {RepairedProblem} repaired
 * @param {keyof typeof NOW_LOOK} now
 * @param {number} at
 * @param {Words} words
 */
function compared(repaired, now, at, { t, f }) {
  const service = repaired.service ?? '';
  return html`<section class="group scroll" data-testid="problem-compared" data-now=${now}><table>
    <thead><tr><th>${t('ui-compared-problem')}</th><th>${t('ui-compared-before', { time: f.clock(repaired.at) })}</th><th>${t('ui-compared-now', { time: f.clock(at) })}</th></tr></thead>
    <tbody><tr><td class="wrap">${repaired.title}</td><td>${cell({ shape: 'failed', tone: 'broken' }, t('ui-compared-there'))}</td>
      <td class="wrap">${cell(NOW_LOOK[now], t(`ui-compared-${now}`, { service }))}</td></tr></tbody>
  </table>${now === 'waits' ? html`<p class="compared-act">${button({ label: t('ui-menu-restart', { service }), onClick: { type: 'restart-service-clicked', service }, icon: 'restart', size: 'small', testid: 'restart-repaired' })}</p>` : null}</section>`;
}

/** @param {DiagnosisGap[]} gaps @param {Words} words */
function gaps(gaps, { t }) {
  if (gaps.length === 0) return null;
  return html`<section data-testid="problem-gaps"><div class="group-head"><h2>${t('ui-gaps-title')}</h2><span class="faint">${t('ui-gaps-lead')}</span></div>
    <dl class="group pad facts">${gaps.map((gap) => html`<dt>${t('ui-gap', { what: gap.what })}</dt><dd class="mono">${gap.why}</dd>`)}</dl></section>`;
}

/** @param {State} state @param {NonNullable<ReturnType<typeof untoldFailure>>} found @param {Words} words */
function lastFailure(state, { failure, operation }, words) {
  const { t, f } = words;
  const service = state.status?.services.find((each) => each.name === failure.service);
  return html`<article class="group problem" data-testid="problem" data-class=${failure.code}>
    <div class="verdict small-verdict">${shape({ shape: 'failed', tone: 'broken' }, 'l')}<div><h2>${failure.message}</h2>
      <p class="muted">${t('ui-problems-during', { kind: operation.kind, time: f.clock(operation.finishedAt ?? operation.startedAt) })}</p></div></div>
    ${evidence(failure, words)}
    <div class="line acts-row">
      ${service ? remedies(service, state, words) : operation.kind === 'deploy' ? button({ label: t('ui-outcome-to-check'), onClick: { type: 'step-chosen', step: 'check' }, kind: openProblems(state).length === 0 ? 'primary' : '' }) : null}
    </div>
  </article>`;
}

/** @param {ServiceStatus} service @param {State} state @param {Words} words */
function troubled(service, state, words) {
  const { t } = words;
  const shown = display(service, false);
  const exit = service.containers.find((container) => container.exitCode !== null)?.exitCode ?? null;
  const restarts = service.containers.reduce((sum, container) => sum + container.restartCount, 0);
  return html`<article class="group problem" key=${service.name} data-testid="problem" data-class=${service.state} data-service=${service.name}>
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

/** Nothing is shown: it is being looked, it could not be looked, or nothing was found. @param {State} state @param {Words} words */
function empty(state, words) {
  const { t, f } = words;
  const { phase, report, error, service, at } = state.problems;
  if (!state.package) return html`<div class="lead"><h1 tabindex="-1">${t('ui-problems-no-package')}</h1><p class="muted">${t('ui-problems-no-package-lead')}</p></div>`;
  const waiting = phase === 'running' && !report;
  const failed = phase === 'failed' || (engineGone(state) && !waiting);
  const kind = waiting ? 'looking' : failed ? 'unknown' : service === null ? 'none' : 'none-of';
  const look_ = waiting ? { shape: 'starting', tone: 'move' } : failed || !report ? { shape: 'unknown', tone: 'idle' } : { shape: 'healthy', tone: 'good' };
  const total = state.status?.total ?? 0;
  const lead = waiting ? t('ui-problems-looking-lead', { count: total }) : failed ? (error?.message ?? t('ui-problems-unknown-lead')) : t('ui-problems-none-lead', { count: total, time: f.clock(at || state.now) });
  return html`<section class="empty" data-testid="no-problems" data-state=${kind}>
    ${shape(/** @type {import('../parts/shape.js').Look} */ (look_), 'xl')}
    <h1 tabindex="-1">${t(waiting ? 'ui-problems-looking-title' : failed ? 'ui-problems-unknown' : service === null ? 'ui-problems-none' : 'ui-problems-none-of', { service: service ?? '' })}</h1>
    <p class="muted">${lead}</p>
    ${look(state, words)}
  </section>`;
}
