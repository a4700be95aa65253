import assert from 'node:assert/strict';
import { test } from 'node:test';
import { initialState } from '../../ui/js/state.js';
import { update } from '../../ui/js/update.js';
import { shell } from '../../ui/js/views/shell.js';
import { appState, NOW, statuses } from './scenarios.js';
import { CONTENT, saved, SUMMARY, supportBundle } from './support-samples.js';
import { byTestId, textOf, words } from './support.js';

const tell = (state, ...messages) => messages.reduce((each, msg) => update(each, msg)[0], state);
const onProblems = () => tell(initialState('en', NOW), { type: 'event', event: { type: 'state', state: appState('en', { status: statuses('en').broken }) }, now: NOW }, { type: 'navigated', page: 'problems' });
const DIRECTORY = onProblems().package.directory;
const answered = (command, response, tag) => ({ type: 'answered', command, response, tag, now: NOW });
const refused = (command, message, tag) => ({ type: 'refused', command, tag, now: NOW, error: { code: 'not-redacted', category: 'unknown', params: {}, message } });
const asked = () => tell(onProblems(), { type: 'support-bundle-clicked' });
const prepared = () => tell(asked(), answered('prepare_support', supportBundle(), DIRECTORY));
const calls = ([, ...effects]) => effects.map((effect) => effect.command ?? effect.type);
const drawn = (state) => shell(state, words.en);
const one = (state, testid) => {
  const found = byTestId(drawn(state), testid);
  assert.equal(found.length, 1, testid);
  return found[0];
};

test('the summary is asked for and copied, and that is said where it was clicked', () => {
  const [asking, ...effects] = update(onProblems(), { type: 'support-copy-clicked' });
  assert.deepEqual(effects, [{ type: 'copy-summary' }]);
  assert.equal(one(asking, 'copy-for-support').props.disabled, true);
  const copied = tell(asking, { type: 'support-copied', done: true, text: SUMMARY.text });
  assert.match(textOf(one(copied, 'support-said')), /^Copied\./);
  assert.deepEqual(byTestId(drawn(copied), 'support-summary'), []);
});

test('what could not be copied is shown, and copied by the next click without being asked for again', () => {
  const shown = tell(onProblems(), { type: 'support-copy-clicked' }, { type: 'support-copied', done: false, text: SUMMARY.text });
  assert.equal(textOf(one(shown, 'support-summary')), textOf({ type: 'pre', props: {}, children: [SUMMARY.text] }));
  assert.deepEqual(update(shown, { type: 'support-copy-clicked' }).slice(1), [{ type: 'copy-text', text: SUMMARY.text }]);
});

test('a summary that is refused is a notice, and can be asked for again', () => {
  const state = tell(onProblems(), { type: 'support-copy-clicked' }, refused('support_summary', 'Said so.'));
  assert.equal(state.notice.message, 'Said so.');
  assert.equal(one(state, 'copy-for-support').props.disabled, false);
});

test('a bundle is collected without names of hosts, and says for how long and what for', () => {
  const [state, ...effects] = update(onProblems(), { type: 'support-bundle-clicked' });
  assert.deepEqual(effects, [{ type: 'call', command: 'prepare_support', request: { package: null, includeHostNames: false }, tag: DIRECTORY }]);
  assert.match(textOf(one({ ...state, now: NOW + 7000 }, 'support-collecting')), /7 s so far/);
  assert.equal(one(state, 'support-save').props.disabled, true);
});

test('every file can be looked at, with what was taken out of it', () => {
  const state = prepared();
  const files = byTestId(drawn(state), 'support-file');
  assert.deepEqual(files.map((file) => file.props['data-file']), supportBundle().files.map((file) => file.name));
  const [looking, ...effects] = update(state, files[0].props.onClick);
  assert.deepEqual(effects, [{ type: 'call', command: 'support_content', request: { name: 'versions.json' }, tag: 'versions.json' }]);
  const late = tell(looking, answered('support_content', { name: 'plan.json', text: 'another' }, 'plan.json'));
  assert.equal(late.support.bundle.content, null, 'an answer for a file nobody looks at any more');
  const open = tell(looking, answered('support_content', CONTENT, 'versions.json'));
  assert.match(textOf(one(open, 'support-content')), /"quayside": "1\.0\.0"/);
});

