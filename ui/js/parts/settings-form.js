/** The values of `.env` that people are asked for: one field each, what is still open first, secrets hidden. */
import { html } from '../html.js';
import { runningOperation } from '../select.js';
import { button } from './button.js';
import { icon } from './shape.js';

/** @import {SettingsField} from '../../types/ipc' */
/** @import {State, Words} from '../../types/page' */

/** @param {State} state @param {SettingsField[]} fields @param {Words} words */
export function settingsForm(state, fields, words) {
  if (fields.length === 0) return null;
  const { t } = words;
  const open = fields.filter((field) => field.open).length;
  const { typed } = state.check;
  const changed = Object.keys(typed).length;
  return html`<details class="group pad settings-form" open=${open > 0 || changed > 0} data-testid="settings-form" data-open=${open}>
    <summary><b>${t('ui-form-title')}</b><span class="small muted">${open > 0 ? t('ui-form-open', { count: open }) : t('ui-form-complete')}</span><span class="chevron">${icon('chevron')}</span></summary>
    <div class="fields">${fields.map((field) => row(field, typed[field.key], words))}</div>
    <div class="line acts-row">${button({ label: t('ui-form-save'), onClick: { type: 'values-saved' }, testid: 'save-values', disabled: changed === 0 || runningOperation(state) !== null })}
      <span class="small faint">${t('ui-form-backup')}</span></div>
  </details>`;
}

/** @param {SettingsField} field @param {string | undefined} typed @param {Words} words */
function row(field, typed, { t }) {
  const id = `value-${field.key}`;
  const hint = field.secret && !field.open ? t('ui-form-secret-kept') : field.required ? t('ui-form-required') : '';
  return html`<div class="field" key=${field.key} data-open=${field.open ? 'true' : 'false'}>
    <label for=${id}>${field.title}</label>
    <input id=${id} type=${field.secret ? 'password' : 'text'} autocomplete="off" spellcheck="false" data-testid="value" data-key=${field.key} placeholder=${hint}
      value=${typed ?? (field.open ? '' : (field.value ?? ''))} onInput=${{ type: 'value-typed', key: field.key }} />
    <p class="small faint">${[field.help, field.place].filter(Boolean).join(' · ')}</p></div>`;
}
