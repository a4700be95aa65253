import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { problemCount } from '../../ui/js/select.js';
import { initialState } from '../../ui/js/state.js';
import { update } from '../../ui/js/update.js';
import { shell } from '../../ui/js/views/shell.js';
import { limits, nothing, ownerProblem, owners, ports, several } from './problem-samples.js';
import { appState, deployEvents, failure, NOW, packageView, repairEvents, statuses } from './scenarios.js';
import { byTestId, textOf, words } from './support.js';

const status = statuses('en');
const event = (state, said, now = state.now) => update(state, { type: 'event', event: said, now });
const opened = (parts = {}) => event(initialState('en', NOW), { type: 'state', state: appState('en', parts) })[0];
const after = (state, ...messages) => messages.reduce((each, msg) => update(each, msg)[0], state);
const asked = (effects) => effects.filter((effect) => effect.command === 'diagnose' || effect.command === 'explain_text');
const answer = (state, response, now = state.now) => update(state, { type: 'answered', command: 'diagnose', tag: state.package.directory, response, now })[0];
const looking = (state) => after(state, { type: 'navigated', page: 'problems' });
/** Time goes by in ticks, as it does; answers what was asked meanwhile. */
function wait(state, seconds) {
  const effects = [];
  for (let second = 0; second < seconds; second += 1) {
    const [next, ...more] = update(state, { type: 'tick', now: state.now + 1000 });
    state = next;
    effects.push(...asked(more));
  }
  return [state, effects];
}

test('the page looks when it is opened, and again when asked, once at a time', () => {
  const [state, ...effects] = update(opened({ status: status.ready }), { type: 'navigated', page: 'problems' });
  assert.deepEqual(asked(effects).map((effect) => [effect.command, effect.request, effect.tag]), [['diagnose', { service: null }, state.package.directory]]);
  assert.equal(state.problems.phase, 'running');
  assert.deepEqual(asked(update(state, { type: 'problems-look-clicked' }).slice(1)), []);
  const done = answer(state, owners('en'));
  assert.equal(done.problems.phase, 'done');
  assert.equal(asked(update(done, { type: 'problems-look-clicked' }).slice(1)).length, 1);
});

test('without a package nothing is looked at, and a text can be asked about', () => {
  const [state, ...effects] = update(opened({ package: null }), { type: 'navigated', page: 'problems' });
  assert.deepEqual([state.page, asked(effects)], ['problems', []]);
  assert.match(textOf(shell(state, words.en)), /Open a package to have its services looked at/);
  const [running, call] = update(after(state, { type: 'problems-text-typed', value: 'port is already allocated' }), { type: 'problems-text-clicked' });
  assert.deepEqual([call.command, call.request], ['explain_text', { text: 'port is already allocated' }]);
  assert.equal(byTestId(shell(running, words.en), 'explain-ask')[0].props.disabled, true);
});

test('a text: nothing is asked of an empty one, a late answer of another is ignored, and it can be cleared', () => {
  const state = looking(opened({ status: status.ready }));
  assert.deepEqual(update(after(state, { type: 'problems-text-typed', value: ' \n' }), { type: 'problems-text-clicked' }).slice(1), []);
  const running = after(state, { type: 'problems-text-typed', value: 'new' }, { type: 'problems-text-clicked' });
  const late = update(running, { type: 'answered', command: 'explain_text', tag: 'old', response: ports('en'), now: NOW })[0];
  assert.equal(late.problems.text.report, null);
  const done = update(running, { type: 'answered', command: 'explain_text', tag: 'new', response: nothing(), now: NOW })[0];
  assert.match(textOf(byTestId(shell(done, words.en), 'explained')), /no error in this text that Quayside knows/);
  const [cleared, focus] = update(done, { type: 'problems-text-cleared' });
  assert.deepEqual([cleared.problems.text.report, cleared.problems.text.typed, focus.type], [null, '', 'focus']);
  const refused = update(running, { type: 'refused', command: 'explain_text', tag: 'new', now: NOW, error: { code: 'evidence', category: 'unknown', params: {}, message: 'Said so.' } })[0];
  assert.deepEqual([refused.problems.text.phase, refused.notice.message], ['idle', 'Said so.']);
});

