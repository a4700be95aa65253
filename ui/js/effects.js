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
      follow(effect.services, effect.since, effect.turn, dispatch).catch(refused('follow_logs'));
      return;
    case 'forget-logs':
      logFeed.clear();
      return;
    case 'copy-logs':
      navigator.clipboard.writeText(logFeed.copy()).then(() => dispatch({ type: 'log-copied', done: true }), () => dispatch({ type: 'log-copied', done: false }));
      return;
    case 'copy-text':
      navigator.clipboard.writeText(effect.text).then(() => true, () => false).then((done) => dispatch({ type: 'support-copied', done, text: effect.text }));
      return;
    case 'copy-summary':
      copySummary(dispatch).catch(refused('support_summary'));
      return;
    case 'move-in-logs':
      logFeed.move(effect.by);
      return;
    case 'focus':
      page.focus(effect.target);
      return;
  }
}

/**
 * A web view lets a page copy only while a click is handled. What the system has to be asked for comes later; so it is
 * promised to the clipboard at once.
 *
 * @param {(msg: Msg) => void} dispatch
 */
async function copySummary(dispatch) {
  const asked = call('support_summary', { package: null, includeHostNames: false });
  const copied = promise(asked.then(({ text }) => new Blob([text], { type: 'text/plain' }))).then(() => true, () => false);
  const { text } = await asked;
  dispatch({ type: 'support-copied', done: await copied, text });
}

/** @param {Promise<Blob>} text */
async function promise(text) {
  await navigator.clipboard.write([new ClipboardItem({ 'text/plain': text })]);
}

/** Lines kept from the past when a log is opened, per container; where a time is chosen, as many as the view holds. */
const TAIL = 500;
const TAIL_SINCE = 5000;

/**
 * @param {string[]} services
 * @param {string} since
 * @param {number} turn
 * @param {(msg: Msg) => void} dispatch
 */
async function follow(services, since, turn, dispatch) {
  logFeed.turn = turn;
  const stream = await followLogs({ services, tail: since ? TAIL_SINCE : TAIL, since: since || null, follow: true }, ({ batch }) => {
    if (logFeed.turn !== turn) return;
    logFeed.push(batch.lines, batch.dropped);
    if (batch.ended) dispatch({ type: 'logs-ended', turn });
  });
  dispatch({ type: 'logs-followed', turn, stream });
}
