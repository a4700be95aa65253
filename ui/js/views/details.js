/** Package details: its images, its folders, this computer. */
import { html } from '../html.js';
import { button } from '../parts/button.js';
import { notice } from '../parts/notice.js';
import { operationStrip } from '../parts/operation-strip.js';
import { cell, shape } from '../parts/shape.js';
import { engineGone, lastFinished, packageLabel, runningOperation } from '../select.js';

/** @import {ArchiveImageView, DirectoryState, PackageView} from '../../types/ipc' */
/** @import {Msg, State, Words} from '../../types/page' */
/** @import {Look} from '../parts/shape.js' */

/** @type {Record<DirectoryState, Look>} */
const DIRECTORY_LOOK = { exists: { shape: 'pass', tone: 'good' }, created: { shape: 'pass', tone: 'good' }, blocked: { shape: 'failed', tone: 'broken' } };
/** @type {Record<string, Look>} */
const SEVERITY_LOOK = { error: { shape: 'failed', tone: 'broken' }, warning: { shape: 'unhealthy', tone: 'look' }, info: { shape: 'running', tone: 'idle' } };

/** @param {State} state @param {Words} words */
export function detailsPage(state, words) {
  const view = state.package;
  if (!view) return null;
  return html`<div class="page details" data-testid="package-details">
    ${notice(state, words)}
    <div class="line between wrapping"><div class="lead"><h1 tabindex="-1">${packageLabel(state)}</h1><p class="mono faint breaks">${view.directory}</p></div>
      ${containerCount(state) > 0 ? button({ label: words.t('ui-handover'), onClick: { type: 'handover-clicked' }, testid: 'handover' }) : null}</div>
    ${operationStrip(state, words)}
    ${support(view, words)}
    ${images(state, view, words)}
    ${folders(state, view, words)}
    ${containers(state, words)}
    ${computer(state, words)}
    ${view.findings.length > 0 ? html`<section><h2 class="block-title">${words.t('ui-details-findings')}</h2><ul class="group">${view.findings.map((finding) => html`<li class="item tall" data-finding=${finding.id}>
      ${shape(SEVERITY_LOOK[finding.severity])}<span class="grow">${finding.message}</span><span class="small mono faint">${[finding.file, finding.line].filter((part) => part !== null).join(':')}</span></li>`)}</ul></section>` : null}
    ${audit(view, words)}
  </div>`;
}

/** Whom to ask, as the vendor says. @param {PackageView} view @param {Words} words */
function support({ support: who }, { t }) {
  if (!who) return null;
  const ways = [who.name, who.phone, who.email, who.url].filter((part) => part !== null);
  return ways.length > 0 ? html`<section data-testid="support"><h2 class="block-title">${t('ui-details-support')}</h2><p class="group pad">${ways.map((way) => html`<span class="way breaks" key=${way}>${way}</span>`)}</p></section>` : null;
}

/** What the vendor should write differently; it stops nobody here. @param {PackageView} view @param {Words} words */
function audit(view, { t }) {
  if (view.audit.length === 0) return null;
  return html`<section data-testid="audit"><div class="group-head"><h2>${t('ui-details-audit')}</h2><span class="faint">${t('ui-details-audit-lead', { count: view.audit.length })}</span></div>
    <div class="group checks">${view.audit.map((entry) => html`<details class="check-row" key=${`${entry.id} ${entry.service ?? ''} ${entry.line ?? ''}`} data-audit=${entry.id}>
      <summary class="row-head audit">${shape(SEVERITY_LOOK[entry.severity])}<span class="says">${entry.message}</span><span class="small mono faint">${[entry.file, entry.line].filter((part) => part !== null).join(':')}</span></summary>
      <div class="row-body"><p class="small muted">${entry.why}</p><p class="small">${entry.advice}</p></div></details>`)}</div></section>`;
}

