/** "What does this error mean?": a text that somebody has is laid before the rules; neither a package nor Docker is needed. */
import { html } from '../html.js';
import { button } from './button.js';
import { problemCard } from './problem.js';

/** @import {State, Words} from '../../types/page' */

/** @param {State} state @param {Words} words */
export function explainText(state, words) {
  const { t } = words;
  const { typed, phase, report } = state.problems.text;
  const running = phase === 'running';
  return html`<section class="explain" data-testid="explain">
    <div class="group-head"><h2 id="explain-title">${t('ui-explain-title')}</h2><span class="faint">${t('ui-explain-lead')}</span></div>
    <textarea id="explain-text" data-testid="explain-text" rows="4" spellcheck="false" aria-labelledby="explain-title" placeholder=${t('ui-explain-hint')}
      value=${typed} onInput=${{ type: 'problems-text-typed' }}></textarea>
    <div class="line acts-row">
      ${button({ label: t(running ? 'ui-explain-running' : 'ui-explain-act'), onClick: { type: 'problems-text-clicked' }, testid: 'explain-ask', disabled: running || typed.trim() === '' })}
      ${typed || report ? button({ label: t('ui-explain-clear'), onClick: { type: 'problems-text-cleared' }, kind: 'quiet' }) : null}
      <span class="small faint">${t('ui-explain-stays')}</span>
    </div>
    ${report ? html`<div class="explained" role="status" data-testid="explained" data-count=${String(report.diagnoses.length)}>
      ${report.diagnoses.length === 0 ? html`<p class="group pad muted">${t('ui-explain-nothing')}</p>` : report.diagnoses.map((problem) => problemCard(problem, state, words, { aside: false }))}
    </div>` : null}
  </section>`;
}
