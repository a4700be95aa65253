/** The page's one decision: what a message does to the state, and what has to be done about it. Pure. */
import { actOnNotice, confirmed, copyPackage, deploy, maintain, restartService, saveValues, start } from './update/actions.js';
import { onAnswer, onRefusal, openPackage } from './update/answers.js';
import { onEvent } from './update/backend.js';
import { askWhetherBusy } from './update/busy.js';
import { lookAtFigures } from './update/figures.js';
import { onLogMessage } from './update/logs.js';
import { enterPage, enterStep, regroup, startCheck } from './update/navigate.js';
import { aboutService, lookWhenDue, onProblemsMessage } from './update/problems.js';
import { onSupportMessage } from './update/support.js';

/** @import {Msg, Result, State} from '../types/page' */
/** @import {Settings} from '../types/ipc' */

/**
 * @param {State} state
 * @param {Msg} msg
 * @returns {Result}
 */
export function update(state, msg) {
  switch (msg.type) {
    case 'booted':
      return [state, { type: 'subscribe' }];
    case 'tick':
      return onTick({ ...state, now: msg.now });
    case 'event':
      return onEvent(state, msg.event, msg.now);
    case 'answered':
      return onAnswer(state, msg);
    case 'refused':
      return onRefusal(state, msg);

    case 'navigated':
      return enterPage(msg.page === 'problems' ? aboutService(state, null) : state, msg.page);
    case 'step-chosen':
      return enterStep(state, msg.step);
    case 'choose-clicked':
      if (state.choosing) return [state];
      return [{ ...state, choosing: true, openError: null }, { type: 'call', command: 'choose_package', request: undefined }];
    case 'path-chosen':
      return openPackage(state, msg.path);
    case 'folder-over':
      return [{ ...state, dragging: msg.over }];
    case 'folder-dropped': {
      const [path] = msg.paths;
      return path ? openPackage({ ...state, dragging: false }, path) : [{ ...state, dragging: false }];
    }
    case 'check-clicked':
      return startCheck({ ...state, notice: null });
    case 'deploy-clicked':
      return deploy(state);
    case 'unpack-clicked':
      return copyPackage({ ...state, openError: null }, state.openPath);
    case 'copy-asked':
      return [{ ...state, dialog: { kind: 'copy' } }];
    case 'value-typed':
      return [{ ...state, check: { ...state.check, typed: { ...state.check.typed, [msg.key]: msg.value ?? '' } } }];
    case 'values-saved':
      return saveValues(state);
    case 'fix-asked':
      return [{ ...state, dialog: { kind: 'fix', fix: msg.fix, ...(msg.of ? { of: { ...msg.of, at: state.now } } : {}) } }];
    case 'undo-asked':
      return [{ ...state, dialog: { kind: 'undo', entry: msg.entry } }];
    case 'drawer-toggled':
      return [{ ...state, drawer: !state.drawer }];

    case 'start-clicked':
      return start(state, msg.services);
    case 'restart-service-clicked':
      return restartService(state, msg.service);
    case 'cancel-asked':
      return [{ ...state, dialog: { kind: 'cancel', operationId: msg.operationId } }];
    case 'stop-all-asked':
      return [{ ...state, dialog: { kind: 'stop-all' } }];
    case 'restart-all-asked':
      return [{ ...state, dialog: { kind: 'restart-all' } }];
    case 'remove-asked':
      return [{ ...state, dialog: { kind: 'remove' } }];
    case 'stop-service-asked':
      return [{ ...state, dialog: { kind: 'stop-service', service: msg.service }, menu: null }];
    case 'dialog-confirmed':
      return confirmed(state);
    case 'dialog-dismissed':
      return [{ ...state, dialog: null }];
    case 'load-images-clicked':
      return maintain(state, 'load_images');
    case 'setup-tags-clicked':
      return maintain(state, 'setup_tags');
    case 'check-mount-dirs-clicked':
      return maintain(state, 'check_mount_dirs');

    case 'link-clicked':
      return [state, { type: 'call', command: 'open_link', request: { url: msg.url } }];
    case 'look-clicked':
      return [{ ...state, looking: true }, { type: 'call', command: 'status', request: undefined }];
    case 'interrupted-dismissed':
      return [state, { type: 'call', command: 'dismiss_interrupted', request: undefined }];
    case 'notice-dismissed':
      return [{ ...state, notice: null }];
    case 'notice-acted':
      return actOnNotice(state);
    case 'result-put-away':
      return [{ ...state, putAway: msg.operationId }];

    case 'menu-toggled':
      return [{ ...state, menu: state.menu === msg.service ? null : msg.service }];
    case 'menu-closed':
      return [{ ...state, menu: null }];
    case 'service-details-asked':
      return [{ ...state, menu: null, inspected: { service: msg.service, details: null, error: '' } }, { type: 'call', command: 'service_details', request: { service: msg.service }, tag: msg.service }];
    case 'handover-clicked':
      return [{ ...state, notice: null }, { type: 'call', command: 'save_handover', request: undefined }];
    case 'engine-typed':
      return [{ ...state, engines: { ...state.engines, typed: msg.value ?? '' } }];
    case 'engine-chosen':
      return [{ ...state, engines: { ...state.engines, busy: true }, notice: null }, { type: 'call', command: 'choose_engine', request: { url: msg.url } }];
    case 'service-drawer-closed':
      return [{ ...state, inspected: null }];
    case 'search-typed':
      return [{ ...state, overview: { ...state.overview, search: msg.value ?? '' } }];
    case 'filter-chosen':
      return [{ ...state, overview: { ...state.overview, filter: msg.filter } }];
    case 'layout-chosen':
      return [{ ...state, overview: { ...state.overview, compact: msg.compact } }];
    case 'group-clicked':
      return [regroup(state)];

    case 'language-chosen':
      return saveSettings(state, { ...state.settings, language: msg.value || null });
    case 'switched':
      return saveSettings(state, { ...state.settings, [msg.name]: !state.settings[msg.name] });
    case 'theme-chosen':
      return saveSettings(state, { ...state.settings, theme: msg.theme });

    case 'problems-of':
      return enterPage(aboutService(state, msg.service), 'problems');
    case 'problems-look-clicked':
    case 'problems-text-typed':
    case 'problems-text-clicked':
    case 'problems-text-cleared':
      return onProblemsMessage(state, msg);

    case 'support-copy-clicked':
    case 'support-copied':
    case 'support-bundle-clicked':
    case 'support-collect-clicked':
    case 'support-hosts-switched':
    case 'support-file-chosen':
    case 'support-save-clicked':
    case 'support-closed':
      return onSupportMessage(state, msg);

    default:
      return onLogMessage(state, msg);
  }
}

/** What is looked at while time goes by. @param {State} state @returns {Result} */
function onTick(state) {
  const [seen, ...looking] = lookWhenDue(state);
  const [told, ...wondering] = askWhetherBusy(seen);
  const [next, ...asking] = lookAtFigures(told);
  return [next, ...looking, ...wondering, ...asking];
}

/**
 * @param {State} state
 * @param {Settings} settings
 * @returns {Result}
 */
function saveSettings(state, settings) {
  return [{ ...state, settings }, { type: 'call', command: 'save_settings', request: settings }];
}
