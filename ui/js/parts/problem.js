/** One problem: what it is, what it means, how that is known, what to do, what Quayside can do, and what it stops. */
import { pieces, withMarks } from '../ansi.js';
import { html } from '../html.js';
import { matches } from '../log-text.js';
import { engineGone, runningOperation, visibleStatus } from '../select.js';
import { button } from './button.js';
import { display } from './card.js';
import { fixButtons } from './fixes.js';
import { shape } from './shape.js';

/** @import {Diagnosis, ProofLine} from '../../types/ipc' */
/** @import {State, Words} from '../../types/page' */

/** As many lines of proof as are seen at once. */
const SHOWN = 6;
/** What the tools say when something is refused: what a person looks for in a line. */
const TELLING = /permission denied|operation not permitted|(?:already in use|already allocated)|no such file or directory|no space left on device|exec format error|connection refused|access denied|out of memory|too low|not found|read-only file system/gi;

/** Parameters that stand in many lines and prove nothing. */
const COMMON = new Set(['service', 'image', 'container']);

/**
 * @param {Diagnosis} problem
 * @param {State} state
 * @param {Words} words
 * @param {{ lead?: boolean, aside?: boolean }} [at] its first fix is the one thing to do; with what it stops beside it
 */
export function problemCard(problem, state, words, { lead = false, aside = true } = {}) {
  const { t } = words;
  const { id, service, title } = problem;
  return html`<article class=${`group problem ${aside ? 'with-aside' : ''}`} key=${`${id} ${service ?? ''} ${title}`} data-testid="problem" data-class=${id} data-service=${service ?? undefined} data-code=${problem.code}>
    <div class="says">
      <div class="verdict small-verdict">${shape(lookOf(problem, state), 'l')}<div><h2>${title}</h2>${problem.why ? html`<p data-testid="problem-why">${problem.why}</p>` : null}</div></div>
      ${problem.undecided ? html`<p class="undecided small" data-testid="problem-undecided">${shape({ shape: 'unknown', tone: 'look' })}<span>${problem.undecided}</span></p>` : null}
      ${proofOf(problem, words)}
      ${problem.steps.length > 0 ? html`<section class="block"><h3>${t('ui-problem-steps')}</h3>
        <ol class="todo small" data-testid="problem-steps">${problem.steps.map((step) => html`<li><span>${step}</span></li>`)}</ol></section>` : null}
      ${problem.fixes.length > 0 ? html`<section class="block"><h3>${t('ui-problem-fixes')}</h3>
        ${fixButtons(problem.fixes, { lead, busy: runningOperation(state) !== null, of: { id, service, title } }, t)}</section>` : null}
    </div>
    ${aside ? html`<aside class="side">${stops(problem, state, words)}${technical(problem, words)}</aside>` : technical(problem, words)}
  </article>`;
}

/**
 * The cause in short, where a deployment ended: what it is, how that is known, the first step, and the way to the rest.
 *
 * @param {Diagnosis} problem
 * @param {number} count
 * @param {Words} words
 */
export function firstProblem(problem, count, words) {
  const { t } = words;
  return html`<div class="group problem" data-testid="problem" data-class=${problem.id} data-service=${problem.service ?? undefined} data-code=${problem.code}>
    <div class="line start">${shape(problem.id === 'unknown' ? { shape: 'unknown', tone: 'look' } : { shape: 'failed', tone: 'broken' })}<h3>${problem.title}</h3></div>
    ${proofOf(problem, words)}
    ${problem.steps.length > 0 ? html`<section class="block"><h3>${t('ui-problem-first-step')}</h3><p class="small">${problem.steps[0]}</p></section>` : null}
    <div class="line acts-row">${button({ label: t('ui-problem-show-all', { count }), onClick: { type: 'navigated', page: 'problems' }, testid: 'show-problems' })}
      <span class="small faint">${t('ui-problem-code', { code: problem.code })}</span></div>
  </div>`;
}

/** As bad as its service is; what concerns the whole package stops it. @param {Diagnosis} problem @param {State} state */
function lookOf({ id, service }, state) {
  if (id === 'unknown') return /** @type {const} */ ({ shape: 'unknown', tone: 'look' });
  const found = service === null ? null : visibleStatus(state)?.services.find((each) => each.name === service);
  const { look } = found ? display(found, false) : { look: null };
  return look && look.tone !== 'good' && look.tone !== 'idle' && look.tone !== 'move' ? look : /** @type {const} */ ({ shape: 'failed', tone: 'broken' });
}

