/** Settings: language and look, what engine is asked, where Quayside keeps its files, what it is. */
import { html } from '../html.js';
import { LANGUAGES } from '../i18n.js';
import { engineChooser } from '../parts/engine-chooser.js';
import { notice } from '../parts/notice.js';
import { icon } from '../parts/shape.js';

/** @import {Theme} from '../../types/ipc' */
/** @import {State, Words} from '../../types/page' */

/** @type {Theme[]} */
const THEMES = ['system', 'light', 'dark'];
/** Each language in its own words, so that somebody who got lost finds the way back. @type {Record<string, string>} */
const OWN_NAMES = { en: 'English', 'zh-CN': '简体中文' };

/** What goes on while nobody looks. @type {[import('../../types/page').Switch, string, string][]} */
const SWITCHES = [
  ['notifications', 'ui-switch-notifications', 'ui-switch-notifications-lead'],
  ['closeToTray', 'ui-switch-close-to-tray', 'ui-switch-close-to-tray-lead'],
  ['autostart', 'ui-switch-autostart', 'ui-switch-autostart-lead'],
];

/** @param {State} state @param {Words} words */
export function settingsPage(state, words) {
  const { t } = words;
  const { settings, app } = state;
  return html`<div class="page settings">
    <h1 tabindex="-1">${t('ui-nav-settings')}</h1>
    ${notice(state, words)}
    ${section(t('ui-settings-look'), '', html`<div class="group">
      <div class="item"><label class="grow" for="language">${t('ui-settings-language')}</label>
        <span class="select"><select id="language" data-testid="language" onChange=${{ type: 'language-chosen' }}>
          <option value="" selected=${settings.language === null}>${t('ui-settings-language-system')}</option>
          ${LANGUAGES.map((language) => html`<option key=${language} value=${language} lang=${language} selected=${settings.language === language}>${OWN_NAMES[language]}</option>`)}
        </select>${icon('down')}</span></div>
      <div class="item"><span class="grow" id="theme-label">${t('ui-settings-theme')}</span>
        <div class="segments" role="group" aria-labelledby="theme-label" data-testid="theme" data-value=${settings.theme}>${THEMES.map((theme) => html`<button type="button" key=${theme}
          data-testid=${`theme-${theme}`} aria-pressed=${settings.theme === theme ? 'true' : 'false'} onClick=${{ type: 'theme-chosen', theme }}>${t(`ui-theme-${theme}`)}</button>`)}</div></div>
    </div>`)}
    ${section(t('ui-settings-watching'), t('ui-settings-watching-lead'), html`<div class="group">
      ${SWITCHES.map(([name, key, lead]) => html`<div class="item" key=${name}><div class="grow"><div>${t(key)}</div><div class="small faint">${t(lead)}</div></div>
        <button type="button" class="switch" role="switch" data-testid=${`switch-${name}`} aria-label=${t(key)} aria-checked=${settings[name] ? 'true' : 'false'} onClick=${{ type: 'switched', name }}></button></div>`)}
    </div>`)}
    ${section(t('ui-settings-engine'), t('ui-settings-engine-lead'), engineChooser(state, words))}
    ${app ? section(t('ui-settings-files'), t('ui-settings-files-lead'), html`<div class="group"><div class="item"><span class="mono grow breaks">${app.stateDirectory}</span></div></div>`) : null}
    ${app ? section(t('ui-settings-about'), '', html`<div class="group"><div class="item"><div class="grow"><div>Quayside ${app.version}</div><div class="small faint">${t('ui-settings-about-lead')}</div></div></div></div>`) : null}
  </div>`;
}

/** @param {string} title @param {string} lead @param {unknown} body */
function section(title, lead, body) {
  return html`<section class="setting"><div class="lead"><h2>${title}</h2>${lead ? html`<p>${lead}</p>` : null}</div>${body}</section>`;
}
