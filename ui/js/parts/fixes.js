/** What Quayside can do about something; each shows what it changes before it does. */
import { html } from '../html.js';
import { button } from './button.js';

/** @import {Fix, Risk} from '../../types/ipc' */
/** @import {Words} from '../../types/page' */

/** @type {Risk[]} */
const RISKS = ['safe', 'confirm', 'destructive'];

/**
 * The least risky first.
 *
 * @param {Fix[]} fixes
 * @param {{ lead?: boolean, busy?: boolean, of?: { id: string, service: string | null, title: string } }} at the first is the
 *   one thing to do on this page; something else is going on; the problem they are for
 * @param {Words['t']} t
 */
export function fixButtons(fixes, { lead = false, busy = false, of }, t) {
  if (fixes.length === 0) return null;
  const sorted = [...fixes].sort((one, other) => RISKS.indexOf(one.risk) - RISKS.indexOf(other.risk));
  return html`<div class="fixes">${sorted.map((fix, index) => button({
    label: t('ui-fix-act', { effect: fix.effect.replace(/[.。]$/, '') }), onClick: { type: 'fix-asked', fix, ...(of ? { of } : {}) },
    kind: fix.risk === 'destructive' ? 'danger' : lead && index === 0 ? 'primary' : '', size: 'small', testid: 'apply-fix', disabled: busy, data: { key: fix.id, 'data-fix': fix.id, 'data-risk': fix.risk },
  }))}<span class="small faint">${t('ui-fix-preview-first')}</span></div>`;
}