test('the report names kinds in words, what is weak, and what could not be had', () => {
  const state = prepared();
  assert.match(textOf(one(state, 'support-report')), /passwords in addresses 3 .*host names 31/);
  assert.match(textOf(one(state, 'support-weak')), /One password is too short/);
  assert.match(textOf(one(state, 'support-gaps')), /acme-erp-search-1\.json No such container/);
});

test('leaving names of hosts readable collects anew', () => {
  const result = update(prepared(), { type: 'support-hosts-switched' });
  assert.deepEqual(result[1].request, { package: null, includeHostNames: true });
  assert.equal(result[0].support.bundle.prepared, null, 'what was hidden before is not shown as what will be written');
  const again = tell(result[0], answered('prepare_support', supportBundle(true), DIRECTORY));
  assert.equal(one(again, 'support-hosts').props['aria-checked'], 'true');
  assert.deepEqual(calls(update(result[0], { type: 'support-hosts-switched' })), [], 'not while it is collected');
});

test('it is written where the person chooses, and says where', () => {
  const [saving, ...effects] = update(prepared(), { type: 'support-save-clicked' });
  assert.deepEqual(effects, [{ type: 'call', command: 'save_support', request: undefined }]);
  assert.deepEqual(calls(update(saving, { type: 'support-save-clicked' })), [], 'one dialog at a time');
  const written = tell(saving, answered('save_support', saved()));
  assert.equal(textOf(one(written, 'support-saved')), 'Saved: /home/ops/quayside-support.zip (184 kB)');
  const changed = tell(saving, answered('save_support', null));
  assert.deepEqual([changed.support.bundle.phase, byTestId(drawn(changed), 'support-saved')], ['ready', []]);
  const full = tell(saving, refused('save_support', 'The disk is full.'));
  assert.match(textOf(one(full, 'support-error')), /The disk is full/);
  assert.equal(one(full, 'support-save').props.disabled, false);
});

test('when secrets could not be taken out it says so, and there is nothing to save', () => {
  const state = tell(asked(), refused('prepare_support', 'Nothing was written.', DIRECTORY));
  assert.match(textOf(one(state, 'support-error')), /Nothing was written/);
  assert.deepEqual([byTestId(drawn(state), 'support-save'), byTestId(drawn(state), 'support-file')], [[], []]);
  assert.deepEqual(calls(update(state, { type: 'support-save-clicked' })), []);
  assert.deepEqual(calls(update(state, one(state, 'support-again').props.onClick)), ['prepare_support']);
});

test('one bundle at a time: what is on its way when the dialog is closed is waited for when it is opened', () => {
  const closed = tell(asked(), { type: 'support-closed' });
  assert.deepEqual(byTestId(drawn(closed), 'support-dialog'), []);
  const opened = update(closed, { type: 'support-bundle-clicked' });
  assert.deepEqual(calls(opened), []);
  assert.equal(one(opened[0], 'support-dialog').props['data-state'], 'collecting');
  assert.deepEqual(calls(update(tell(prepared(), { type: 'support-closed' }), { type: 'support-bundle-clicked' })), ['prepare_support'], 'an old one is not handed on');
});

test('the bundle of the package before this one is not written for it', () => {
  assert.deepEqual(calls(update(asked(), answered('prepare_support', supportBundle(), '/elsewhere'))), []);
  assert.deepEqual(calls(update(prepared(), answered('prepare_support', supportBundle(), '/elsewhere'))), ['prepare_support']);
});

test('a package that cannot be opened has its bundle too, where that is said', () => {
  const path = '/srv/acme-broken';
  const closed = tell(initialState('en', NOW), { type: 'event', event: { type: 'state', state: appState('en', { package: null }) }, now: NOW });
  const opening = tell(closed, { type: 'path-chosen', path });
  const state = tell(opening, { type: 'refused', command: 'open_package', tag: path, now: NOW, error: { code: 'package-invalid', category: 'configuration', params: {}, message: 'Line 3 of it.' } });
  const [collecting, ...effects] = update(state, one(state, 'support-bundle').props.onClick);
  assert.deepEqual(effects, [{ type: 'call', command: 'prepare_support', request: { package: path, includeHostNames: false }, tag: path }]);
  const ready = tell(collecting, answered('prepare_support', supportBundle(), path));
  assert.equal(one(ready, 'support-save').props.disabled, false);
  const packed = { ...state, openError: { ...state.openError, code: 'package-packed' } };
  assert.equal(byTestId(drawn(packed), 'support-bundle').length, 0, 'unpacking is the way on');
});
