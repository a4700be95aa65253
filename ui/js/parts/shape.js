/** State shapes and icons: symbols of the sprite in index.html. Shapes are for the eye; the word beside them says it. */
import { html } from '../html.js';

/** @import {Outcome, ServiceState, StepState, CheckState, Verdict} from '../../types/ipc' */
/** @typedef {'good' | 'look' | 'broken' | 'idle' | 'move'} Tone */
/** @typedef {{ shape: string, tone: Tone }} Look */

/** @type {Record<ServiceState | 'waiting' | 'out-of-reach', Look>} */
export const SERVICE_LOOK = {
  healthy: { shape: 'healthy', tone: 'good' },
  running: { shape: 'running', tone: 'good' },
  starting: { shape: 'starting', tone: 'move' },
  unhealthy: { shape: 'unhealthy', tone: 'look' },
  'crash-looping': { shape: 'crash', tone: 'broken' },
  failed: { shape: 'failed', tone: 'broken' },
  completed: { shape: 'completed', tone: 'idle' },
  stopped: { shape: 'stopped', tone: 'idle' },
  paused: { shape: 'paused', tone: 'idle' },
  'not-created': { shape: 'none', tone: 'idle' },
  waiting: { shape: 'waiting', tone: 'idle' },
  'out-of-reach': { shape: 'lost', tone: 'idle' },
};

/** @type {Record<Verdict, Look>} */
export const VERDICT_LOOK = {
  ready: { shape: 'healthy', tone: 'good' },
  converging: { shape: 'starting', tone: 'move' },
  degraded: { shape: 'unhealthy', tone: 'look' },
  'will-not-recover': { shape: 'crash', tone: 'broken' },
  stopped: { shape: 'stopped', tone: 'idle' },
  'not-deployed': { shape: 'none', tone: 'idle' },
  'engine-unreachable': { shape: 'lost', tone: 'look' },
};

/** @type {Record<CheckState, Look>} */
export const CHECK_LOOK = {
  pass: { shape: 'pass', tone: 'good' },
  warn: { shape: 'unhealthy', tone: 'look' },
  block: { shape: 'failed', tone: 'broken' },
  unknown: { shape: 'unknown', tone: 'idle' },
};

/** @type {Record<StepState, Look>} */
export const STEP_LOOK = {
  planned: { shape: 'none', tone: 'idle' },
  running: { shape: 'starting', tone: 'move' },
  done: { shape: 'pass', tone: 'good' },
  skipped: { shape: 'pass', tone: 'idle' },
  warning: { shape: 'unhealthy', tone: 'look' },
  failed: { shape: 'failed', tone: 'broken' },
  cancelled: { shape: 'stopped', tone: 'idle' },
};

/** @type {Record<Outcome, Look>} */
export const OUTCOME_LOOK = {
  ready: { shape: 'healthy', tone: 'good' },
  done: { shape: 'healthy', tone: 'good' },
  'partly-ready': { shape: 'unhealthy', tone: 'look' },
  failed: { shape: 'failed', tone: 'broken' },
  cancelled: { shape: 'stopped', tone: 'idle' },
  blocked: { shape: 'failed', tone: 'broken' },
};

/**
 * @param {Look} look
 * @param {'' | 's' | 'l' | 'xl' | 'xxl'} [size]
 */
export function shape(look, size = '') {
  return html`<svg class=${`shape ${look.tone} ${size} ${look.shape === 'starting' ? 'turning' : ''}`} aria-hidden="true">
    <use href=${`#s-${look.shape}`} />
  </svg>`;
}

/** @param {string} name @param {'' | 's'} [size] */
export function icon(name, size = 's') {
  return html`<svg class=${`icon ${size}`} aria-hidden="true"><use href=${`#i-${name}`} /></svg>`;
}

/** A small shape and its word, as in a table. @param {Look} look @param {string} word */
export function cell(look, word) {
  return html`<span class="cell">${shape(look, 's')}<span class=${`word ${look.tone}`}>${word}</span></span>`;
}
