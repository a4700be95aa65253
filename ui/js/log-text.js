/** What is read out of a line's text. Pure. */

/** @import {LogLevel} from '../types/page' */

/**
 * Where the query stands in the text, in order, upper and lower case alike.
 *
 * @param {string} text
 * @param {string} query
 * @returns {[number, number][]}
 */
export function matches(text, query) {
  /** @type {[number, number][]} */
  const found = [];
  if (!query) return found;
  const haystack = text.toLowerCase();
  const needle = query.toLowerCase();
  // Some letters change their length in lower case; then positions would lie.
  if (haystack.length !== text.length) return found;
  for (let at = haystack.indexOf(needle); at >= 0; at = haystack.indexOf(needle, at + needle.length)) found.push([at, at + needle.length]);
  return found;
}

/** Programs write how bad it is near the beginning, behind a time; what comes later is what they tell about. */
const HEAD = 160;

/** @type {Record<string, LogLevel>} */
const WORDS = {
  emerg: 'error', emergency: 'error', alert: 'error', crit: 'error', critical: 'error', fatal: 'error', panic: 'error', severe: 'error', error: 'error', err: 'error', eror: 'error',
  warn: 'warning', warning: 'warning', wrn: 'warning',
  info: 'info', inf: 'info', information: 'info', informational: 'info', note: 'info', notice: 'info', log: 'info', system: 'info',
  debug: 'debug', dbg: 'debug', trace: 'debug', trc: 'debug', verbose: 'debug', fine: 'debug', finer: 'debug', finest: 'debug',
};
const NAMES = Object.keys(WORDS).join('|');
/** `"level":"warn"`, `level=error`, `severity: INFO` */
const FIELD = new RegExp(`["']?\\b(?:level|lvl|severity|log\\.level|levelname)["']?\\s*[=:]\\s*["']?(${NAMES})\\b`, 'i');
/** pino and bunyan: `"level":50` */
const NUMBER = /"level"\s*:\s*(\d\d)\b/;
/** MongoDB: `"s":"W"` */
const MONGO = /"s"\s*:\s*"([FEWID])\d?"/;
/** `[error]`, `[Warning]`, `<info>`, `(WARN)` */
const BRACKETS = new RegExp(`[[(<](${NAMES})[\\])>:]`, 'i');
/** `ERROR`, as a word in capitals */
const CAPITALS = new RegExp(`(?:^|[\\s|:\\]/-])(${NAMES.toUpperCase()})(?=$|[\\s|:,\\][/-])`);
/** `error: …`, `nginx: warning: …`, `panic: …` at the beginning */
const OPENING = /^(?:[\w./-]+: )?(fatal error|fatal|error|panic|warning)\s?:/i;
/** klog: `E1123 14:06:24.118 …` */
const KLOG = /^([FEWI])\d{4} \d\d:/;
/** Redis: `1:M 23 Nov 2026 14:06:20.001 # …` */
const REDIS = /^\d+:[XCSM] [^#*]{10,30} ([#*.-]) /;
const BROKEN = /^(?:Traceback \(most recent call last\)|Exception in thread|Unhandled exception|Segmentation fault|[\w.]+(?:Error|Exception): )/;
/** A line that only goes on with what the one before began. */
const GOES_ON = /^(?:\s+\S|Caused by: |\.\.\. \d+ more)/;

/** @type {Record<string, LogLevel>} */
const LETTERS = { F: 'error', E: 'error', W: 'warning', I: 'info', D: 'debug', '#': 'warning', '*': 'info', '-': 'info', '.': 'debug' };

/**
 * How bad a line says it is; null when it does not say. A continuation (of a stack trace) is as bad as what it belongs to.
 *
 * @param {string} text without escapes
 * @param {LogLevel | null} [before] of the container's line before
 * @returns {LogLevel | null}
 */
export function level(text, before = null) {
  if (GOES_ON.test(text) && before) return before;
  const head = text.slice(0, HEAD);
  const letter = head.match(KLOG) ?? head.match(REDIS) ?? head.match(MONGO);
  if (letter) return LETTERS[letter[1]];
  // A field is looked for in the whole line: JSON has no order.
  const word = text.slice(0, 2000).match(FIELD) ?? head.match(BRACKETS) ?? head.match(CAPITALS);
  if (word) return WORDS[word[1].toLowerCase()];
  const number = text.slice(0, 2000).match(NUMBER);
  if (number) return Number(number[1]) >= 50 ? 'error' : Number(number[1]) >= 40 ? 'warning' : Number(number[1]) >= 30 ? 'info' : 'debug';
  const opening = head.match(OPENING);
  if (opening) return opening[1].toLowerCase() === 'warning' ? 'warning' : 'error';
  return BROKEN.test(head) ? 'error' : null;
}
