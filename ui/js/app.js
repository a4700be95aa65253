/** The loop: state, dispatch, effects, one drawing per frame. With `elements/`, the only code that touches the document. */
import { options, render } from '../vendor/preact/preact.mjs';
import { run } from './effects.js';
import { nextFrame } from './frame.js';
import { listenForDrops } from './ipc.js';
import { initialState } from './state.js';
import { update } from './update.js';
import { shell } from './views/shell.js';

/** @import {Msg, Words} from '../types/page' */

/**
 * @param {string} rootId
 * @param {Record<string, Words>} words by language
 * @param {string} language to begin with
 */
export function startApp(rootId, words, language) {
  let state = initialState(language, Date.now());
  let drawn = false;
  const root = /** @type {HTMLElement} */ (document.getElementById(rootId));

  /** @param {Msg} msg */
  function dispatch(msg) {
    const [next, ...effects] = update(state, msg);
    state = next;
    if (!drawn) {
      drawn = true;
      nextFrame(draw);
    }
    for (const effect of effects) run(effect, dispatch, { focus });
  }

  function draw() {
    drawn = false;
    const say = words[state.language] ?? words.en;
    const html = document.documentElement;
    html.lang = state.language;
    if (state.settings.theme === 'system') delete html.dataset.theme;
    else html.dataset.theme = state.settings.theme;
    document.title = state.package ? `${state.package.title} · Quayside` : 'Quayside';
    render(shell(state, say), root);
  }

  /** Waits for the drawing, because what is to be focused may come with it. @param {string} selector */
  function focus(selector) {
    nextFrame(() => nextFrame(() => {
      const target = root.querySelector(selector);
      if (target instanceof HTMLElement) target.focus({ preventScroll: true });
    }));
  }

  dispatchFromEvents(dispatch);
  listenForDrops({
    over: (over) => dispatch({ type: 'folder-over', over }),
    dropped: (paths) => dispatch({ type: 'folder-dropped', paths }),
  });
  // Nobody looks at a hidden window: its clock stands, and nothing is asked or drawn for it.
  const tick = () => document.hidden || dispatch({ type: 'tick', now: Date.now() });
  setInterval(tick, 1000);
  document.addEventListener('visibilitychange', tick);
  dispatch({ type: 'booted' });
}

/**
 * Views write messages where others write callbacks (`onClick=${{ type: 'deploy-clicked' }}`): data can be compared in a
 * test. Here, and only here, they become listeners.
 *
 * @param {(msg: Msg) => void} dispatch
 */
function dispatchFromEvents(dispatch) {
  options.vnode = (vnode) => {
    if (typeof vnode.type !== 'string') return;
    const props = /** @type {Record<string, any>} */ (vnode.props);
    for (const name in props) {
      const msg = props[name];
      if (name.startsWith('on') && msg && typeof msg === 'object') {
        props[name] = (/** @type {Event} */ event) => dispatch({ ...msg, ...carried(event) });
      }
    }
  };
}

/** What an event adds to its message: the value of a field, the key, the detail of one of our own elements. @param {Event} event */
function carried(event) {
  if (event instanceof CustomEvent) return { detail: event.detail };
  if (event instanceof KeyboardEvent) return { key: event.key, shift: event.shiftKey };
  const target = event.currentTarget;
  if (event.type !== 'click' && (target instanceof HTMLInputElement || target instanceof HTMLSelectElement || target instanceof HTMLTextAreaElement)) return { value: target.value };
  return {};
}
