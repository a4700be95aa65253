/** What a person asks for: lifecycle, dialogs, details. Pure. */
import { runningOperation } from '../select.js';
import { enterPage, enterStep } from './navigate.js';

/** @import {CallEffect, Dialog, Result, State} from '../../types/page' */

/** @param {State} state @returns {Result} */
export function deploy(state) {
  return [
    { ...state, page: 'install', step: 'deploy', navigated: true, asked: [], notice: null, drawer: false, interrupted: null },
    { type: 'call', command: 'deploy', request: { waitTimeout: null } },
    { type: 'focus', target: 'h1' },
  ];
}

/** @param {State} state @param {string[]} services @returns {Result} */
export function start(state, services) {
  return ask(state, services, { type: 'call', command: 'start', request: { services, waitTimeout: null } });
}

/** @param {State} state @param {string[]} services @returns {Result} */
export function restart(state, services) {
  return ask(state, services, { type: 'call', command: 'restart', request: { services, waitTimeout: null } });
}

/** @param {State} state @param {string} service @returns {Result} */
export function restartService(state, service) {
  return ask(state, [service], { type: 'call', command: 'restart_container', request: { containerName: service } });
}

/** @param {State} state @param {string[]} services @returns {Result} */
export function stop(state, services) {
  return ask(state, services, { type: 'call', command: 'stop', request: { services, waitTimeout: null } });
}

/**
 * @param {State} state
 * @param {'load_images' | 'setup_tags' | 'check_mount_dirs' | 'remove'} command
 * @returns {Result}
 */
export function maintain(state, command) {
  return ask(state, [], { type: 'call', command, request: undefined });
}

/** Copies the open package to this computer, or unpacks the file at a path; what comes out is opened.
 *
 * @param {State} state
 * @param {string | null} from
 * @returns {Result}
 */
export function copyPackage(state, from) {
  return ask(state, [], { type: 'call', command: 'copy_package', request: { from, to: null } });
}

/** Saves what was typed into the form; a secret is forgotten here as soon as it is on its way. @param {State} state @returns {Result} */
export function saveValues(state) {
  const values = Object.entries(state.check.typed).map(([key, value]) => ({ key, value }));
  if (values.length === 0) return [state];
  return ask({ ...state, check: { ...state.check, typed: {} } }, [], { type: 'call', command: 'save_values', request: { values } });
}

/** The acting button of a dialog. @param {State} state @returns {Result} */
export function confirmed(state) {
  const { dialog } = state;
  const next = { ...state, dialog: null };
  switch (dialog?.kind) {
    case undefined:
      return [next];
    case 'cancel':
      return cancel(next, dialog);
    case 'stop-all':
      return stop(next, []);
    case 'restart-all':
      return restart(next, []);
    case 'remove':
      return maintain(next, 'remove');
    case 'stop-service':
      return stop(next, [dialog.service]);
    case 'fix':
      // Pressing the button under the preview is the consent.
      return ask(forRepair(next, dialog), [], { type: 'call', command: 'fix', request: { id: dialog.fix.id, agreed: true } });
    case 'copy':
      return copyPackage(next, null);
    case 'undo':
      return ask(next, [], { type: 'call', command: 'undo', request: undefined });
  }
}

/** Remembers what a fix is for: the next look says whether it is gone. @param {State} state @param {Extract<Dialog, { kind: 'fix' }>} dialog @returns {State} */
function forRepair(state, { of }) {
  return { ...state, problems: { ...state.problems, repaired: of ?? null } };
}

/** The button of a notice. @param {State} state @returns {Result} */
export function actOnNotice(state) {
  const action = state.notice?.action;
  const next = { ...state, notice: null };
  if (action === 'choose') return enterStep(next, 'choose');
  if (action === 'check') return enterStep(next, 'check');
  if (runningOperation(next)?.kind === 'deploy') return enterStep(next, 'deploy');
  return enterPage(next, 'overview');
}

/**
 * @param {State} state
 * @param {Extract<Dialog, { kind: 'cancel' }>} dialog
 * @returns {Result}
 */
function cancel(state, { operationId }) {
  const operations = state.operations.map((operation) =>
    operation.id === operationId ? { ...operation, cancelling: true } : operation,
  );
  return [{ ...state, operations }, { type: 'call', command: 'cancel', request: { operationId } }];
}

/**
 * @param {State} state
 * @param {string[]} services
 * @param {CallEffect} effect
 * @returns {Result}
 */
function ask(state, services, effect) {
  return [{ ...state, asked: services, notice: null, menu: null }, effect];
}
