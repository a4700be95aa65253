/** The one table of what the page does with an error's code; the sentence itself comes rendered from Rust. */

/** @import {CommandError} from '../types/ipc' */
/** @import {Notice, NoticeAction} from '../types/page' */

/**
 * @typedef {{ severity: Notice['severity'], title: string, action: NoticeAction | null }} Treatment
 * @type {Record<string, Treatment>}
 */
export const ERRORS = {
  'operation-in-progress': { severity: 'warning', title: 'ui-notice-busy', action: 'show-operation' },
  blocked: { severity: 'warning', title: 'ui-notice-blocked', action: 'check' },
  'no-package': { severity: 'warning', title: 'ui-notice-no-package', action: 'choose' },
  'engine.not_running': { severity: 'warning', title: 'ui-notice-engine', action: null },
  'engine.socket_permission': { severity: 'warning', title: 'ui-notice-engine', action: null },
  'engine-hung': { severity: 'warning', title: 'ui-notice-engine', action: null },
  'engine-unsupported': { severity: 'warning', title: 'ui-notice-engine', action: null },
  'engine-broken': { severity: 'warning', title: 'ui-notice-engine', action: null },
  'package-not-found': { severity: 'warning', title: 'ui-notice-package', action: 'choose' },
  'package-packed': { severity: 'warning', title: 'ui-notice-package', action: 'choose' },
  'package-is-file': { severity: 'warning', title: 'ui-notice-package', action: 'choose' },
  'package-empty': { severity: 'warning', title: 'ui-notice-package', action: 'choose' },
  'package-unreadable': { severity: 'warning', title: 'ui-notice-package', action: 'choose' },
  cancelled: { severity: 'info', title: 'ui-notice-cancelled', action: null },
  'window-bridge': { severity: 'error', title: 'ui-notice-bridge', action: null },
};

/** @type {Treatment} */
const OTHERS = { severity: 'error', title: 'ui-notice-failed', action: null };

/** What the button of a notice says. @type {Record<NoticeAction, string>} */
export const ACTION_LABELS = {
  'show-operation': 'ui-notice-show-operation',
  choose: 'ui-notice-choose',
  check: 'ui-notice-check',
};

/**
 * @param {CommandError} error
 * @returns {Notice}
 */
export function noticeOf(error) {
  return { ...(ERRORS[error.code] ?? OTHERS), code: error.code, message: error.message };
}
