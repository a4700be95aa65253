/** What is handed to whoever helps: thirty lines to copy, and a bundle that is looked through before it is written. Pure. */

/** @import {Answered, BundleState, Msg, Refused, Result, State} from '../../types/page' */

/**
 * @param {State} state
 * @param {Extract<Msg, { type: `support-${string}` }>} msg
 * @returns {Result}
 */
export function onSupportMessage(state, msg) {
  const { summary, bundle } = state.support;
  switch (msg.type) {
    case 'support-copy-clicked':
      if (summary.phase === 'asking') return [state];
      // What could not be copied is still there, and this click may.
      if (summary.phase === 'shown') return [withSummary(state, { phase: 'asking', text: summary.text }), { type: 'copy-text', text: summary.text }];
      return [withSummary({ ...state, notice: null }, { phase: 'asking', text: '' }), { type: 'copy-summary' }];
    case 'support-copied':
      return [withSummary(state, { phase: msg.done ? 'copied' : 'shown', text: msg.text })];
    case 'support-bundle-clicked':
      // One that is on its way is waited for: two would overtake each other.
      return bundle?.phase === 'collecting' || bundle?.phase === 'saving' ? [withBundle(state, { open: true })] : collect(state, false);
    case 'support-collect-clicked':
      return bundle?.phase === 'refused' ? collect(state, bundle.hosts) : [state];
    case 'support-hosts-switched':
      return bundle?.phase === 'ready' ? collect(state, !bundle.hosts) : [state];
    case 'support-file-chosen':
      return bundle?.phase === 'ready' ? show(state, msg.name) : [state];
    case 'support-save-clicked':
      if (bundle?.phase !== 'ready') return [state];
      return [withBundle(state, { phase: 'saving', error: '', saved: null }), { type: 'call', command: 'save_support', request: undefined }];
    case 'support-closed':
      return [bundle ? withBundle(state, { open: false }) : state];
  }
}

/** Has it collected what is so now. @param {State} state @param {boolean} hosts they stay readable @returns {Result} */
function collect(state, hosts) {
  /** @type {BundleState} */
  const bundle = { open: true, phase: 'collecting', startedAt: state.now, hosts, prepared: null, name: null, content: null, error: '', saved: null };
  return [
    { ...state, support: { ...state.support, bundle } },
    { type: 'call', command: 'prepare_support', request: { package: refusedPackage(state), includeHostNames: hosts }, tag: subject(state) },
  ];
}

/** The package that could not be opened, which is what help is wanted with. @param {State} state @returns {string | null} */
function refusedPackage({ openError, openPath }) {
  return openError && openPath ? openPath : null;
}

/** @param {State} state */
function subject(state) {
  return refusedPackage(state) ?? state.package?.directory ?? '';
}

/** @param {State} state @param {string} name @returns {Result} */
function show(state, name) {
  return [withBundle(state, { name, content: null }), { type: 'call', command: 'support_content', request: { name }, tag: name }];
}

/** @param {State} state @param {Extract<Answered, { command: 'prepare_support' | 'support_content' | 'save_support' }>} msg @returns {Result} */
export function onSupportAnswer(state, msg) {
  const { bundle } = state.support;
  if (!bundle) return [state];
  switch (msg.command) {
    case 'prepare_support':
      // Of the package before this one: what is written would be that one's.
      if (msg.tag !== subject(state)) return bundle.phase === 'ready' ? collect(state, bundle.hosts) : [state];
      return [withBundle(state, { phase: 'ready', prepared: msg.response })];
    case 'support_content':
      return [msg.tag === bundle.name ? withBundle(state, { content: msg.response.text }) : state];
    case 'save_support':
      return [withBundle(state, { phase: 'ready', saved: msg.response })];
  }
}

/** @param {State} state @param {Refused} msg @returns {State} */
export function onSupportRefusal(state, msg) {
  const error = msg.error.message;
  if (msg.command === 'prepare_support') return withBundle(state, { phase: 'refused', error });
  // Only what is still looked at.
  if (msg.command === 'support_content') return msg.tag === state.support.bundle?.name ? withBundle(state, { name: null, error }) : state;
  return withBundle(state, { phase: 'ready', error });
}

/** @param {State} state @param {State['support']['summary']} summary @returns {State} */
function withSummary(state, summary) {
  return { ...state, support: { ...state.support, summary } };
}

/** @param {State} state @param {Partial<BundleState>} changes @returns {State} */
function withBundle(state, changes) {
  const { bundle } = state.support;
  return bundle ? { ...state, support: { ...state.support, bundle: { ...bundle, ...changes } } } : state;
}
