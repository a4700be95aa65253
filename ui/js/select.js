/** Questions about the state that more than one view or update asks. Pure. */

/** @import {Diagnosis, Failure, ServiceState, ServiceStatus, StatusSnapshot} from '../types/ipc' */
/** @import {Operation, State, Step} from '../types/page' */

/** @type {ReadonlySet<ServiceState>} */
const TROUBLE = new Set(['unhealthy', 'crash-looping', 'failed']);
/** @type {ReadonlySet<ServiceState>} */
const UP = new Set(['starting', 'running', 'healthy', 'unhealthy', 'crash-looping', 'paused']);
/** @type {ReadonlySet<ServiceState>} */
const WORKS = new Set(['running', 'healthy', 'completed']);

/** @param {ServiceStatus} service */
export const isTrouble = (service) => TROUBLE.has(service.state);

/** There is a container that runs. @param {ServiceStatus} service */
export const isUp = (service) => UP.has(service.state);

/** It does what it is for. @param {ServiceStatus} service */
export const works = (service) => WORKS.has(service.state);

/** @param {State} state */
export const engineGone = (state) => state.status?.engine.state === 'unreachable';

/**
 * The newest snapshot that knows something: the live one, or the last one before the engine went away.
 *
 * @param {State} state
 * @returns {StatusSnapshot | null}
 */
export function visibleStatus(state) {
  return engineGone(state) ? (state.lastSeen ?? state.status) : state.status;
}

/** @param {State} state @returns {Operation | null} */
export function runningOperation(state) {
  return state.operations.filter((operation) => !operation.finished).at(-1) ?? null;
}

/** @param {State} state @returns {Operation | null} */
export function lastDeployment(state) {
  return state.operations.filter((operation) => operation.kind === 'deploy').at(-1) ?? null;
}

/** The newest operation of any kind that has ended. @param {State} state @returns {Operation | null} */
export function lastFinished(state) {
  return state.operations.filter((operation) => operation.finished).at(-1) ?? null;
}

/**
 * The failure a person still has to know about: of the newest operation, unless a newer one went well.
 *
 * @param {State} state
 */
export function openFailure(state) {
  const operation = lastFinished(state);
  const failure = operation?.finished?.failure;
  const bad = operation?.finished?.outcome === 'failed' || operation?.finished?.outcome === 'partly-ready';
  return operation && failure && bad ? { operation, failure } : null;
}

/** @param {State} state @returns {ServiceStatus[]} */
export function troubledServices(state) {
  return engineGone(state) ? [] : (state.status?.services ?? []).filter(isTrouble);
}

/** What the last look found and what is not past: causes first. @param {State} state @returns {Diagnosis[]} */
export function openProblems(state) {
  const { report, troubled } = state.problems;
  const services = state.status?.services ?? [];
  const past = services.filter((service) => troubled.includes(service.name) && works(service)).map((service) => service.name);
  return (report?.diagnoses ?? []).filter((problem) => problem.service === null || !past.includes(problem.service));
}

/** @param {Diagnosis} problem @param {string} service */
export const isAbout = (problem, service) => problem.service === null || problem.service === service || problem.explains.includes(service);

/** What is not well although nothing was found about it. @param {State} state @returns {ServiceStatus[]} */
export function unexplained(state) {
  const named = openProblems(state).flatMap((problem) => [problem.service, ...problem.explains]);
  return troubledServices(state).filter((service) => !named.includes(service.name));
}

/** The failure of the last operation, if nothing that was found tells it. @param {State} state */
export function untoldFailure(state) {
  const found = openFailure(state);
  const told = found && openProblems(state).some((problem) => tells(problem, found.failure));
  return found && !told ? found : null;
}

/** @param {Diagnosis} problem @param {Failure} failure */
function tells(problem, failure) {
  return failure.service === null || problem.id === failure.code || isAbout(problem, failure.service);
}

/** @param {State} state */
export function problemCount(state) {
  const failure = untoldFailure(state);
  const services = unexplained(state);
  // A failure about a service that is listed anyway is one problem, not two.
  const listed = failure && services.some((service) => service.name === failure.failure.service);
  return openProblems(state).length + services.length + (failure && !listed ? 1 : 0);
}

/** The step that is going on, else the last one that has ended. @param {Operation} operation @returns {Step | null} */
export function currentStep(operation) {
  return (
    operation.steps.find((step) => step.state === 'running') ??
    operation.steps.filter((step) => step.state !== 'planned').at(-1) ??
    operation.steps[0] ??
    null
  );
}

/** Seconds the step has taken, ticking on while it runs. @param {Step} step @param {number} now */
export function stepSeconds(step, now) {
  if (step.state !== 'running') return step.seconds;
  const since = step.at === null ? 0 : Math.max(0, (now - step.at) / 1000);
  return Math.floor(step.seconds + since);
}

/** `Acme ERP 2.4` @param {State} state */
export function packageLabel(state) {
  const view = state.package;
  return view ? [view.title, view.version].filter(Boolean).join(' ') : '';
}
