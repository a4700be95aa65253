/** A service as a card, and as a row of the compact list. */
import { html } from '../html.js';
import { isTrouble, isUp } from '../select.js';
import { button, openLink } from './button.js';
import { serviceFigures } from './figures.js';
import { icon, SERVICE_LOOK, shape } from './shape.js';

/** @import {ServiceStatus} from '../../types/ipc' */
/** @import {FigurePoint, Words} from '../../types/page' */
/** @import {Look} from './shape.js' */

/**
 * What the window shows of a service: its state, or that it waits, or that nobody can say.
 *
 * @param {ServiceStatus} service
 * @param {boolean} gone the engine cannot be asked
 * @returns {{ key: keyof typeof SERVICE_LOOK, look: Look, display: string | undefined }}
 */
export function display(service, gone) {
  const key = gone ? 'out-of-reach' : service.state === 'not-created' && service.blockedBy ? 'waiting' : service.state;
  return { key, look: SERVICE_LOOK[key], display: key === 'waiting' || key === 'out-of-reach' ? key : undefined };
}

/**
 * @param {ServiceStatus} service
 * @param {{ gone: boolean, seen: string | null, menu: boolean, busy: boolean, points?: FigurePoint[] }} at
 * @param {Words} words
 */
export function serviceCard(service, { gone, seen, menu, busy, points }, words) {
  const { t, f } = words;
  const shown = display(service, gone);
  const trouble = !gone && isTrouble(service);
  const tone = trouble ? shown.look.tone : '';
  const sentence = gone ? (seen ? t('ui-was', { state: service.state, time: f.clockSeconds(seen) }) : '') : service.sentence;
  return html`<article class=${`card ${tone}`} key=${service.name} data-testid="service-card" data-service=${service.name}
    data-state=${service.state} data-display=${shown.display} aria-labelledby=${`card-${service.name}`}>
    <header>
      ${shape(shown.look)}
      <h3 id=${`card-${service.name}`} title=${service.title === service.name ? service.name : `${service.title} (${service.name})`}>${service.title}</h3>
      <span class=${trouble ? `tag ${shown.look.tone}` : `word ${shown.look.tone}`}>${t(`ui-state-${shown.key}`)}</span>
      ${serviceMenu(service, { gone, menu, busy }, words)}
    </header>
    <p class="say">${sentence}</p>
    <footer>
      ${!gone && service.blockedBy && shown.key !== 'waiting' ? html`<span>${t('ui-card-because', { service: service.blockedBy })}</span>` : !gone && !trouble && isUp(service) ? serviceFigures(points, words) : null}
      ${explainButton(service, gone, t)}
      <span class="links">${service.links.filter((link) => link.scope === 'local').map((link) => openLink({ url: link.url, label: portOf(link.url) }))}</span>
    </footer>
  </article>`;
}

/**
 * @param {ServiceStatus} service
 * @param {{ gone: boolean, menu: boolean, busy: boolean }} at
 * @param {Words} words
 */
export function serviceMenu(service, { gone, menu, busy }, { t }) {
  const name = service.name;
  const off = gone || busy;
  /** @param {string} label @param {string} glyph @param {object} msg @param {boolean} disabled @param {string} [testid] */
  const item = (label, glyph, msg, disabled, testid) => html`<button type="button" role="menuitem" tabindex="-1" disabled=${disabled}
    data-testid=${testid} onClick=${msg}>${icon(glyph)}<span>${label}</span></button>`;
  return html`<span class="menu-anchor">
    <button type="button" class="button glyph" data-testid="service-menu" aria-haspopup="menu" aria-expanded=${menu ? 'true' : 'false'}
      aria-label=${t('ui-menu-of', { service: service.title })} onClick=${{ type: 'menu-toggled', service: name }}>${icon('more')}</button>
    ${menu ? html`<pop-menu role="menu" aria-label=${t('ui-menu-of', { service: service.title })} ondismiss=${{ type: 'menu-closed' }}>
      ${isUp(service) || service.state === 'completed'
        ? item(t('ui-menu-restart', { service: name }), 'restart', { type: 'restart-service-clicked', service: name }, off, 'restart-service')
        : item(t('ui-menu-start', { service: name }), 'play', { type: 'start-clicked', services: [name] }, off, 'start-service')}
      ${item(t('ui-menu-logs', { service: name }), 'logs', { type: 'logs-of', service: name }, gone, 'logs-service')}
      ${item(t('ui-menu-details', { service: name }), 'file', { type: 'service-details-asked', service: name }, gone, 'details-service')}
      ${isTrouble(service) ? item(t('ui-menu-explain', { service: name }), 'problems', { type: 'problems-of', service: name }, gone, 'explain-menu') : null}
      ${isUp(service) ? html`<hr />${item(t('ui-menu-stop', { service: name }), 'stop', { type: 'stop-service-asked', service: name }, off, 'stop-service')}` : null}
    </pop-menu>` : null}
  </span>`;
}

/** The way to why a service is in trouble. @param {ServiceStatus} service @param {boolean} gone @param {Words['t']} t */
export function explainButton(service, gone, t) {
  if (gone || !isTrouble(service)) return null;
  return button({ label: t('ui-explain'), onClick: { type: 'problems-of', service: service.name }, kind: 'quiet', size: 'small', testid: 'explain-service', data: { 'data-service': service.name, 'aria-label': t('ui-menu-explain', { service: service.name }) } });
}

/** `:8080`, or the host when the port is the usual one. @param {string} url */
export function portOf(url) {
  const rest = url.replace(/^[a-z]+:\/\//, '');
  const port = /^[^/]*?:(\d+)(?=\/|$)/.exec(rest)?.[1];
  return `:${port ?? (url.startsWith('https:') ? '443' : '80')}`;
}
