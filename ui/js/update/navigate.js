/** Going from page to page, and what each page asks for when it is opened. Pure. */
import { isTrouble, lastDeployment, visibleStatus } from '../select.js';
import { lookAtFigures } from './figures.js';
import { diagnose } from './problems.js';

/** @import {Effect, InstallStep, Page, Result, State} from '../../types/page' */

/**
 * @param {State} state
 * @param {Page} page
 * @returns {Result}
 */
export function enterPage(state, page) {
  const [left, ...leaving] = page === 'logs' ? [state] : leaveLogs(state);
  /** @type {State} */
  const next = { ...left, page, navigated: true, menu: null, dragging: false };
  switch (page) {
    case 'overview':
      return withLook(regroup(next), leaving);
    case 'details':
      return withLook(next, [...leaving, ...(next.package ? askDetails() : [])]);
    case 'problems': {
      const [asked, ...asking] = diagnose(next);
      return [asked, ...leaving, ...asking];
    }
    case 'logs':
      return next.package && !next.logs.open ? followLogs(next, next.logs.services) : [next];
    case 'settings':
      return [next, ...leaving, { type: 'call', command: 'engines', request: undefined }];
    case 'install': {
      const [entered, ...effects] = enterStep(next, next.step);
      return [entered, ...leaving, ...effects];
    }
    default:
      return [next, ...leaving];
  }
}

/**
 * @param {State} state
 * @param {InstallStep} step
 * @returns {Result}
 */
export function enterStep(state, step) {
  /** @type {State} */
  const next = { ...state, page: 'install', navigated: true, step };
  if (step === 'deploy' && !lastDeployment(next)) return enterStep(next, 'check');
  if (step === 'check' && !next.package) return [{ ...next, step: 'choose' }];
  if (step === 'check' && next.check.phase === 'idle') return startCheck(next);
  return [next];
}

/**
 * Looks at the package and this computer; what the last look found stays on the page meanwhile.
 *
 * @param {State} state
 * @returns {Result}
 */
export function startCheck(state) {
  const tag = state.package?.directory;
  return [
    { ...state, check: { ...state.check, phase: 'running', startedAt: state.now, error: null } },
    { type: 'call', command: 'check', request: undefined, tag },
    { type: 'call', command: 'plan', request: undefined, tag },
    { type: 'call', command: 'undo_list', request: undefined, tag },
  ];
}

/** @param {State} state @param {Effect[]} effects @returns {Result} */
function withLook(state, effects) {
  const [next, ...looking] = lookAtFigures(state);
  return [next, ...effects, ...looking];
}

/** Applies the grouping by state; done only when a person opens the page or asks for it. @param {State} state @returns {State} */
export function regroup(state) {
  const services = visibleStatus(state)?.services ?? [];
  return { ...state, overview: { ...state.overview, attention: services.filter(isTrouble).map((service) => service.name) } };
}

/**
 * @param {State} state
 * @param {string[]} services
 * @returns {Result}
 */
export function followLogs(state, services) {
  const turn = state.logs.turn + 1;
  /** @type {Effect[]} */
  const stop = state.logs.stream === null ? [] : [{ type: 'call', command: 'stop_logs', request: state.logs.stream }];
  return [
    { ...state, logs: { ...state.logs, services, turn, stream: null, open: true, ended: false } },
    ...stop,
    { type: 'forget-logs' },
    { type: 'follow-logs', services, since: state.logs.since, turn },
  ];
}

/** @param {State} state @returns {Result} */
export function leaveLogs(state) {
  if (!state.logs.open) return [state];
  const { stream } = state.logs;
  const next = { ...state, logs: { ...state.logs, open: false, stream: null, turn: state.logs.turn + 1 } };
  return stream === null ? [next] : [next, { type: 'call', command: 'stop_logs', request: stream }];
}

/** @returns {Effect[]} */
function askDetails() {
  return [
    { type: 'call', command: 'arch_info', request: undefined },
    { type: 'call', command: 'list_images', request: undefined },
    { type: 'call', command: 'mount_directories', request: undefined },
  ];
}
