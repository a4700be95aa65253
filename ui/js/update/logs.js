/** The log page's messages. Pure. */
import { enterPage, followLogs } from './navigate.js';

/** @import {Msg, Result, State} from '../../types/page' */

/**
 * @param {State} state
 * @param {Extract<Msg, { type: `log${string}` }>} msg
 * @returns {Result}
 */
export function onLogMessage(state, msg) {
  const { logs } = state;
  switch (msg.type) {
    case 'logs-of':
      return enterPage({ ...state, logs: { ...logs, services: [msg.service], open: false } }, 'logs');
    case 'log-all-chosen':
      return followLogs(state, []);
    case 'log-service-toggled':
      return followLogs(state, toggled(state, msg.service));
    case 'log-search-typed':
      return [{ ...state, logs: { ...logs, query: msg.value ?? '' } }];
    case 'log-search-keyed':
      if (msg.key === 'Escape') return [{ ...state, logs: { ...logs, query: '' } }];
      return msg.key === 'Enter' ? [state, { type: 'move-in-logs', by: msg.shift ? -1 : 1 }] : [state];
    case 'log-match-moved':
      return [state, { type: 'move-in-logs', by: msg.by }];
    case 'log-follow-chosen':
      return [{ ...state, logs: { ...logs, counts: { ...logs.counts, following: msg.on } } }];
    case 'log-counted':
      return msg.detail ? [{ ...state, logs: { ...logs, counts: msg.detail } }] : [state];
    case 'log-since-chosen':
      return followLogs({ ...state, logs: { ...logs, since: msg.value ?? '' } }, logs.services);
    case 'log-filter-chosen':
      return [{ ...state, logs: { ...logs, filter: msg.filter } }];
    case 'log-switched':
      return [{ ...state, logs: { ...logs, [msg.name]: !logs[msg.name] } }];
    case 'log-save-clicked':
      if (logs.saving) return [state];
      return [{ ...state, logs: { ...logs, saving: true, said: null } }, { type: 'call', command: 'save_logs', request: { services: logs.services, since: logs.since || null } }];
    case 'log-copy-clicked':
      return [{ ...state, logs: { ...logs, said: null } }, { type: 'copy-logs' }];
    case 'log-copied':
      return [{ ...state, logs: { ...logs, said: { copied: msg.done } } }];
    case 'logs-followed':
      // Somebody was faster: the answer belongs to a stream nobody looks at any more.
      if (msg.turn !== logs.turn) return [state, { type: 'call', command: 'stop_logs', request: msg.stream }];
      return [{ ...state, logs: { ...logs, stream: msg.stream } }];
    case 'logs-ended':
      return msg.turn === logs.turn ? [{ ...state, logs: { ...logs, ended: true } }] : [state];
  }
}

/**
 * The services to follow after one was switched; all of them is written as none.
 *
 * @param {State} state
 * @param {string} service
 */
function toggled(state, service) {
  const all = (state.package?.services ?? []).filter((each) => each.active).map((each) => each.name);
  const now = state.logs.services.length === 0 ? [service] : flip(state.logs.services, service);
  return now.length === all.length ? [] : all.filter((name) => now.includes(name));
}

/** @param {string[]} names @param {string} name */
function flip(names, name) {
  return names.includes(name) ? names.filter((each) => each !== name) : [...names, name];
}
