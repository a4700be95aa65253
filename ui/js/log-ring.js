/**
 * The bookkeeping of a view that shows the newest lines: which wait to be drawn, how many are drawn, how many are gone.
 * At every moment: drawn + waiting + dropped = sent.
 */

/** @import {LogLine} from '../types/ipc' */

/** @param {number} limit how many lines may be drawn, and how many may wait */
export function createRing(limit) {
  /** @type {LogLine[]} */
  let waiting = [];
  let [kept, dropped, sent] = [0, 0, 0];

  return {
    /** @param {LogLine[]} lines @param {number} lost before they came here */
    take(lines, lost) {
      sent += lines.length + lost;
      dropped += lost;
      waiting.push(...lines);
      const over = waiting.length - limit;
      if (over <= 0) return;
      waiting.splice(0, over);
      dropped += over;
    },
    /** The oldest of those that wait, to be drawn now; from here on they count as kept. @param {number} most */
    draw(most) {
      const lines = waiting.splice(0, most);
      kept += lines.length;
      return lines;
    },
    /** How many too many are drawn. */
    surplus: () => Math.max(0, kept - limit),
    /** The oldest drawn ones were taken away. @param {number} count */
    forget(count) {
      kept -= count;
      dropped += count;
    },
    clear() {
      waiting = [];
      [kept, dropped, sent] = [0, 0, 0];
    },
    counts: () => ({ sent, kept, dropped, held: waiting.length }),
  };
}
