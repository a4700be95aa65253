/**
 * <log-view>: an append-only ring of lines. Follows the end until the person scrolls up; then what is on the screen
 * stays where it is and new lines wait.
 */
import { nextFrame } from '../frame.js';
import { logFeed } from '../log-feed.js';
import { createRing } from '../log-ring.js';
import { levelOf, logRow, mark, rowText } from './log-row.js';

/** @import {LogLine} from '../../types/ipc' */
/** @import {LogFilter, LogLevel} from '../../types/page' */

const LIMIT = 5000;
/** Lines are laid out in blocks of this many, so that a new line does not make all the others be laid out again. */
const BLOCK = 100;
/** How many lines are drawn at a time, at the least and at the most, ... */
const PORTION = { least: 50, most: 1000 };
/** ... so that one drawing takes about this long: the window answers in between, on a slow computer too. In ms. */
const AT_ONCE = { short: 15, long: 40 };

/** Which levels a filter lets through. @type {Record<LogFilter, (level: LogLevel | null) => boolean>} */
const PASSES = { all: () => true, warning: (level) => level === 'warning' || level === 'error', error: (level) => level === 'error' };

class LogView extends HTMLElement {
  #ring = createRing(LIMIT);
  /** Of the drawn lines, how many the filter lets through. */
  #passing = 0;
  #following = true;
  #query = '';
  /** @type {LogFilter} */
  #filter = 'all';
  /** @type {string[]} */
  #order = [];
  /** @type {Partial<Record<LogLevel, string>>} */
  #words = {};
  /** The level of each container's last line. @type {Map<string, LogLevel | null>} */
  #last = new Map();
  /** @type {HTMLElement[]} */
  #hits = [];
  #hit = -1;
  /** Where it stood after the last scrolling. */
  #top = 0;
  /** The next scrolling is ours: a match is being shown. */
  #jumping = false;
  #portion = 250;
  /** Takes back the flush that is due. @type {(() => void) | null} */
  #due = null;
  #told = 0;