/** @param {Diagnosis} problem @param {Words} words */
function proofOf(problem, { t }) {
  if (problem.proof.length === 0) return null;
  const unknown = problem.id === 'unknown';
  // The end of a log says why it ended; of proof, the first is the best.
  const all = problem.proof;
  const more = unknown ? all.slice(0, -SHOWN) : all.slice(SHOWN);
  const first = unknown ? all.slice(-SHOWN) : all.slice(0, SHOWN);
  const rest = more.length > 0 ? html`<details class="technical"><summary>${t(unknown ? 'ui-problem-proof-earlier' : 'ui-problem-proof-more', { count: more.length })}</summary>${lines(more, problem)}</details>` : null;
  return html`<section class="block" data-testid="problem-proof"><h3>${t(unknown ? 'ui-problem-tail' : 'ui-problem-proof')}</h3>
    ${unknown ? rest : null}${lines(first, problem)}${unknown ? null : rest}</section>`;
}

/** The source is said once for lines that follow each other. @param {ProofLine[]} proof @param {Diagnosis} problem */
function lines(proof, problem) {
  return html`<dl class="proof sourced">${proof.map(({ source, line }, index) => html`<div>
    <dt>${index > 0 && proof[index - 1].source === source ? '' : source}</dt><dd>${marked(line, problem)}</dd></div>`)}</dl>`;
}

/** The line as it was written, without what a terminal would obey; what tells is marked. @param {string} line @param {Diagnosis} problem */
function marked(line, { params }) {
  const plain = pieces(line).map((piece) => piece.text).join('');
  const named = Object.entries(params).filter(([name, value]) => !COMMON.has(name) && String(value).length > 2).flatMap(([, value]) => matches(plain, String(value)));
  const said = [...plain.matchAll(TELLING)].map((match) => /** @type {[number, number]} */ ([match.index, match.index + match[0].length]));
  return withMarks([{ text: plain, style: '' }], [...said, ...named].sort((one, other) => one[0] - other[0] || other[1] - one[1]).reduce(joined, []))
    .map(({ text, marked: found }) => (found ? html`<mark>${text}</mark>` : text));
}

/** Marks that overlap are one. @param {[number, number][]} before @param {[number, number]} mark @returns {[number, number][]} */
function joined(before, mark) {
  const last = before.at(-1);
  if (!last || last[1] < mark[0]) return [...before, mark];
  return [...before.slice(0, -1), [last[0], Math.max(last[1], mark[1])]];
}

/** The service it is about, and those that wait for it. @param {Diagnosis} problem @param {State} state @param {Words} words */
function stops({ service, explains }, state, words) {
  const { t, f } = words;
  const services = visibleStatus(state)?.services ?? [];
  const row = (/** @type {string} */ name, /** @type {boolean} */ below) => {
    const found = services.find((each) => each.name === name);
    const shown = found ? display(found, engineGone(state)) : null;
    return html`<li class=${below ? 'below' : ''} key=${name}>${shape(shown?.look ?? { shape: 'unknown', tone: 'idle' })}<b>${found?.title ?? name}</b>${shown ? html`<span class="small muted">${t(`ui-state-${shown.key}`)}</span>` : null}</li>`;
  };
  const titles = explains.map((name) => services.find((each) => each.name === name)?.title ?? name);
  return html`<section><h3>${t(service === null ? 'ui-problem-whole' : 'ui-problem-stops')}</h3>
    ${service === null ? html`<p class="small muted">${t('ui-problem-whole-lead')}</p>` : null}
    <ul class="stops">${service === null ? null : row(service, false)}${explains.map((name) => row(name, service !== null))}</ul>
    ${explains.length > 0 ? html`<p class="small" data-testid="problem-explains">${t('ui-problem-explains', { services: f.list(titles), count: explains.length })}</p>` : null}
    ${service === null ? null : html`<p>${button({ label: t('ui-menu-logs', { service }), onClick: { type: 'logs-of', service }, icon: 'logs', size: 'small' })}</p>`}
  </section>`;
}

/** For the telephone, and for whoever knows the catalogue. @param {Diagnosis} problem @param {Words} words */
function technical({ id, code, confidence }, { t }) {
  const certainty = id === 'unknown' ? '' : t(confidence >= 0.9 ? 'ui-problem-certain' : confidence >= 0.6 ? 'ui-problem-likely' : 'ui-problem-possible');
  return html`<section class="telephone"><p data-testid="problem-code">${t('ui-problem-code', { code })}</p>
    <p class="faint"><span class="mono">${id}</span>${certainty ? html`<span>${certainty}</span>` : null}</p></section>`;
}
