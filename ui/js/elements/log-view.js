/**
 * <log-view>: an append-only ring of lines. Follows the end until the person scrolls up; then what is on the screen
 * stays where it is and new lines wait. Everything is text nodes: containers write here, and nobody can trust them.
 */
import { nextFrame } from '../frame.js';
import { logFeed } from '../log-feed.js';
import { matches, plain } from '../log-text.js';

/** @import {LogLine} from '../../types/ipc' */

const LIMIT = 5000;
/** Lines are laid out in blocks of this many, so that a new line does not make all the others be laid out again. */
const BLOCK = 100;
const HUES = 7;

class LogView extends HTMLElement {
  /** @type {LogLine[]} */
  #waiting = [];
  #kept = 0;
  #dropped = 0;
  #following = true;
  #query = '';
  /** @type {string[]} */
  #order = [];
  /** @type {HTMLElement[]} */
  #hits = [];
  #hit = -1;
  /** Where it stood after the last scrolling. */
  #top = 0;
  /** The next scrolling is ours: a match is being shown. */
  #jumping = false;
  /** Takes back the flush that is due. @type {(() => void) | null} */
  #due = null;
  #told = 0;
  #clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit', fractionalSecondDigits: 3 });

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

  /** @param {string} query */
  set query(query) {
    if (query === this.#query) return;
    this.#query = query;
    this.#hit = -1;
    for (const row of this.#rows()) this.#write(row);
    this.#collect();
    if (query && this.#hits.length > 0) this.move(-1);
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
    this.#dropped += dropped;
    this.#waiting.push(...lines);
    if (this.#waiting.length > LIMIT) {
      this.#dropped += this.#waiting.length - LIMIT;
      this.#waiting.splice(0, this.#waiting.length - LIMIT);
    }
    if (this.#following) this.#schedule();
    else this.#tell();
  }

  clear() {
    this.replaceChildren();
    this.#waiting = [];
    this.#hits = [];
    this.#kept = 0;
    this.#dropped = 0;
    this.#hit = -1;
    this.#following = true;
    this.#tell();
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

  #schedule() {
    this.#due ??= nextFrame(() => this.#flush());
  }

  #flush() {
    this.#due = null;
    const lines = this.#waiting;
    this.#waiting = [];
    let block = this.lastElementChild;
    for (const line of lines) {
      if (!block || block.childElementCount >= BLOCK) {
        block = document.createElement('div');
        block.className = 'lines';
        this.insertBefore(block, null);
      }
      block.append(this.#row(line));
    }
    this.#kept += lines.length;
    while (this.#kept > LIMIT && this.firstElementChild) {
      this.#kept -= this.firstElementChild.childElementCount;
      this.#dropped += this.firstElementChild.childElementCount;
      this.firstElementChild.remove();
    }
    if (this.#query) this.#collect();
    if (this.#following) this.scrollTop = this.scrollHeight;
    this.#tell();
  }

  /** @param {LogLine} line */
  #row(line) {
    const row = document.createElement('div');
    row.className = line.stream === 'stderr' ? 'line stderr' : 'line';
    const time = document.createElement('time');
    time.textContent = line.time ? this.#clock.format(new Date(line.time)) : '';
    const service = document.createElement('span');
    service.className = `who hue-${Math.max(0, this.#order.indexOf(line.service)) % HUES}`;
    service.textContent = line.service;
    const stream = document.createElement('span');
    stream.className = 'stream';
    stream.textContent = line.stream === 'stderr' ? 'stderr' : '';
    const text = document.createElement('span');
    text.className = 'text';
    text.textContent = plain(line.line);
    row.append(time, service, stream, text);
    if (this.#query) this.#write(row);
    return row;
  }

  /** Writes the line's text again, with what is searched for marked. @param {HTMLElement} row */
  #write(row) {
    const cell = /** @type {HTMLElement} */ (row.lastElementChild);
    const text = cell.textContent ?? '';
    const found = matches(text, this.#query);
    row.classList.toggle('hit', found.length > 0);
    row.classList.remove('current');
    if (found.length === 0) {
      if (cell.childElementCount > 0) cell.textContent = text;
      return;
    }
    let at = 0;
    /** @type {(string | HTMLElement)[]} */
    const parts = [];
    for (const [from, to] of found) {
      const mark = document.createElement('mark');
      mark.textContent = text.slice(from, to);
      parts.push(text.slice(at, from), mark);
      at = to;
    }
    cell.replaceChildren(...parts, text.slice(at));
  }

  #collect() {
    const current = this.#hits[this.#hit];
    this.#hits = this.#query ? this.#rows().filter((row) => row.classList.contains('hit')) : [];
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
    if (following && this.#waiting.length > 0) this.#schedule();
    this.#tell();
  };

  /** Says the counts, a few times a second at most. */
  #tell() {
    this.#told ||= window.setTimeout(() => {
      this.#told = 0;
      const detail = {
        kept: this.#kept, dropped: this.#dropped, held: this.#waiting.length,
        matches: this.#hits.length, current: this.#hit + 1, following: this.#following,
      };
      this.dispatchEvent(new CustomEvent('counted', { detail }));
    }, 120);
  }
}

customElements.define('log-view', LogView);
