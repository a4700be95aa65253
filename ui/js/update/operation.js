/** Folds an operation's events into what the page shows of it. Pure. */

/** @import {OperationEvent, OperationKind, OperationView, StepEvent} from '../../types/ipc' */
/** @import {LogEntry, Operation, Sample, State, Step} from '../../types/page' */

const LOG_LIMIT = 2000;
/** Seconds of progress the rate is taken from. */
const RATE_WINDOW = 8;
/** How many operations of this session are remembered. */
const REMEMBERED = 8;

/**
 * @param {string} id
 * @param {OperationKind} kind
 * @param {string[]} services
 * @param {number} startedAt
 * @returns {Operation}
 */
export function newOperation(id, kind, services, startedAt) {
  return { id, kind, services, startedAt, steps: [], samples: [], log: [], cancelling: false, finished: null, finishedAt: null };
}

/**
 * An operation that began before this page did.
 *
 * @param {OperationView} view
 * @returns {Operation}
 */
export function replay(view) {
  const started = Date.parse(view.startedAt);
  const fresh = newOperation(view.operationId, view.kind, view.services, started);
  return view.events.reduce((operation, event) => applyEvent(operation, event, null), fresh);
}

/**
 * @param {Operation} operation
 * @param {OperationEvent} event
 * @param {number | null} now null when replayed
 * @returns {Operation}
 */
export function applyEvent(operation, event, now) {
  switch (event.type) {
    case 'planned':
      return {
        ...operation,
        steps: event.steps.map((step) => ({
          id: step.id, title: step.title, state: 'planned', current: null, total: null, unit: null, message: null, parts: [], seconds: 0, at: null,
        })),
      };
    case 'step-started':
    case 'step-progress':
    case 'step-finished':
      return {
        ...operation,
        steps: operation.steps.map((step) => (step.id === event.step ? moved(step, event, now) : step)),
        samples: event.unit === 'bytes' ? sampled(operation.samples, event) : operation.samples,
        log: logged(operation.log, event, now),
      };
    case 'finished':
      return { ...operation, finished: event, finishedAt: now ?? operation.startedAt + event.seconds * 1000 };
  }
}

/**
 * @param {State} state
 * @param {{ operationId: string, kind: OperationKind, event: OperationEvent }} message
 * @param {number} now
 * @returns {State}
 */
export function onOperationEvent(state, { operationId, kind, event }, now) {
  const known = state.operations.find((operation) => operation.id === operationId);
  const before = known ?? newOperation(operationId, kind, state.asked, now);
  const after = applyEvent(before, event, now);
  const operations = known
    ? state.operations.map((operation) => (operation === known ? after : operation))
    : [...state.operations, after].slice(-REMEMBERED);
  return { ...state, operations };
}

/** Bytes per second over the last seconds; null while it cannot be said. @param {Sample[]} samples */
export function rate(samples) {
  const first = samples[0];
  const last = samples[samples.length - 1];
  if (!first || !last || last.seconds - first.seconds < 1 || last.current <= first.current) return null;
  return (last.current - first.current) / (last.seconds - first.seconds);
}

/**
 * @param {Step} step
 * @param {StepEvent} event
 * @param {number | null} now
 * @returns {Step}
 */
function moved(step, event, now) {
  return {
    ...step,
    state: event.state,
    current: event.current ?? step.current,
    total: event.total ?? step.total,
    unit: event.unit ?? step.unit,
    message: event.message ?? step.message,
    parts: event.parts ?? step.parts,
    seconds: event.seconds,
    at: now,
  };
}

/**
 * @param {Sample[]} samples
 * @param {StepEvent} event
 */
function sampled(samples, event) {
  if (event.current === null) return samples;
  const last = samples[samples.length - 1];
  const restarted = last && (event.seconds < last.seconds || event.current < last.current);
  const kept = restarted ? [] : samples.filter((sample) => event.seconds - sample.seconds <= RATE_WINDOW);
  return [...kept, { seconds: event.seconds, current: event.current }];
}

/**
 * @param {LogEntry[]} log
 * @param {StepEvent} event
 * @param {number | null} now
 */
function logged(log, event, now) {
  const last = log[log.length - 1];
  if (!event.message || (last?.step === event.step && last.text === event.message)) return log;
  return [...log, { at: now, step: event.step, text: event.message }].slice(-LOG_LIMIT);
}
