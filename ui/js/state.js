/** The page's state before Rust has said anything. */

/** @import {CheckState, DetailsState, FiguresState, LogsState, ProblemsState, State, SupportState, TextState} from '../types/page' */

/** @type {CheckState} */
export const NO_CHECK = { phase: 'idle', startedAt: 0, at: 0, report: null, plan: null, undo: [], typed: {}, error: null };

/** @type {DetailsState} */
export const NO_DETAILS = { arch: null, images: null, directories: null, errors: {} };

/** @type {TextState} */
export const NO_TEXT = { typed: '', asked: null, phase: 'idle', report: null };

/** @type {ProblemsState} */
export const NO_PROBLEMS = { phase: 'idle', startedAt: 0, at: 0, report: null, error: null, service: null, troubled: [], trouble: '', due: null, repaired: null, text: NO_TEXT };

/** @type {SupportState} */
export const NO_SUPPORT = { summary: { phase: 'idle', text: '' }, bundle: null };

/** @type {FiguresState} */
export const NO_FIGURES = { latest: null, history: {}, asking: false, askedAt: 0 };

/** @type {LogsState} */
export const NO_LOGS = {
  services: [],
  stream: null,
  turn: 0,
  open: false,
  query: '',
  since: '',
  filter: 'all',
  times: true,
  wrap: true,
  saving: false,
  said: null,
  ended: false,
  counts: { sent: 0, kept: 0, dropped: 0, held: 0, passing: 0, matches: 0, current: 0, following: true },
};

/**
 * @param {string} language
 * @param {number} now
 * @returns {State}
 */
export function initialState(language, now) {
  return {
    now,
    ready: false,
    page: 'install',
    navigated: false,
    step: 'choose',
    package: null,
    status: null,
    lastSeen: null,
    operations: [],
    asked: [],
    interrupted: null,
    settings: { language: null, theme: 'system', notifications: true, closeToTray: true, trayExplained: false, autostart: false, engine: null, recent: [] },
    language,
    app: null,
    check: NO_CHECK,
    openError: null,
    openPath: '',
    opening: false,
    choosing: false,
    dragging: false,
    drawer: false,
    dialog: null,
    menu: null,
    notice: null,
    busyAsked: 0,
    putAway: null,
    overview: { attention: [], search: '', filter: 'all', compact: null },
    looking: false,
    problems: NO_PROBLEMS,
    support: NO_SUPPORT,
    logs: NO_LOGS,
    details: NO_DETAILS,
    icon: null,
    figures: NO_FIGURES,
    inspected: null,
    engines: { choices: null, typed: '', busy: false, error: false },
  };
}
