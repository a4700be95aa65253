/** A container's line, made fit to be looked at. Pure. */

// CSI sequences (colours, cursor), OSC sequences (titles, links) and single-character escapes.
const ESCAPES = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[@-Z\\-_])/g;
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;
const LONGEST = 8000;

/**
 * Without colour codes and control characters; of a line that rewrites itself with carriage returns, its last form.
 *
 * @param {string} line
 */
export function plain(line) {
  const stripped = line.replace(ESCAPES, '').replace(/\r+$/, '');
  const last = stripped.slice(stripped.lastIndexOf('\r') + 1).replace(CONTROLS, '');
  return last.length > LONGEST ? `${last.slice(0, LONGEST)}…` : last;
}

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
