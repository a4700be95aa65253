/**
 * A container's line as pieces that can be looked at: colours and weights it asks for become class names, everything else
 * a terminal would obey is dropped. Pure.
 */

/** @typedef {{ text: string, style: string }} Piece text, and the class names it is shown with */

// CSI sequences (of which only `m` is kept), OSC sequences (titles, links) and single-character escapes.
const ESCAPES = /\u001b(?:\[([0-?]*)([ -/]*)([@-~])|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[@-Z\\-_])/g;
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;
const LONGEST = 8000;

/** Of the eight colours white is the ink itself and black would be invisible at night: it is grey. */
const EIGHT = ['grey', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', ''];
const WEIGHTS = /** @type {const} */ ({ 1: 'bold', 2: 'dim', 3: 'italic', 4: 'underline' });
const ENDS = /** @type {Record<number, string[]>} */ ({ 22: ['bold', 'dim'], 23: ['italic'], 24: ['underline'] });

/**
 * Of a line that rewrites itself with carriage returns, the last form.
 *
 * @param {string} line
 * @returns {Piece[]}
 */
export function pieces(line) {
  const trimmed = line.replace(/\r+$/, '');
  const last = trimmed.slice(trimmed.lastIndexOf('\r') + 1);
  /** @type {Piece[]} */
  const found = [];
  let room = LONGEST;
  let colour = '';
  /** @type {Set<string>} */
  let weights = new Set();
  const add = (/** @type {string} */ raw) => {
    const clean = raw.replace(CONTROLS, '');
    if (!clean || room <= 0) return;
    const text = clean.length > room ? `${clean.slice(0, room)}…` : clean;
    room -= clean.length;
    const style = [colour, ...weights].filter(Boolean).map((name) => `sgr-${name}`).join(' ');
    const before = found.at(-1);
    if (before?.style === style) before.text += text;
    else found.push({ text, style });
  };
  let at = 0;
  for (const match of last.matchAll(ESCAPES)) {
    add(last.slice(at, match.index));
    at = match.index + match[0].length;
    if (match[3] === 'm' && match[2] === '' && /^[0-9;:]*$/.test(match[1])) [colour, weights] = obey(match[1], colour, weights);
  }
  add(last.slice(at));
  return found;
}

/**
 * What a `CSI … m` makes of colour and weights. Backgrounds, blinking and the like are left out: they would fight the page.
 *
 * @param {string} given
 * @param {string} colour
 * @param {Set<string>} weights
 * @returns {[string, Set<string>]}
 */
function obey(given, colour, weights) {
  const codes = given.split(/[;:]/).map(Number);
  const next = new Set(weights);
  for (let at = 0; at < codes.length; at += 1) {
    const code = codes[at];
    if (code === 0) {
      colour = '';
      next.clear();
    } else if (code >= 1 && code <= 4) next.add(WEIGHTS[/** @type {1 | 2 | 3 | 4} */ (code)]);
    else if (ENDS[code]) ENDS[code].forEach((name) => next.delete(name));
    else if (code >= 30 && code <= 37) colour = EIGHT[code - 30];
    else if (code >= 90 && code <= 97) colour = EIGHT[code - 90];
    else if (code === 39) colour = '';
    else if (code === 38 || code === 48 || code === 58) {
      const [length, name] = longColour(codes.slice(at + 1));
      if (code === 38) colour = name;
      at += length;
    }
  }
  return [colour, next];
}

/** `5;n` or `2;r;g;b`: how many numbers it takes, and the nearest of our names. @param {number[]} rest @returns {[number, string]} */
function longColour(rest) {
  if (rest[0] === 2) return [4, nearest(rest[1] ?? 0, rest[2] ?? 0, rest[3] ?? 0)];
  if (rest[0] !== 5) return [0, ''];
  const index = rest[1] ?? 0;
  if (index < 16) return [2, EIGHT[index % 8]];
  if (index > 231) return [2, index < 246 ? 'grey' : ''];
  const step = (/** @type {number} */ by) => (Math.floor((index - 16) / by) % 6) * 51;
  return [2, nearest(step(36), step(6), step(1))];
}

/** @param {number} red @param {number} green @param {number} blue */
function nearest(red, green, blue) {
  const most = Math.max(red, green, blue);
  const least = Math.min(red, green, blue);
  if (most - least < 48) return most < 144 ? 'grey' : '';
  const span = most - least;
  const sixth = most === red ? (green - blue) / span : most === green ? 2 + (blue - red) / span : 4 + (red - green) / span;
  const angle = (sixth * 60 + 360) % 360;
  const bounds = /** @type {const} */ ([[20, 'red'], [70, 'yellow'], [165, 'green'], [200, 'cyan'], [255, 'blue'], [330, 'magenta'], [361, 'red']]);
  return bounds.find(([end]) => angle < end)?.[1] ?? '';
}

/**
 * The same pieces, cut where marks begin and end.
 *
 * @param {Piece[]} parts
 * @param {[number, number][]} marks positions in the whole text, in order
 * @returns {(Piece & { marked: boolean })[]}
 */
export function withMarks(parts, marks) {
  /** @type {(Piece & { marked: boolean })[]} */
  const cut = [];
  let start = 0;
  for (const { text, style } of parts) {
    const end = start + text.length;
    const borders = [start, ...marks.flat().filter((at) => at > start && at < end), end];
    for (let index = 1; index < borders.length; index += 1) {
      const [from, to] = [borders[index - 1], borders[index]];
      const marked = marks.some(([first, last]) => from >= first && to <= last);
      cut.push({ text: text.slice(from - start, to - start), style, marked });
    }
    start = end;
  }
  return cut;
}
