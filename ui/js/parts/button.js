/** Buttons and links: verb and object, one primary per screen. */
import { html } from '../html.js';
import { icon } from './shape.js';

/** @import {Msg} from '../../types/page' */

/**
 * @param {{ label: string, onClick: Msg, kind?: '' | 'primary' | 'quiet' | 'danger', size?: '' | 'small' | 'large', icon?: string,
 *   testid?: string, disabled?: boolean, describedBy?: string, data?: Record<string, unknown> }} props
 */
export function button({ label, onClick, kind = '', size = '', icon: name, testid, disabled = false, describedBy, data }) {
  return html`<button type="button" class=${`button ${kind} ${size}`} data-testid=${testid} disabled=${disabled}
    aria-describedby=${describedBy} onClick=${onClick} ...${data}>${name ? icon(name) : null}<span>${label}</span></button>`;
}

/**
 * Opens an address in the person's browser; the window itself never leaves its page.
 *
 * @param {{ url: string, label: string, kind?: 'text' | 'button' | 'primary', title?: string }} props
 */
export function openLink({ url, label, kind = 'text', title }) {
  const looks = { text: 'link mono', button: 'button small', primary: 'button primary' };
  return html`<button type="button" class=${looks[kind]} data-testid="open-link" data-url=${url} title=${title ?? url}
    onClick=${{ type: 'link-clicked', url }}>${kind === 'text' ? null : icon('out')}<span>${label}</span>${kind === 'text' ? icon('out') : null}</button>`;
}