/** @param {State} state @param {PackageView} view @param {Words} words */
function images(state, view, { t, f }) {
  const { details } = state;
  const results = new Map((lastFinished(state)?.finished?.images ?? []).map((image) => [image.ref, image.result]));
  const rows = view.archives.flatMap((archive) => archive.images.map((image, index) => ({ archive, image, first: index === 0 })));
  return html`<section>
    <div class="group-head"><h2>${t('ui-details-images')}</h2><span class="faint">${t('ui-details-images-sum', { archives: view.archives.length, size: f.bytes(view.archives.reduce((sum, each) => sum + each.bytes, 0)) })}</span></div>
    <div class="group scroll"><table data-testid="images-table">
      <thead><tr><th>${t('ui-offline-archive')}</th><th>${t('ui-offline-image')}</th><th>${t('ui-offline-platform')}</th><th class="right">${t('ui-offline-size')}</th><th>${t('ui-offline-loaded')}</th><th>${t('ui-details-shared')}</th></tr></thead>
      <tbody>${rows.map(({ archive, image, first }) => {
        const result = image.refs.map((ref) => results.get(ref)).find(Boolean);
        return html`<tr key=${`${archive.file} ${image.id}`} data-archive=${archive.file}>
          <td class="muted ellipsis" title=${archive.file}>${first ? archive.file : ''}</td><td class="mono wrap">${image.refs.length > 0 ? image.refs.join(', ') : image.id.slice(0, 19)}</td>
          <td>${image.platform}</td><td class="right">${f.bytes(image.bytes)}</td>
          <td>${result === 'failed' ? cell({ shape: 'failed', tone: 'broken' }, t('ui-load-failed')) : isLoaded(state, archive.file, image, t, result)}</td>
          <td class="wrap" title=${image.sharedWith.join(', ')}>${shared(image, { t, f })}</td></tr>`;
      })}${view.archives.filter((archive) => archive.images.length === 0).map((archive) => html`<tr key=${archive.file}><td class="muted">${archive.file}</td><td class="faint">${t('ui-details-unreadable')}</td><td></td><td class="right">${f.bytes(archive.bytes)}</td><td></td><td></td></tr>`)}</tbody>
    </table></div>
    ${actions(state, [['ui-details-load', 'load-images-clicked', 'load-images'], ['ui-details-tags', 'setup-tags-clicked', 'setup-tags']], t)}
    <p class="small muted">${t('ui-details-images-note')}</p>
    ${details.images ? html`<details class="technical" data-testid="engine-images"><summary>${t('ui-details-engine-images', { count: details.images.images.length })}</summary>
      <div class="group scroll"><table><thead><tr><th>${t('ui-offline-image')}</th><th>${t('ui-offline-platform')}</th><th class="right">${t('ui-offline-size')}</th><th>${t('ui-details-from-package')}</th></tr></thead>
      <tbody>${details.images.images.map((image) => html`<tr key=${image.id} data-in-package=${image.inPackage ? 'true' : 'false'}><td class="mono wrap">${image.refs.length > 0 ? image.refs.join(', ') : image.id.slice(0, 19)}</td><td>${image.platform ?? ''}</td>
        <td class="right">${f.bytes(image.bytes)}</td><td>${image.inPackage ? cell({ shape: 'pass', tone: 'good' }, t('ui-yes')) : html`<span class="faint">${t('ui-no')}</span>`}</td></tr>`)}</tbody></table></div></details>` : null}
    ${unasked(details.errors.list_images)}
  </section>`;
}

/** What is stored and sent once, although several images have it. @param {ArchiveImageView} image @param {Pick<Words, 't' | 'f'>} words */
function shared({ sharedBytes, sharedWith }, { t, f }) {
  if (sharedWith.length === 0) return html`<span class="faint">${t('ui-details-shared-none')}</span>`;
  return t('ui-details-shared-with', { size: f.bytes(sharedBytes), count: sharedWith.length, image: sharedWith[0] });
}

/** As the engine says, about this very content: a name may be on something else. @param {State} state @param {string} file @param {ArchiveImageView} image @param {Words['t']} t @param {string} [result] what the last loading came to */
function isLoaded({ details }, file, image, t, result) {
  if (!details.images) return html`<span class="faint">${t('ui-unknown')}</span>`;
  const known = details.images.package.find((each) => each.archive === file && each.id === image.id);
  if (!known) return html`<span class="faint">${t('ui-details-other-platform')}</span>`;
  return known.loaded ? cell({ shape: 'pass', tone: 'good' }, t(result ? `ui-load-${result}` : 'ui-yes')) : html`<span class="faint">${t('ui-no')}</span>`;
}

