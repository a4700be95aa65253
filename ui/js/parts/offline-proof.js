/** The offline proof: every service, and the file it would run from. */
import { html } from '../html.js';
import { cell } from './shape.js';

/** @import {OfflineProofRow} from '../../types/ipc' */
/** @import {Words} from '../../types/page' */

/** @type {Record<OfflineProofRow['integrity'], import('./shape.js').Look>} */
const INTEGRITY_LOOK = {
  intact: { shape: 'pass', tone: 'good' },
  damaged: { shape: 'failed', tone: 'broken' },
  missing: { shape: 'failed', tone: 'broken' },
};

/** @param {OfflineProofRow[]} rows @param {Words} words */
export function offlineProof(rows, words) {
  if (rows.length === 0) return null;
  const { t, f } = words;
  const archives = new Map(rows.filter((row) => row.archive !== null).map((row) => [row.archive, row.bytes ?? 0]));
  const bytes = [...archives.values()].reduce((sum, each) => sum + each, 0);
  const complete = rows.every((row) => !row.active || isProved(row));
  const sum = t('ui-offline-sum', { services: rows.filter((row) => row.active).length, archives: archives.size, size: f.bytes(bytes) });
  return html`<section data-testid="offline-proof" data-complete=${complete ? 'true' : 'false'}>
    <div class="group-head"><h2>${t(complete ? 'ui-offline-complete' : 'ui-offline-incomplete')}</h2>
      <span class="faint">${complete ? t('ui-two-sentences', { first: sum, second: t('ui-offline-none') }) : sum}</span></div>
    <div class="group scroll"><table>
      <thead><tr><th>${t('ui-offline-service')}</th><th>${t('ui-offline-image')}</th><th>${t('ui-offline-archive')}</th><th class="right">${t('ui-offline-size')}</th>
        <th>${t('ui-offline-platform')}</th><th>${t('ui-offline-file')}</th><th>${t('ui-offline-loaded')}</th></tr></thead>
      <tbody>${rows.map((row, index) => proofRow(row, rows.findIndex((each) => each.archive === row.archive) < index, words))}</tbody>
    </table></div></section>`;
}

/** It runs without the internet. @param {OfflineProofRow} row */
function isProved(row) {
  return row.verdict === 'loaded' || (row.verdict === 'in-package' && row.integrity === 'intact');
}

/** @param {OfflineProofRow} row @param {boolean} shared its archive was named in a row above @param {Words} words */
function proofRow(row, shared, { t, f }) {
  const size = row.bytes === null || row.archive === null ? '' : shared ? t('ui-offline-same-file') : f.bytes(row.bytes);
  const spare = row.loaded && row.integrity !== 'intact';
  return html`<tr key=${row.service} data-service=${row.service} data-integrity=${row.integrity} data-loaded=${row.loaded ? 'true' : 'false'} data-verdict=${row.verdict} data-active=${row.active ? 'true' : 'false'} class=${row.active ? '' : 'faint'}>
    <td><b>${row.service}</b>${row.active ? null : html`<div class="small">${t('ui-offline-asleep')}</div>`}</td>
    <td class="wrap"><span class="mono">${row.image ?? ''}</span>${isProved(row) ? null : html`<div class="small">${row.sentence}</div>`}</td><td class="muted ellipsis" title=${row.archive ?? ''}>${row.archive ?? ''}</td>
    <td class="right">${size}</td><td>${row.platform?.replace(/^linux\//, '') ?? ''}</td>
    <td>${spare ? html`<span class="faint">${t('ui-offline-not-needed')}</span>` : cell(row.active || row.integrity === 'intact' ? INTEGRITY_LOOK[row.integrity] : { shape: 'unknown', tone: 'idle' }, t(`ui-integrity-${row.integrity}`))}</td>
    <td>${row.loaded ? cell({ shape: 'pass', tone: 'good' }, t('ui-yes')) : html`<span class="faint">${t('ui-no')}</span>`}</td></tr>`;
}