test('an answer about another package is ignored, and another package begins anew', () => {
  const state = looking(opened({ status: status.ready }));
  const late = update(state, { type: 'answered', command: 'diagnose', tag: '/elsewhere', response: owners('en'), now: NOW })[0];
  assert.equal(late.problems.report, null);
  const other = update(answer(state, owners('en')), { type: 'answered', command: 'open_package', response: { ...packageView(), directory: '/elsewhere' }, now: NOW })[0];
  assert.deepEqual([other.problems.report, other.problems.phase], [null, 'idle']);
});

test('trouble is looked at by itself when it has lasted, once', () => {
  const ready = opened({ status: status.ready });
  assert.equal(ready.problems.due, null);
  const bad = event(ready, { type: 'status', status: status.broken })[0];
  const [soon, early] = wait(bad, 2);
  assert.deepEqual(early, []);
  const [, effects] = wait(soon, 120);
  assert.equal(effects.length, 1);
});

test('trouble that is over at once is not looked at', () => {
  const bad = event(opened({ status: status.ready }), { type: 'status', status: status.broken })[0];
  const over = event(wait(bad, 1)[0], { type: 'status', status: status.ready })[0];
  assert.deepEqual(wait(over, 60)[1], []);
});

test('however often it changes, half a minute lies between two looks of its own', () => {
  let state = answer(wait(event(opened({ status: status.ready }), { type: 'status', status: status.broken })[0], 4)[0], owners('en'));
  const times = [];
  for (let second = 0; second < 90; second += 1) {
    state = event(state, { type: 'status', status: second % 14 < 7 ? status.partly : status.broken })[0];
    const [next, effects] = wait(state, 1);
    state = effects.length > 0 ? answer(next, owners('en')) : next;
    if (effects.length > 0) times.push(second);
  }
  assert.ok(times.length >= 2, times.join());
  times.forEach((time, index) => index > 0 && assert.ok(time - times[index - 1] >= 29, times.join()));
});

test('nothing is looked at while an operation runs or the engine is gone; the end of an operation looks', () => {
  const operation = { operationId: 'op-1', kind: 'deploy', services: [], startedAt: new Date(NOW).toISOString(), events: deployEvents('en', 'ready') };
  const deploying = opened({ status: status.broken, operations: [operation] });
  assert.deepEqual(wait(deploying, 60)[1], []);
  assert.deepEqual(asked(update(deploying, { type: 'navigated', page: 'problems' }).slice(1)), []);
  const gone = event(event(opened({ status: status.ready }), { type: 'status', status: status.broken })[0], { type: 'status', status: status.gone })[0];
  assert.deepEqual(wait(gone, 60)[1], []);
  let state = looking(deploying);
  let effects = [];
  for (const said of deployEvents('en', 'ready', { outcome: 'partly-ready', status: status.partly, failure: failure('en', 'search'), diagnoses: limits('en').diagnoses })) {
    const [next, ...more] = event(state, { type: 'operation', operationId: 'op-1', kind: 'deploy', event: said });
    state = next;
    effects = [...effects, ...asked(more)];
  }
  assert.deepEqual([state.problems.report.diagnoses[0].id, effects.length, state.problems.phase], ['host.vm_max_map_count', 1, 'running'], 'what it found is shown while it is looked again');
});

test('the badge counts what was found, and what is in trouble without a finding', () => {
  const broken = opened({ status: status.broken });
  assert.equal(problemCount(broken), 3);
  const found = answer(looking(broken), owners('en'));
  assert.equal(problemCount(found), 1, 'one problem stops three services');
  assert.equal(problemCount(answer(looking(broken), several('en'))), 3);
  assert.equal(problemCount(answer(looking(broken), limits('en'))), 4, 'the finding is about none of the three');
  const well = event(found, { type: 'status', status: status.ready })[0];
  assert.equal(problemCount(well), 0, 'its service works again');
});

test('Explain shows only what concerns a service, and says how much is left out', () => {
  const [state, ...effects] = update(opened({ status: status.broken }), { type: 'problems-of', service: 'worker' });
  assert.deepEqual([state.page, state.problems.service, asked(effects).length], ['problems', 'worker', 1]);
  const page = (about) => shell(answer(about, several('en')), words.en);
  assert.deepEqual(byTestId(page(state), 'problem').map((problem) => problem.props['data-class']), ['perm.data_dir_owner', 'unknown']);
  assert.match(textOf(byTestId(page(state), 'problems-only')), /Only what concerns worker is shown\. 1 other problem is not\. Show all problems/);
  const all = update(state, { type: 'problems-of', service: null })[0];
  assert.equal(byTestId(page(all), 'problem').length, 3);
  const none = byTestId(shell(answer({ ...state, status: status.ready, problems: { ...state.problems, service: 'redis' } }, nothing()), words.en), 'no-problems')[0];
  assert.match(textOf(none), /No problem found with redis/);
});

