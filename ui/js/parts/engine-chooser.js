/** Which engine: the one in use, the others that were found, and an address by hand. */
import { html } from '../html.js';
import { button } from './button.js';
import { cell, shape } from './shape.js';

/** @import {EngineChoice, EngineChoices} from '../../types/ipc' */
/** @import {State, Words} from '../../types/page' */

/** @param {State} state @param {Words} words */
export function engineChooser({ engines, status }, words) {
  const { t } = words;
  const { choices } = engines;
  if (!choices) return html`<div class="group"><div class="item"><span class="muted" role="status">${t(engines.error ? 'ui-unknown' : 'ui-engines-asking')}</span></div></div>`;
  return html`<div class="stack-small" data-testid="engine-chooser" data-current=${choices.current}>
    <div class="group">${choices.engines.map((engine) => row(engine, choices, engines.busy, status?.engine.apiVersion ?? null, words))}</div>
    ${choices.fixed ? html`<p class="small muted">${t('ui-engines-fixed', { origin: choices.origin })}</p>` : null}
    <div class="line wrapping">
      <input type="text" class="field grow mono" data-testid="engine-address" aria-label=${t('ui-engines-address')} placeholder="unix:///var/run/docker.sock" value=${engines.typed} onInput=${{ type: 'engine-typed' }} />
      ${button({ label: t('ui-engines-use-address'), onClick: { type: 'engine-chosen', url: engines.typed }, testid: 'engine-use-address', disabled: engines.busy || engines.typed.trim() === '' })}
      ${choices.origin === 'chosen' ? button({ label: t('ui-engines-automatic'), onClick: { type: 'engine-chosen', url: null }, kind: 'quiet', testid: 'engine-automatic', disabled: engines.busy }) : null}
    </div>
  </div>`;
}

/** @param {EngineChoice} engine @param {EngineChoices} choices @param {boolean} busy @param {string | null} api @param {Words} words */
function row(engine, choices, busy, api, { t }) {
  const current = engine.url === choices.current;
  const up = engine.state === 'connected';
  const facts = [engine.name ?? '', engine.platform ?? '', current && api ? t('ui-settings-api', { version: api }) : ''].filter(Boolean).join(', ');
  return html`<div class="item" key=${engine.url} data-testid="engine-choice" data-url=${engine.url} data-state=${engine.state} data-current=${current ? 'true' : 'false'}>
    ${shape(up ? { shape: 'healthy', tone: 'good' } : { shape: 'lost', tone: 'look' })}
    <div class="grow breaks"><div>${engine.version ? t('ui-engine-version', { version: engine.version }) : t('ui-engine')}${facts ? html` <span class="small faint">${facts}</span>` : null}</div>
      <div class="small mono faint">${engine.url}</div>${engine.reason ? html`<div class="small muted">${engine.reason}</div>` : null}</div>
    ${current ? cell(up ? { shape: 'pass', tone: 'good' } : { shape: 'lost', tone: 'look' }, t('ui-engines-in-use')) : button({ label: t('ui-engines-use'), onClick: { type: 'engine-chosen', url: engine.url }, size: 'small', testid: 'engine-use', disabled: busy })}
  </div>`;
}
