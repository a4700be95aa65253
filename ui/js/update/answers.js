/** What Rust answers to a call, and what it refuses. Pure. */
import { noticeOf } from '../errors.js';
import { withoutBusy } from './busy.js';
import { forPackage, withStatus } from './backend.js';
import { withFigures } from './figures.js';
import { enterStep } from './navigate.js';
import { onNoReport, onReport } from './problems.js';
import { onSupportAnswer, onSupportRefusal } from './support.js';

/** @import {Answered, Refused, Result, State} from '../../types/page' */

/**
 * @param {State} state
 * @param {Answered} msg
 * @returns {Result}
 */
export function onAnswer(state, msg) {
  switch (msg.command) {
    case 'choose_package':
      return msg.response === null ? [{ ...state, choosing: false }] : openPackage({ ...state, choosing: false }, msg.response);
    case 'open_package': {
      const again = state.package?.directory === msg.response.directory;
      const next = { ...state, package: msg.response, opening: false, openError: null, navigated: true };
      return enterStep(again ? next : forPackage({ ...next, status: null }), 'check');
    }
    case 'check':
      if (msg.tag !== state.package?.directory) return [state];
      return [{ ...state, check: { ...state.check, phase: 'done', report: msg.response, at: msg.now } }];
    case 'plan':
      if (msg.tag !== state.package?.directory) return [state];
      return [{ ...state, check: { ...state.check, plan: msg.response } }];
    case 'undo_list':
      if (msg.tag !== state.package?.directory) return [state];
      return [{ ...state, check: { ...state.check, undo: msg.response.entries } }];
    case 'diagnose':
    case 'explain_text':
      return [onReport(state, msg)];
    case 'save_handover':
      if (!msg.response) return [state];
      return [{ ...state, notice: { severity: 'info', code: 'handover', title: 'ui-handover-title', message: 'ui-handover-saved', params: { path: msg.response.path }, action: null } }];
    case 'engines':
      return [{ ...state, engines: { ...state.engines, choices: msg.response, error: false } }];
    case 'choose_engine':
      return [{ ...state, engines: { choices: msg.response, typed: '', busy: false, error: false } }];
    case 'prepare_support':
    case 'support_content':
    case 'save_support':
      return onSupportAnswer(state, msg);
    case 'service_details':
      // Of another drawer, or of one that was closed.
      return [state.inspected && msg.tag === state.inspected.service ? { ...state, inspected: { ...state.inspected, details: msg.response } } : state];
    case 'is_busy':
      return [msg.response ? state : withoutBusy(state)];
    case 'resource_figures':
      if (msg.tag !== state.package?.directory) return [state];
      return [{ ...state, figures: withFigures(state.figures, msg.response) }];
    case 'save_logs':
      return [{ ...state, logs: { ...state.logs, saving: false, said: msg.response ? { saved: msg.response } : null } }];
    case 'status':
      return [{ ...withStatus(state, msg.response), looking: false }];
    case 'save_settings':
      return [{ ...state, settings: msg.response }];
    case 'arch_info':
      return [{ ...state, details: { ...state.details, arch: msg.response } }];
    case 'list_images':
      return [{ ...state, details: { ...state.details, images: msg.response } }];
    case 'mount_directories':
      return [{ ...state, details: { ...state.details, directories: msg.response } }];
    case 'package_icon':
      return [{ ...state, icon: msg.response.url }];
    case 'dismiss_interrupted':
      return [{ ...state, interrupted: null }];
    case 'deploy':
    case 'start':
    case 'stop':
    case 'restart':
    case 'restart_container':
    case 'remove':
    case 'load_images':
    case 'setup_tags':
    case 'check_mount_dirs':
    case 'copy_package':
    case 'save_values':
    case 'fix':
    case 'undo':
    case 'cancel':
    case 'open_link':
    case 'support_summary': // asked where it is copied
    case 'stop_logs':
      return [state];
  }
}

/**
 * @param {State} state
 * @param {Refused} msg
 * @returns {Result}
 */
export function onRefusal(state, msg) {
  switch (msg.command) {
    case 'open_package':
      return [{ ...state, opening: false, openError: msg.error, page: 'install', step: 'choose' }];
    case 'check':
      if (msg.tag !== state.package?.directory) return [state];
      return [{ ...state, check: { ...state.check, phase: 'failed', error: msg.error, at: msg.now } }];
    case 'plan':
      // The check beside it says why; a plan that cannot be made is simply not shown.
      return [{ ...state, check: { ...state.check, plan: null } }];
    case 'undo_list':
      return [{ ...state, check: { ...state.check, undo: [] } }];
    case 'diagnose':
      return [onNoReport(state, msg)];
    case 'prepare_support':
    case 'support_content':
    case 'save_support':
      return [onSupportRefusal(state, msg)];
    case 'support_summary':
      return [{ ...state, support: { ...state.support, summary: { phase: 'idle', text: '' } }, notice: noticeOf(msg.error) }];
    case 'explain_text':
      return [{ ...state, problems: { ...state.problems, text: { ...state.problems.text, phase: 'idle', asked: null } }, notice: noticeOf(msg.error) }];
    case 'arch_info':
    case 'list_images':
    case 'mount_directories':
      return [{ ...state, details: { ...state.details, errors: { ...state.details.errors, [msg.command]: msg.error.message } } }];
    case 'engines':
      return [{ ...state, engines: { ...state.engines, error: true } }];
    case 'choose_engine':
      return [{ ...state, engines: { ...state.engines, busy: false }, notice: noticeOf(msg.error) }];
    case 'service_details':
      return [state.inspected && msg.tag === state.inspected.service ? { ...state, inspected: { ...state.inspected, error: msg.error.message } } : state];
    case 'resource_figures':
      // The cards go on without; the engine's own state says why.
      return [{ ...state, figures: { ...state.figures, asking: false } }];
    case 'stop_logs':
    case 'is_busy':
    case 'package_icon': // then the letter stays
      return [state];
    case 'follow_logs':
      return [{ ...state, logs: { ...state.logs, ended: true }, notice: noticeOf(msg.error) }];
    case 'save_logs':
      return [{ ...state, logs: { ...state.logs, saving: false }, notice: noticeOf(msg.error) }];
    case 'deploy': {
      const [next, ...effects] = enterStep(state, 'check');
      return [{ ...next, notice: noticeOf(msg.error) }, ...effects];
    }
    default:
      return [{ ...state, choosing: false, looking: false, notice: noticeOf(msg.error) }];
  }
}

/**
 * @param {State} state
 * @param {string} path
 * @returns {Result}
 */
export function openPackage(state, path) {
  return [
    { ...state, opening: true, openError: null, openPath: path, page: 'install', step: 'choose', navigated: true },
    { type: 'call', command: 'open_package', request: { path } },
  ];
}