  connectedCallback() {
    this.tabIndex = 0;
    this.addEventListener('scroll', this.#scrolled, { passive: true });
    this.addEventListener('wheel', this.#turned, { passive: true });
    logFeed.attach(this);
  }

  disconnectedCallback() {
    logFeed.attach(null);
    this.removeEventListener('scroll', this.#scrolled);
    this.removeEventListener('wheel', this.#turned);
    this.#due?.();
    this.#due = null;
    clearTimeout(this.#told);
    this.#told = 0;
  }

  /** Services in Compose's order: it decides their colours. @param {string[]} names */
  set order(names) {
    this.#order = names;
  }

  /** What the levels are called. @param {Partial<Record<LogLevel, string>>} words */
  set words(words) {
    this.#words = words;
  }

  /** @param {string} query */
  set query(query) {
    if (query === this.#query) return;
    this.#query = query;
    this.#hit = -1;
    for (const row of this.#rows()) mark(row, query);
    this.#collect();
    if (query && this.#hits.length > 0) this.move(-1);
    this.#tell();
  }

  /** @param {LogFilter} filter */
  set filter(filter) {
    if (filter === this.#filter) return;
    this.#filter = filter;
    this.dataset.filter = filter;
    this.#passing = this.#rows().filter(this.#passes).length;
    this.#collect();
    if (this.#following) this.#schedule();
    this.#tell();
  }

  /** @param {boolean} on */
  set following(on) {
    if (on === this.#following) return;
    this.#following = on;
    if (on) this.#schedule();
    this.#tell();
  }

  /** @param {LogLine[]} lines @param {number} dropped lost before they came here */
  take(lines, dropped) {
    this.#ring.take(lines, dropped);
    if (this.#following) this.#schedule();
    else this.#tell();
  }

  clear() {
    this.replaceChildren();
    this.#ring.clear();
    this.#last.clear();
    this.#hits = [];
    this.#passing = 0;
    this.#hit = -1;
    this.#following = true;
    this.#tell();
  }

  /** The lines that are shown, as text. */
  copy() {
    return this.#rows().filter(this.#passes).map(rowText).join('\n');
  }

  /** Goes to the next (1) or the previous (-1) line that holds what is searched for. @param {number} by */
  move(by) {
    if (this.#hits.length === 0) return;
    this.#hits[this.#hit]?.classList.remove('current');
    this.#hit = this.#hit < 0 ? (by < 0 ? this.#hits.length - 1 : 0) : (this.#hit + by + this.#hits.length) % this.#hits.length;
    const row = this.#hits[this.#hit];
    row.classList.add('current');
    this.#following = false;
    const before = this.scrollTop;
    row.scrollIntoView({ block: 'center' });
    this.#jumping = this.scrollTop !== before;
    this.#tell();
  }

  #rows() {
    return /** @type {HTMLElement[]} */ ([...this.querySelectorAll('.line')]);
  }

  #passes = (/** @type {HTMLElement} */ row) => PASSES[this.#filter](levelOf(row));

  #schedule() {
    this.#due ??= nextFrame(() => this.#flush());
  }

  #flush() {
    this.#due = null;
    const began = performance.now();
    let block = this.lastElementChild;
    for (const line of this.#ring.draw(this.#portion)) {
      if (!block || block.childElementCount >= BLOCK) {
        block = document.createElement('div');
        block.className = 'lines';
        this.insertBefore(block, null);
      }
      const row = logRow(line, this.#order, this.#words, this.#last.get(line.container) ?? null);
      this.#last.set(line.container, levelOf(row));
      if (this.#query) mark(row, this.#query);
      if (this.#passes(row)) this.#passing += 1;
      block.append(row);
    }
    while (this.#ring.surplus() > 0 && this.firstElementChild) {
      const oldest = /** @type {HTMLElement[]} */ ([...this.firstElementChild.children]);
      this.#passing -= oldest.filter(this.#passes).length;
      this.#ring.forget(oldest.length);
      this.firstElementChild.remove();
    }
    if (this.#query) this.#collect();
    if (this.#following) this.scrollTop = this.scrollHeight;
    this.#pace(performance.now() - began);
    if (this.#following && this.#ring.counts().held > 0) this.#schedule();
    this.#tell();
  }

  /** @param {number} took for drawing and laying out a portion */
  #pace(took) {
    if (took > AT_ONCE.long) this.#portion = Math.max(PORTION.least, Math.floor(this.#portion / 2));
    else if (took < AT_ONCE.short) this.#portion = Math.min(PORTION.most, this.#portion * 2);
  }

  #collect() {
    const current = this.#hits[this.#hit];
    this.#hits = this.#query ? this.#rows().filter((row) => row.classList.contains('hit') && this.#passes(row)) : [];
    this.#hit = current ? this.#hits.indexOf(current) : -1;
  }

  /** Upwards is meant at once: among thousands of new lines the scrolling itself would come too late. */
  #turned = (/** @type {WheelEvent} */ event) => {
    if (event.deltaY >= 0 || !this.#following || this.scrollTop === 0) return;
    this.#following = false;
    this.#tell();
  };

  #scrolled = () => {
    const up = this.scrollTop < this.#top;
    const atEnd = this.scrollHeight - this.scrollTop - this.clientHeight < 30;
    this.#top = this.scrollTop;
    // Only a person scrolls up, and only what a person does decides: lines that grow or a match that is shown do not.
    const following = this.#jumping ? this.#following : this.#following ? !up || atEnd : atEnd;
    this.#jumping = false;
    if (following === this.#following) return;
    this.#following = following;
    if (following && this.#ring.counts().held > 0) this.#schedule();
    this.#tell();
  };

  /** Says the counts, a few times a second at most. */
  #tell() {
    this.#told ||= window.setTimeout(() => {
      this.#told = 0;
      const detail = { ...this.#ring.counts(), passing: this.#passing, matches: this.#hits.length, current: this.#hit + 1, following: this.#following };
      this.dispatchEvent(new CustomEvent('counted', { detail }));
    }, 120);
  }
}

customElements.define('log-view', LogView);
