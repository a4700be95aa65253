/** Looking for problems: when a person asks, when the page is opened, and by itself when services get into trouble. Pure. */
import { engineGone, isTrouble, runningOperation } from '../select.js';
import { NO_TEXT } from '../state.js';

/** @import {DiagnosisReport} from '../../types/ipc' */
/** @import {Answered, Effect, Msg, ProblemsState, Refused, Result, State} from '../../types/page' */

/** Trouble that is over before this is not looked at, in milliseconds. */
const SETTLING = 3_000;
/** The least time between two looks that nobody asked for. */
const BETWEEN = 30_000;

/**
 * Looks at everything; what the last look found stays on the page meanwhile.
 *
 * @param {State} state
 * @returns {Result}
 */
export function diagnose(state) {
  // What is being changed would be seen half changed; its end looks again.
  if (!state.package || state.problems.phase === 'running' || runningOperation(state)) return [state];
  const { troubled, trouble } = troubleOf(state);
  return [
    withProblems(state, { phase: 'running', startedAt: state.now, error: null, troubled, trouble, due: null }),
    { type: 'call', command: 'diagnose', request: { service: null }, tag: state.package.directory },
  ];
}

/**
 * @param {State} state
 * @param {Exclude<Extract<Msg, { type: `problems-${string}` }>, { type: 'problems-of' }>} msg
 * @returns {Result}
 */
export function onProblemsMessage(state, msg) {
  const { text } = state.problems;
  switch (msg.type) {
    case 'problems-look-clicked':
      return diagnose({ ...state, notice: null });
    case 'problems-text-typed':
      return [withProblems(state, { text: { ...text, typed: msg.value ?? '' } })];
    case 'problems-text-clicked':
      return text.typed.trim() === '' ? [state] : explain(state, text.typed);
    case 'problems-text-cleared':
      return [withProblems(state, { text: NO_TEXT }), { type: 'focus', target: '#explain-text' }];
  }
}

/** Of one service, or of all. @param {State} state @param {string | null} service @returns {State} */
export function aboutService(state, service) {
  return withProblems(state, { service });
}

/** Asks what a text means. @param {State} state @param {string} text @returns {Result} */
function explain(state, text) {
  return [
    withProblems({ ...state, notice: null }, { text: { ...state.problems.text, asked: text, phase: 'running', report: null } }),
    { type: 'call', command: 'explain_text', request: { text }, tag: text },
  ];
}

/**
 * Sentences that were rendered in the other language are asked for again.
 *
 * @param {State} state
 * @returns {Result}
 */
export function sayAgain(state) {
  /** @type {Effect[]} */
  const effects = [];
  let next = state;
  if (state.problems.report) {
    const [asked, ...looking] = diagnose(next);
    next = asked;
    effects.push(...looking);
  }
  if (state.problems.text.asked !== null) {
    const [asked, ...explaining] = explain(next, state.problems.text.asked);
    next = asked;
    effects.push(...explaining);
  }
  return [next, ...effects];
}

/** @param {State} state @param {Extract<Answered, { command: 'diagnose' | 'explain_text' }>} msg @returns {State} */
export function onReport(state, msg) {
  const { text } = state.problems;
  if (msg.command === 'explain_text') {
    return msg.tag === text.asked ? withProblems(state, { text: { ...text, phase: 'done', report: msg.response } }) : state;
  }
  return msg.tag === state.package?.directory ? withReport(state, msg.response, msg.now) : state;
}

/** @param {State} state @param {DiagnosisReport} report @param {number} now @returns {State} */
export function withReport(state, report, now) {
  return withProblems(state, { phase: 'done', report, at: now, error: null });
}

/** @param {State} state @param {Refused} msg @returns {State} */
export function onNoReport(state, msg) {
  return msg.tag === state.package?.directory ? withProblems(state, { phase: 'failed', error: msg.error, at: msg.now }) : state;
}

/** Trouble that is new, or over, is looked at when it lasts. Called with every snapshot. @param {State} state @returns {State} */
export function noticeTrouble(state) {
  const { problems } = state;
  if (problems.due !== null || !isNews(state)) return state;
  const soonest = problems.startedAt === 0 ? 0 : problems.startedAt + BETWEEN;
  return withProblems(state, { due: Math.max(state.now + SETTLING, soonest) });
}

/** Looks by itself when the time has come. Called with every tick. @param {State} state @returns {Result} */
export function lookWhenDue(state) {
  const { due } = state.problems;
  if (due === null || due > state.now || runningOperation(state)) return [state];
  return isNews(state) ? diagnose(state) : [withProblems(state, { due: null })];
}

/** The services in trouble are others than those the last look was about. @param {State} state */
function isNews(state) {
  return state.status !== null && !engineGone(state) && troubleOf(state).trouble !== state.problems.trouble;
}

/** @param {State} state */
function troubleOf(state) {
  const services = engineGone(state) ? [] : (state.status?.services ?? []).filter(isTrouble);
  const troubled = services.map((service) => service.name);
  return { troubled, trouble: services.map((service) => `${service.name} ${service.state}`).join('\n') };
}

/** @param {State} state @param {Partial<ProblemsState>} changes @returns {State} */
function withProblems(state, changes) {
  return { ...state, problems: { ...state.problems, ...changes } };
}