/** Inside the package a path is told from there on: whose package it is stands above. @param {State} state @param {PackageView} view @param {Words} words */
function folders(state, view, { t, f }) {
  const { directories } = state.details;
  const inside = (/** @type {string} */ path) => (path.startsWith(`${view.directory}/`) ? path.slice(view.directory.length + 1) : path);
  return html`<section>
    <div class="group-head"><h2>${t('ui-details-folders')}</h2><span class="faint">${t('ui-details-folders-lead')}</span></div>
    ${directories && directories.directories.length > 0 ? html`<div class="group scroll"><table data-testid="directories-table">
      <thead><tr><th>${t('ui-details-folder')}</th><th>${t('ui-details-used-by')}</th><th class="right">${t('ui-offline-size')}</th><th>${t('ui-services-state')}</th></tr></thead>
      <tbody>${directories.directories.map((each) => html`<tr key=${each.source} data-state=${each.state}><td class="mono wrap" title=${each.source}>${inside(each.source)}</td><td>${f.list(each.services)}</td><td class="right">${sizeOf(state, each.source, f)}</td>
        <td class="wrap">${cell(DIRECTORY_LOOK[each.state], each.state === 'blocked' ? each.message : t(`ui-directory-${each.state}`))}</td></tr>`)}</tbody></table></div>` : null}
    ${directories && directories.directories.length === 0 ? html`<p class="muted">${t('ui-details-no-folders')}</p>` : null}
    ${unasked(state.details.errors.mount_directories)}
    ${actions(state, [['ui-details-create', 'check-mount-dirs-clicked', 'check-mount-dirs']], t)}
  </section>`;
}

/** What it takes of the disk, where somebody could count it. @param {State} state @param {string} path @param {Words['f']} f */
function sizeOf({ figures }, path, f) {
  const bytes = figures.latest?.folders.find((folder) => folder.path === path)?.bytes ?? null;
  return bytes === null ? '' : f.bytes(bytes);
}

/** As far as the engine can be asked. @param {State} state */
function containerCount(state) {
  return engineGone(state) ? 0 : (state.status?.services ?? []).reduce((sum, service) => sum + service.containers.length, 0);
}

/** Removing is neither stopping nor erasing: containers go, everything a person owns stays. @param {State} state @param {Words} words */
function containers(state, { t }) {
  const there = containerCount(state);
  if (there === 0) return null;
  return html`<section>
    <div class="group-head"><h2>${t('ui-details-containers')}</h2><span class="faint">${t('ui-details-containers-count', { count: there })}</span></div>
    <p class="small muted">${t('ui-details-containers-note')}</p>
    <div class="line acts-row">${button({ label: t('ui-details-remove'), onClick: { type: 'remove-asked' }, kind: 'danger', testid: 'remove-containers', disabled: runningOperation(state) !== null })}</div>
  </section>`;
}

/** @param {State} state @param {Words} words */
function computer(state, { t, f }) {
  const { arch, errors } = state.details;
  const engine = state.status?.engine;
  return html`<section><h2 class="block-title">${t('ui-details-computer')}</h2>
    ${arch ? html`<dl class="group pad facts" data-testid="arch-info" data-mismatch=${arch.mismatch ? 'true' : 'false'}>
      <dt>${t('ui-arch-host')}</dt><dd>${arch.host}</dd>
      <dt>${t('ui-arch-engine')}</dt><dd>${arch.engine ?? t('ui-unknown')}</dd>
      <dt>${t('ui-arch-suffix')}</dt><dd class="mono">${arch.imageSuffix}</dd>
      ${arch.emulation.length > 0 ? html`<dt>${t('ui-arch-emulation')}</dt><dd>${f.list(arch.emulation)}</dd>` : null}
      ${arch.mismatch ? html`<dt>${t('ui-arch-mismatch')}</dt><dd>${t('ui-arch-mismatch-lead')}</dd>` : null}
      ${engine?.version ? html`<dt>${t('ui-engine')}</dt><dd>${engine.version}</dd>` : null}
    </dl>` : null}
    ${unasked(errors.arch_info)}
  </section>`;
}

/** @param {State} state @param {[string, string, string][]} entries label, message, handle @param {Words['t']} t */
function actions(state, entries, t) {
  const busy = runningOperation(state) !== null;
  return html`<div class="line acts-row">${entries.map(([label, type, testid]) => button({ label: t(label), onClick: /** @type {Msg} */ ({ type }), testid, disabled: busy }))}</div>`;
}

/** @param {string | undefined} message */
function unasked(message) {
  return message ? html`<p class="small muted" role="status">${message}</p>` : null;
}
