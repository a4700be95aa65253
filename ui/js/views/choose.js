/** Choose: which folder. Also a folder dropped anywhere on the window. */
import { html } from '../html.js';
import { button } from '../parts/button.js';
import { engineBanner, interruptedBanner, notice } from '../parts/notice.js';
import { operationStrip } from '../parts/operation-strip.js';
import { icon, shape } from '../parts/shape.js';
import { stepper } from '../parts/stepper.js';

/** @import {State, Words} from '../../types/page' */

/** @param {State} state @param {Words} words */
export function choosePage(state, words) {
  const { t } = words;
  const { package: view, settings } = state;
  return html`<div class="page choose">
    ${stepper('choose', words)}
    ${operationStrip(state, words)}${notice(state, words)}${interruptedBanner(state, words)}${engineBanner(state, words)}
    <div class="lead"><h1 tabindex="-1">${t('ui-choose-title')}</h1><p class="muted">${t('ui-choose-lead')}</p></div>
    ${state.openError ? html`<section class="banner look" role="alert" data-testid="open-error" data-code=${state.openError.code}>
      ${shape({ shape: 'unhealthy', tone: 'look' }, 'l')}
      <div class="grow"><h2>${t('ui-choose-wrong')}</h2><p>${state.openError.message}</p></div>
      <div class="acts">${state.openError.code === 'package-packed'
        ? button({ label: t('ui-choose-unpack'), onClick: { type: 'unpack-clicked' }, kind: '', testid: 'unpack' })
        : button({ label: t('ui-support-bundle'), onClick: { type: 'support-bundle-clicked' }, kind: '', testid: 'support-bundle' })}</div>
    </section>` : null}
    <section class="drop">
      ${crane()}
      <div class="grow"><h2>${t('ui-choose-drop')}</h2><p class="small muted">${t('ui-choose-drop-hint')}</p></div>
      ${button({ label: t(state.opening ? 'ui-choose-opening' : 'ui-choose-button'), onClick: { type: 'choose-clicked' }, kind: 'primary', size: 'large', icon: 'folder', testid: 'choose-package', disabled: state.opening || state.choosing })}
    </section>
    <div class="columns">
      ${settings.recent.length > 0 ? html`<section><h3>${t('ui-choose-recent')}</h3><ul class="recent">${settings.recent.slice(0, 6).map((path) => html`<li key=${path}>
        <button type="button" class="recent-item" data-testid="recent-package" disabled=${state.opening} onClick=${{ type: 'path-chosen', path }}>
          ${icon('folder')}<span class="grow"><b>${lastPart(path)}</b><span class="mono faint">${path}</span></span>
          ${view?.directory === path ? html`<span class="small faint">${t('ui-choose-open-now')}</span>` : null}
        </button></li>`)}</ul></section>` : null}
      <section><h3>${t('ui-choose-recognise')}</h3><p class="small muted">${t('ui-choose-recognise-lead')}</p>
        <ul class="tree">
          <li>${icon('folder')}<span class="mono">acme-erp-2.4</span></li>
          <li class="in">${icon('file')}<span class="mono">docker-compose.yml</span><span class="faint">${t('ui-choose-tree-compose')}</span></li>
          <li class="in">${icon('file')}<span class="mono">.env</span><span class="faint">${t('ui-choose-tree-env')}</span></li>
          <li class="in">${icon('folder')}<span class="mono">images</span><span class="faint">${t('ui-choose-tree-images')}</span></li>
        </ul></section>
    </div>
  </div>
  ${view ? html`<footer class="foot-bar"><span class="grow"></span>${button({ label: t('ui-choose-keep', { title: view.title }), onClick: { type: 'step-chosen', step: 'check' } })}</footer>` : null}`;
}

/** @param {string} path */
function lastPart(path) {
  return path.split(/[\\/]/).filter(Boolean).pop() ?? path;
}

/** A crane setting a container down on the quay. */
function crane() {
  return html`<svg class="crane" viewBox="0 0 176 112" aria-hidden="true">
    <path d="M4 90h104v18M4 90v18" /><path class="dim" d="M116 102c6 0 6-3.5 12-3.5s6 3.5 12 3.5 6-3.5 12-3.5 6 3.5 12 3.5" />
    <rect x="14" y="70" width="34" height="20" rx="1.5" /><rect x="52" y="70" width="34" height="20" rx="1.5" />
    <path class="dim" d="M21 75v10M27 75v10M34 75v10M41 75v10M59 75v10M65 75v10M72 75v10M79 75v10" />
    <path d="M98 90V8M98 14h-84M98 26 84 14M98 8l26 6h-26M33 14v14M33 28 20 38M33 28l13 10" />
    <rect class="cargo" x="16" y="38" width="34" height="20" rx="1.5" /><path class="slats" d="M23 43v10M29 43v10M36 43v10M43 43v10" />
  </svg>`;
}
