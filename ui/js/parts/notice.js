/** Banners: only for what changes the meaning of the whole page. */
import { ACTION_LABELS } from '../errors.js';
import { html } from '../html.js';
import { runningOperation } from '../select.js';
import { button } from './button.js';
import { shape } from './shape.js';

/** @import {State, Words} from '../../types/page' */

/** What was refused or went wrong, in words, with the one thing that can be done about it. @param {State} state @param {Words} words */
export function notice(state, { t }) {
  const what = state.notice;
  if (!what) return null;
  // What another process does cannot be shown here.
  const acts = what.action !== null && (what.action !== 'show-operation' || runningOperation(state) !== null);
  const look = /** @type {const} */ ({ error: { shape: 'failed', tone: 'broken' }, warning: { shape: 'unhealthy', tone: 'look' }, info: { shape: 'waiting', tone: 'move' } });
  return html`<section class=${`banner ${look[what.severity].tone}`} role="alert" data-testid="notice" data-code=${what.code}>
    ${shape(look[what.severity], 'l')}
    <div class="grow"><h2>${t(what.title)}</h2><p>${what.params ? t(what.message, what.params) : what.message}</p></div>
    <div class="acts">
      ${acts && what.action ? button({ label: t(ACTION_LABELS[what.action]), onClick: { type: 'notice-acted' }, size: 'small' }) : null}
      ${button({ label: t('ui-close'), onClick: { type: 'notice-dismissed' }, kind: 'quiet', size: 'small' })}
    </div>
  </section>`;
}

/** Something was cut off by a crash or a power cut. @param {State} state @param {Words} words */
export function interruptedBanner({ interrupted, now }, { t, f }) {
  if (!interrupted) return null;
  const deploying = interrupted.kind === 'deploy';
  return html`<section class="banner move" role="status" data-testid="interrupted">
    ${shape({ shape: 'waiting', tone: 'move' }, 'l')}
    <div class="grow">
      <h2>${t('ui-interrupted-title', { kind: interrupted.kind, time: f.moment(interrupted.startedAt, now) })}</h2>
      <p>${t(deploying ? 'ui-interrupted-deploy' : 'ui-interrupted-other')}</p>
    </div>
    <div class="acts">
      ${deploying ? button({ label: t('ui-interrupted-continue'), onClick: { type: 'step-chosen', step: 'check' }, size: 'small' }) : null}
      ${button({ label: t('ui-interrupted-dismiss'), onClick: { type: 'interrupted-dismissed' }, kind: 'quiet', size: 'small' })}
    </div>
  </section>`;
}

/** The engine cannot be asked: what is still true, what to do here. @param {State} state @param {Words} words */
export function engineBanner({ status, lastSeen, now, looking }, { t, f }) {
  if (status?.engine.state !== 'unreachable') return null;
  const seen = lastSeen?.at;
  const age = seen ? f.duration(Math.max(0, Math.floor((now - Date.parse(seen)) / 1000))) : '';
  return html`<section class="banner look" role="alert" data-testid="engine-banner">
    ${shape({ shape: 'lost', tone: 'look' }, 'l')}
    <div class="grow">
      <h2>${t(seen ? 'ui-engine-lost' : 'ui-engine-absent')}</h2>
      ${status.engine.reason ? html`<p>${status.engine.reason}</p>` : null}
      ${seen ? html`<p class="small muted">${t('ui-engine-lost-still', { time: f.clockSeconds(seen), age })}</p>` : null}
    </div>
    <div class="acts">
      ${button({ label: t(looking ? 'ui-engine-trying' : 'ui-engine-try'), onClick: { type: 'look-clicked' }, icon: 'restart', disabled: looking })}
      <span class="small muted">${t('ui-engine-by-itself')}</span>
    </div>
  </section>`;
}
