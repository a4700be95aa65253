/** For whoever helps: what can be read out on the telephone, and the bundle, file by file, before it is written. */
import { html } from '../html.js';
import { button } from '../parts/button.js';
import { shape } from '../parts/shape.js';

/** @import {SupportBundle} from '../../types/ipc' */
/** @import {BundleState, State, Words} from '../../types/page' */

/** The two ways to hand on what is wrong. @param {State} state @param {Words} words */
export function supportActions(state, { t }) {
  const { phase, text } = state.support.summary;
  return html`<section class="support" data-testid="support" aria-labelledby="support-title">
    <div class="group-head"><h2 id="support-title">${t('ui-support-help')}</h2><span class="faint">${t('ui-support-help-lead')}</span></div>
    <div class="line wrapping">
      ${button({ label: t('ui-support-copy'), onClick: { type: 'support-copy-clicked' }, testid: 'copy-for-support', disabled: phase === 'asking' })}
      ${button({ label: t('ui-support-bundle'), onClick: { type: 'support-bundle-clicked' }, testid: 'support-bundle' })}
      <span class="small muted" role="status" data-testid="support-said" data-state=${phase}>${phase === 'idle' ? '' : t(`ui-support-summary-${phase}`)}</span>
    </div>
    ${phase === 'shown' ? html`<pre class="shown-file" tabindex="0" aria-labelledby="support-title" data-testid="support-summary">${text}</pre>` : null}
  </section>`;
}

/** @param {State} state @param {Words} words */
export function supportDialog(state, words) {
  const { bundle } = state.support;
  if (!bundle?.open) return null;
  const { t } = words;
  const { phase, prepared } = bundle;
  return html`<confirm-dialog key="support" ondismiss=${{ type: 'support-closed' }}>
    <dialog class="bundle" aria-labelledby="bundle-title" data-testid="support-dialog" data-state=${phase}>
      <h2 id="bundle-title">${t('ui-support-title')}</h2>
      <p>${t('ui-support-lead')}</p>
      ${phase === 'collecting' ? collecting(bundle, state.now, words) : null}
      ${prepared ? contents(bundle, prepared, words) : null}
      ${bundle.error ? html`<div class="line start said" role="alert" data-testid="support-error">${shape({ shape: 'failed', tone: 'broken' })}<p>${bundle.error}</p></div>` : null}
      ${bundle.saved?.file ? html`<div class="line start said" role="status" data-testid="support-saved" data-file=${bundle.saved.file}>${shape({ shape: 'pass', tone: 'good' })}<p>${t('ui-support-saved', { file: bundle.saved.file, size: words.f.bytes(bundle.saved.bytes) })}</p></div>` : null}
      <div class="answers">
        ${button({ label: t('ui-support-close'), onClick: { type: 'support-closed' }, testid: 'support-close', data: { 'data-safe': '' } })}
        ${phase === 'refused'
          ? button({ label: t('ui-support-again'), onClick: { type: 'support-collect-clicked' }, kind: 'primary', testid: 'support-again' })
          : button({ label: t(phase === 'saving' ? 'ui-support-saving' : 'ui-support-save'), onClick: { type: 'support-save-clicked' }, kind: 'primary', testid: 'support-save', disabled: phase !== 'ready' })}
      </div>
    </dialog>
  </confirm-dialog>`;
}

/** @param {BundleState} bundle @param {number} now @param {Words} words */
function collecting({ startedAt }, now, { t, f }) {
  const age = f.duration(Math.max(0, Math.floor((now - startedAt) / 1000)));
  return html`<div class="line start said" role="status" data-testid="support-collecting">${shape({ shape: 'starting', tone: 'move' })}<p>${t('ui-support-collecting', { age })}</p></div>`;
}

/** @param {BundleState} bundle @param {SupportBundle} prepared @param {Words} words */
function contents(bundle, { files, bytes, report, gaps }, { t, f }) {
  const { name: chosen, content, hosts, phase } = bundle;
  const { onlyWhereNamed } = report;
  return html`<div class="look-in">
      <ul class="group files" aria-label=${t('ui-support-files', { count: files.length, size: f.bytes(bytes) })}>
        ${files.map(({ name, bytes: size, redacted }) => html`<li key=${name}><button type="button" data-testid="support-file" data-file=${name} data-redacted=${redacted} aria-pressed=${chosen === name ? 'true' : 'false'}
          onClick=${{ type: 'support-file-chosen', name }}><span class="mono small">${name}</span><span class="small faint">${f.bytes(size)} · ${t('ui-support-redacted', { count: redacted })}</span></button></li>`)}
      </ul>
      ${content === null
        ? html`<p class="shown-file small muted">${t(chosen === null ? 'ui-support-choose-file' : 'ui-support-opening')}</p>`
        : html`<pre class="shown-file" tabindex="0" aria-label=${chosen} data-testid="support-content">${content}</pre>`}
    </div>
    <p class="small faint">${t('ui-support-files', { count: files.length, size: f.bytes(bytes) })}</p>
    <section data-testid="support-report"><h3>${t('ui-support-taken-out')}</h3>
      ${report.kinds.length === 0 ? html`<p class="small">${t('ui-support-nothing-taken-out')}</p>` : html`<ul class="kinds small">${report.kinds.map(({ kind, count }) => html`<li key=${kind} data-kind=${kind}>${t(`support-kind-${kind}`)} <b>${count}</b></li>`)}</ul>`}
      ${onlyWhereNamed > 0 ? html`<div class="line start said" data-testid="support-weak">${shape({ shape: 'unhealthy', tone: 'look' })}<p class="small">${t('ui-support-weak', { count: onlyWhereNamed })}</p></div>` : null}
    </section>
    ${gaps.length > 0 ? html`<section data-testid="support-gaps"><h3>${t('ui-support-gaps')}</h3><dl class="facts">${gaps.map(({ what, why }) => html`<dt class="mono">${what}</dt><dd>${why}</dd>`)}</dl></section>` : null}
    <div class="line between said"><span>${t('ui-support-hosts')}</span>
      <button type="button" class="switch" role="switch" data-testid="support-hosts" aria-label=${t('ui-support-hosts')} aria-checked=${hosts ? 'true' : 'false'} disabled=${phase !== 'ready'} onClick=${{ type: 'support-hosts-switched' }}></button></div>`;
}