test('a fix is for a problem: afterwards it is looked again and said whether it is gone', () => {
  const problem = ownerProblem('en');
  const state = answer(looking(opened({ status: status.broken })), owners('en'));
  const [button] = byTestId(shell(state, words.en), 'apply-fix');
  const dialog = after(state, button.props.onClick);
  assert.equal(byTestId(shell(dialog, words.en), 'fix-preview').length, 1);
  assert.equal(dialog.problems.repaired, null, 'nothing was done yet');
  const [begun, fix] = update(dialog, { type: 'dialog-confirmed' });
  assert.deepEqual([fix.command, fix.request, begun.problems.repaired.id], ['fix', { id: problem.fixes[0].id, agreed: true }, problem.id]);
  let next = { ...begun, now: NOW + 2000 };
  let effects = [];
  for (const said of repairEvents('en', 'fix')) {
    const [then, ...more] = event(next, { type: 'operation', operationId: 'op-9', kind: 'fix', event: said });
    next = then;
    effects = [...effects, ...asked(more)];
  }
  assert.equal(effects.length, 1, 'looked again by itself');
  const compared = (report) => byTestId(shell(answer(next, report, NOW + 4000), words.en), 'problem-compared')[0];
  assert.equal(compared(nothing()).props['data-now'], 'gone');
  assert.equal(compared(owners('en')).props['data-now'], 'waits', 'the log still tells of the time before');
  assert.deepEqual(byTestId(shell(answer(next, owners('en'), NOW + 4000), words.en), 'restart-repaired')[0].props.onClick, { type: 'restart-service-clicked', service: 'mariadb' });
  assert.equal(byTestId(shell(next, words.en), 'problem-compared').length, 0, 'nothing is claimed before it was looked');
});

test('a look that fails says why, and a first look that fails claims nothing', () => {
  const state = looking(opened({ status: status.ready }));
  const failed = update(state, { type: 'refused', command: 'diagnose', tag: state.package.directory, now: NOW, error: { code: 'engine-hung', category: 'unknown', params: {}, message: 'Docker does not answer.' } })[0];
  const empty = byTestId(shell(failed, words.en), 'no-problems')[0];
  assert.equal(empty.props['data-state'], 'unknown');
  assert.match(textOf(empty), /Nothing can be said at the moment Docker does not answer\./);
});

test('in another language what was found is asked for again', () => {
  let state = answer(looking(opened({ status: status.broken })), owners('en'));
  state = update(after(state, { type: 'problems-text-typed', value: 'x' }, { type: 'problems-text-clicked' }), { type: 'answered', command: 'explain_text', tag: 'x', response: ports('en'), now: NOW })[0];
  const [, ...effects] = event(state, { type: 'state', state: appState('zh-CN', { status: status.broken }) });
  assert.deepEqual(asked(effects).map((effect) => effect.command), ['diagnose', 'explain_text']);
});

/** What the library really sends: `tests/integration/wire.rs` keeps it. */
const sent = (language) => JSON.parse(readFileSync(new URL(`../fixtures/wire/diagnoses.${language}.json`, import.meta.url), 'utf8'));

test('what the library really sends is drawn whole, in both languages', () => {
  for (const language of ['en', 'zh-CN']) {
    const report = sent(language);
    const page = shell(answer(looking({ ...opened({ status: status.broken }), language }), report), words[language]);
    const drawn = byTestId(page, 'problem').filter((problem) => problem.props['data-code']);
    assert.deepEqual(drawn.map((problem) => [problem.props['data-class'], problem.props['data-code']]), report.diagnoses.map((each) => [each.id, each.code]));
    report.diagnoses.forEach((each, index) => {
      const text = textOf([drawn[index]]).replaceAll(/\s/g, '');
      for (const said of [each.title, each.why, ...each.steps, ...each.proof.map((line) => line.line)]) assert.ok(text.includes(said.replaceAll(/\s/g, '')), said);
    });
  }
});

test('the canned answers have the keys of those that are sent', () => {
  const [real] = sent('en').diagnoses;
  for (const canned of several('en').diagnoses) assert.deepEqual(Object.keys(canned).sort(), Object.keys(real).sort());
  assert.deepEqual(Object.keys(nothing()).sort(), Object.keys(sent('en')).sort());
});
