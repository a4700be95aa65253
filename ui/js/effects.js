/** Does what `update` asks for, and says what came of it. */
import { call, followLogs, subscribe } from './ipc.js';
import { logFeed } from './log-feed.js';

/** @import {CommandError} from '../types/ipc' */
/** @import {Effect, Msg} from '../types/page' */

/**
 * @param {Effect} effect
 * @param {(msg: Msg) => void} dispatch
 * @param {{ focus: (selector: string) => void }} page what only the owner of the document can do
 */
export function run(effect, dispatch, page) {
  /** @param {Extract<Msg, { type: 'refused' }>['command']} command @param {string} [tag] */
  const refused = (command, tag) => (/** @type {CommandError} */ error) =>
    dispatch({ type: 'refused', command, tag, error, now: Date.now() });

  switch (effect.type) {
    case 'call':
      call(effect.command, effect.request).then(
        (response) => dispatch(/** @type {Msg} */ ({ type: 'answered', command: effect.command, tag: effect.tag, response, now: Date.now() })),
        refused(effect.command, effect.tag),
      );
      return;
    case 'subscribe':
      subscribe((event) => dispatch({ type: 'event', event, now: Date.now() })).catch(refused('subscribe'));
      return;
    case 'follow-logs':
      follow(effect.services, effect.turn, dispatch).catch(refused('follow_logs'));
      return;
    case 'forget-logs':
      logFeed.clear();
      return;
    case 'move-in-logs':
      logFeed.move(effect.by);
      return;
    case 'focus':
      page.focus(effect.target);
      return;
  }
}

/** Lines kept from the past when a log is opened, per container. */
const TAIL = 500;

/**
 * @param {string[]} services
 * @param {number} turn
 * @param {(msg: Msg) => void} dispatch
 */
async function follow(services, turn, dispatch) {
  logFeed.turn = turn;
  const stream = await followLogs({ services, tail: TAIL, follow: true }, ({ batch }) => {
    if (logFeed.turn !== turn) return;
    logFeed.push(batch.lines, batch.dropped);
    if (batch.ended) dispatch({ type: 'logs-ended', turn });
  });
  dispatch({ type: 'logs-followed', turn, stream });
}
