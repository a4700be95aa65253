/** The frame: package and verdict on top, the rail, and the page on its sheet. */
import { html } from '../html.js';
import { icon, shape, VERDICT_LOOK } from '../parts/shape.js';
import { problemCount } from '../select.js';
import { announcements } from './announce.js';
import { detailsPage } from './details.js';
import { dialogs } from './dialogs.js';
import { installPage } from './install.js';
import { logsPage } from './logs.js';
import { overviewPage } from './overview.js';
import { problemsPage } from './problems.js';
import { serviceDrawer } from './service-drawer.js';
import { settingsPage } from './settings.js';
import { supportDialog } from './support.js';

/** @import {Page, State, Words} from '../../types/page' */

/** @type {Exclude<Page, 'details'>[]} */
const RAIL = ['install', 'overview', 'problems', 'logs', 'settings'];
/** Pages that have nothing to say before a package is open. @type {ReadonlySet<Page>} */
const NEED_PACKAGE = new Set(['overview', 'logs']);

/** @param {State} state @param {Words} words */
export function shell(state, words) {
  return html`<div class="frame">
    ${topBar(state, words)}
    ${rail(state, words)}
    <main class="sheet" id="sheet">${state.ready ? page(state, words) : null}</main>
    ${serviceDrawer(state, words)}
    ${dialogs(state, words)}
    ${supportDialog(state, words)}
    ${state.dragging ? html`<div class="drop-veil"><p>${icon('folder', '')}<span>${words.t('ui-drop-here')}</span></p></div>` : null}
    ${announcements(state, words)}
  </div>`;
}

/** @param {State} state @param {Words} words */
function page(state, words) {
  switch (state.page) {
    case 'install':
      return installPage(state, words);
    case 'overview':
      return overviewPage(state, words);
    case 'problems':
      return problemsPage(state, words);
    case 'logs':
      return logsPage(state, words);
    case 'settings':
      return settingsPage(state, words);
    case 'details':
      return detailsPage(state, words);
  }
}

/** @param {State} state @param {Words} words */
function topBar(state, { t }) {
  const { package: view, status } = state;
  return html`<header class="top">
    ${view
      ? html`<button type="button" class="package" data-testid="package-title" title=${t('ui-details-open')}
          aria-current=${state.page === 'details' ? 'page' : undefined} onClick=${{ type: 'navigated', page: 'details' }}>
          ${state.icon ? html`<img class="tile picture" src=${state.icon} alt="" />` : html`<span class="tile" aria-hidden="true">${letter(view.title)}</span>`}
          <span class="name">${view.title}</span>${view.version ? html`<span class="version">${view.version}</span>` : null}
        </button>`
      : html`<span class="package none"><span class="tile" aria-hidden="true"></span><span class="name">${t('ui-no-package')}</span></span>`}
    <span class="grow"></span>
    ${view && status ? verdictPill(status.verdict, t) : null}
    ${status ? enginePill(status, t) : null}
  </header>`;
}

/** @param {import('../../types/ipc').Verdict} verdict @param {Words['t']} t */
function verdictPill(verdict, t) {
  const look = VERDICT_LOOK[verdict];
  const tint = look.tone === 'good' || look.tone === 'idle' ? '' : look.tone;
  return html`<span class=${`pill ${tint}`} data-testid="verdict" data-verdict=${verdict}>${shape(look)}<span>${t(`ui-verdict-${verdict}`)}</span></span>`;
}

/** @param {import('../../types/ipc').StatusSnapshot} status @param {Words['t']} t */
function enginePill({ engine }, t) {
  if (engine.state === 'unreachable') {
    return html`<span class="pill look engine" data-testid="engine" data-state="unreachable">${shape({ shape: 'lost', tone: 'look' })}<span>${t('ui-engine-unreachable')}</span></span>`;
  }
  return html`<span class="pill outline engine" data-testid="engine" data-state="connected">${icon('engine')}<span>${engine.version ? t('ui-engine-version', { version: release(engine.version) }) : t('ui-engine')}</span></span>`;
}

/** @param {State} state @param {Words} words */
function rail(state, { t }) {
  const problems = problemCount(state);
  return html`<nav class="rail" aria-label=${t('ui-nav')}>
    ${RAIL.map((page) => html`<button type="button" key=${page} data-testid=${`nav-${page}`} aria-current=${state.page === page ? 'page' : undefined}
      disabled=${!state.package && NEED_PACKAGE.has(page)} onClick=${{ type: 'navigated', page }}>
      ${icon(page, '')}<span>${t(`ui-nav-${page}`)}</span>
      ${page === 'problems' && problems > 0 ? html`<span class="badge" aria-label=${t('ui-nav-problems-count', { count: problems })}>${problems}</span>` : null}
    </button>`)}
    <p class="foot">${icon('shield')}<span>${t('ui-nothing-leaves')}</span></p>
  </nav>`;
}

/** @param {string} title */
function letter(title) {
  return ([...title.trim()][0] ?? '?').toUpperCase();
}

/** `26.1` of `26.1.5+dfsg1`: what a person compares; the whole of it is in the package's details. @param {string} version */
function release(version) {
  return /^\d+\.\d+/.exec(version)?.[0] ?? version;
}
