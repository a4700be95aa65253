/** One line of the log as an element. Everything is a text node: containers write here, and nobody can trust them. */
import { pieces, withMarks } from '../ansi.js';
import { level, matches } from '../log-text.js';

/** @import {LogLine} from '../../types/ipc' */
/** @import {LogLevel} from '../../types/page' */
/** @import {Piece} from '../ansi.js' */

const HUES = 7;
const CLOCK = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit', fractionalSecondDigits: 3 });

/** What a row shows, for when it is marked anew. @type {WeakMap<HTMLElement, Piece[]>} */
const shown = new WeakMap();

/**
 * @param {LogLine} line
 * @param {string[]} order services in Compose's order: it decides their colours
 * @param {Partial<Record<LogLevel, string>>} words what the levels are called
 * @param {LogLevel | null} before the level of the container's line before
 */
export function logRow(line, order, words, before) {
  const row = document.createElement('div');
  const parts = pieces(line.line);
  const found = level(parts.map((part) => part.text).join(''), before);
  row.className = line.stream === 'stderr' ? 'line stderr' : 'line';
  if (found) row.dataset.level = found;
  const time = cell('time', '', line.time ? CLOCK.format(new Date(line.time)) : '');
  const who = cell('span', `who hue-${Math.max(0, order.indexOf(line.service)) % HUES}`, line.service);
  const word = cell('span', 'level', found ? words[found] ?? '' : line.stream === 'stderr' ? 'stderr' : '');
  const text = cell('span', 'text', '');
  if (line.stream === 'stderr') text.title = 'stderr';
  row.append(time, who, word, text);
  shown.set(row, parts);
  mark(row, '');
  return row;
}

/** @param {HTMLElement} row @returns {LogLevel | null} */
export const levelOf = (row) => /** @type {LogLevel | undefined} */ (row.dataset.level) ?? null;

/** Writes the row's text, with what is searched for marked. @param {HTMLElement} row @param {string} query */
export function mark(row, query) {
  const parts = shown.get(row) ?? [];
  const found = query ? matches(parts.map((part) => part.text).join(''), query) : [];
  row.classList.toggle('hit', found.length > 0);
  row.classList.remove('current');
  const nodes = withMarks(parts, found).map((part) => {
    if (!part.marked && !part.style) return part.text;
    return cell(part.marked ? 'mark' : 'span', part.style, part.text);
  });
  /** @type {HTMLElement} */ (row.lastElementChild).replaceChildren(...nodes);
}

/** The row as a line of text. @param {HTMLElement} row */
export const rowText = (row) => [...row.children].map((each) => each.textContent).filter(Boolean).join(' ');

/** @param {string} tag @param {string} name @param {string} text */
function cell(tag, name, text) {
  const element = document.createElement(tag);
  if (name) element.className = name;
  element.textContent = text;
  return element;
}
