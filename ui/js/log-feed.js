/**
 * Log lines on their way from the channel to the log view. They do not pass through the state: thousands a second
 * would redraw the whole page thousands of times. Bounded: what nobody shows in time is dropped and counted.
 */

/** @import {LogLine} from '../types/ipc' */
/** @typedef {{ take: (lines: LogLine[], dropped: number) => void, clear: () => void, copy: () => string, move: (by: number) => void }} LogSink */

export const FEED_LIMIT = 5000;

export function createLogFeed() {
  /** @type {LogSink | null} */
  let sink = null;
  /** @type {LogLine[]} */
  let waiting = [];
  let dropped = 0;

  return {
    /** Which request the lines must belong to. */
    turn: 0,
    /** @param {LogLine[]} lines @param {number} lost */
    push(lines, lost) {
      if (sink) return sink.take(lines, lost);
      waiting = waiting.concat(lines);
      dropped += lost + Math.max(0, waiting.length - FEED_LIMIT);
      waiting = waiting.slice(-FEED_LIMIT);
    },
    clear() {
      waiting = [];
      dropped = 0;
      sink?.clear();
    },
    /** The lines that are shown, as text. */
    copy: () => sink?.copy() ?? '',
    /** Goes to another match of the search. @param {number} by */
    move(by) {
      sink?.move(by);
    },
    /** The view that shows the lines from now on; null when it goes away. @param {LogSink | null} next */
    attach(next) {
      sink = next;
      if (!sink || (waiting.length === 0 && dropped === 0)) return;
      sink.take(waiting, dropped);
      waiting = [];
      dropped = 0;
    },
  };
}

export const logFeed = createLogFeed();
