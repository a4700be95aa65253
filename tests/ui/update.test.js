import assert from 'node:assert/strict';
import { test } from 'node:test';
import { initialState } from '../../ui/js/state.js';
import { update } from '../../ui/js/update.js';
import { rate } from '../../ui/js/update/operation.js';
import { appState, checkReport, deployEvents, failure, NOW, packageView, planView, statuses, portFix, repairEvents } from './scenarios.js';

const status = statuses('en');
const fresh = () => initialState('en', NOW);
const event = (state, said, now = NOW) => update(state, { type: 'event', event: said, now });
const opened = (parts = {}) => event(fresh(), { type: 'state', state: appState('en', parts) });
const after = (state, ...messages) => messages.reduce((each, msg) => update(each, msg)[0], state);
const calls = (effects) => effects.filter((effect) => effect.type === 'call').map((effect) => effect.command);
const refusal = (command, code = 'unknown', tag) => ({ type: 'refused', command, tag, now: NOW, error: { code, category: 'unknown', params: {}, message: 'Said so.' } });

/** What a check page asks for. */
const LOOKS = ['check', 'plan', 'undo_list'];

test('the page subscribes first and asks nothing else', () => {
  assert.deepEqual(update(fresh(), { type: 'booted' })[1], { type: 'subscribe' });
});

test('without a package it stays at Choose', () => {
  const [state, ...effects] = opened({ package: null });
  assert.deepEqual([state.page, state.step, state.ready, effects], ['install', 'choose', true, []]);
});

test('a package that is not deployed is checked by itself', () => {
  const [state, ...effects] = opened({ status: status['not-deployed'] });
  assert.deepEqual([state.page, state.step, state.check.phase], ['install', 'check', 'running']);
  assert.deepEqual(calls(effects), LOOKS);
});

test('a deployed package opens on its Overview, also when the snapshot comes later', () => {
  assert.equal(opened({ status: status.ready })[0].page, 'overview');
  const [waiting] = opened();
  assert.equal(event(waiting, { type: 'status', status: status.ready })[0].page, 'overview');
});

test('nobody is moved after they have chosen a page', () => {
  const state = after(opened({ status: status['not-deployed'] })[0], { type: 'navigated', page: 'settings' });
  assert.equal(event(state, { type: 'status', status: status.ready })[0].page, 'settings');
});

test('a deployment that is running is shown at once', () => {
  const operation = { operationId: 'op-1', kind: 'deploy', services: [], startedAt: new Date(NOW).toISOString(), events: deployEvents('en', 'images') };
  const [state] = opened({ status: status['not-deployed'], operations: [operation] });
  assert.deepEqual([state.page, state.step], ['install', 'deploy']);
  assert.equal(state.operations[0].steps.find((step) => step.id === 'images').current, 2.31e9);
  assert.equal(Math.round(rate(state.operations[0].samples) / 1e6), 34);
});

test('choosing: the dialog, the folder, the check', () => {
  const [asked, effect] = update(opened({ package: null })[0], { type: 'choose-clicked' });
  assert.equal(effect.command, 'choose_package');
  assert.deepEqual(update(asked, { type: 'choose-clicked' }).length, 1, 'a second click opens no second dialog');
  const [opening, open] = update(asked, { type: 'answered', command: 'choose_package', response: '/media/usb', now: NOW });
  assert.deepEqual([open.command, open.request, opening.opening], ['open_package', { path: '/media/usb' }, true]);
  const [open2, ...effects] = update(opening, { type: 'answered', command: 'open_package', response: packageView(), now: NOW });
  assert.deepEqual([open2.step, open2.opening, calls(effects)], ['check', false, LOOKS]);
});

test('closing the folder dialog changes nothing', () => {
  const state = after(opened({ package: null })[0], { type: 'choose-clicked' }, { type: 'answered', command: 'choose_package', response: null, now: NOW });
  assert.deepEqual([state.step, state.choosing, state.opening], ['choose', false, false]);
});

test('the check is asked for once, whether the full state or the answer comes first', () => {
  const opening = after(opened({ package: null })[0], { type: 'path-chosen', path: '/media/usb' });
  const answer = { type: 'answered', command: 'open_package', response: packageView(), now: NOW };
  const full = { type: 'event', event: { type: 'state', state: appState('en', { status: status['not-deployed'] }) }, now: NOW };
  for (const order of [[answer, full], [full, answer]]) {
    let state = opening;
    const asked = [];
    for (const msg of order) {
      const [next, ...effects] = update(state, msg);
      state = next;
      asked.push(...calls(effects));
    }
    assert.deepEqual(asked, LOOKS);
    assert.equal(state.step, 'check');
  }
});

test('a wrong folder is said on Choose', () => {
  const state = after(opened({ package: null })[0], { type: 'folder-dropped', paths: ['/home/ops/Documents'] }, refusal('open_package', 'package-not-found'));
  assert.deepEqual([state.step, state.openError.code, state.opening], ['choose', 'package-not-found', false]);
});

test('a package named on the command line that cannot be opened is said on Choose', () => {
  const launchError = { code: 'package-not-found', category: 'configuration', params: {}, message: 'Said so.' };
  const [state] = opened({ package: null, launchError });
  assert.deepEqual([state.step, state.openError], ['choose', launchError]);
  assert.equal(opened({ status: status.ready })[0].openError, null);
});

test('something is dragged over, and away again', () => {
  const over = after(fresh(), { type: 'folder-over', over: true });
  assert.equal(over.dragging, true);
  assert.equal(after(over, { type: 'folder-dropped', paths: [] }).dragging, false);
});

test('the report of another package is ignored', () => {
  const [state] = opened({ status: status['not-deployed'] });
  const late = update(state, { type: 'answered', command: 'check', tag: '/elsewhere', response: checkReport('en', false), now: NOW })[0];
  assert.equal(late.check.report, null);
  const right = after(state, { type: 'answered', command: 'check', tag: state.package.directory, response: checkReport('en', true), now: NOW }, { type: 'answered', command: 'plan', tag: state.package.directory, response: planView('en'), now: NOW });
  assert.deepEqual([right.check.phase, right.check.report.verdict, right.check.plan.steps.length], ['done', 'blocked', 5]);
});

test('checking again keeps what was found on the page', () => {
  const [state] = opened({ status: status['not-deployed'] });
  const done = after(state, { type: 'answered', command: 'check', tag: state.package.directory, response: checkReport('en', true), now: NOW });
  const [again, ...effects] = update(done, { type: 'check-clicked' });
  assert.deepEqual([again.check.phase, again.check.report !== null, calls(effects)], ['running', true, LOOKS]);
});

test('a check that fails says why', () => {
  const [state] = opened({ status: status['not-deployed'] });
  assert.deepEqual(update(state, refusal('check', 'engine-hung', state.package.directory))[0].check.error.message, 'Said so.');
});

test('deploying: the call, the focus, the page', () => {
  const [state, call, focus] = update(opened({ status: status['not-deployed'] })[0], { type: 'deploy-clicked' });
  assert.deepEqual([state.step, call.command, focus.type], ['deploy', 'deploy', 'focus']);
});

test('a refused deployment goes back to the check with a warning', () => {
  const state = after(opened({ status: status['not-deployed'] })[0], { type: 'deploy-clicked' }, refusal('deploy', 'operation-in-progress'));
  assert.deepEqual([state.step, state.notice.severity, state.notice.action], ['check', 'warning', 'show-operation']);
});

test('that something else is being done is said until it is over, whoever does it', () => {
  const [ready] = opened({ status: status.ready });
  const refused = after(ready, refusal('restart', 'operation-in-progress'));
  // Another process: nobody tells when it ends, so it is asked every two seconds, and only then.
  const [asked, ask] = update(refused, { type: 'tick', now: NOW + 2000 });
  assert.deepEqual(calls([ask]), ['is_busy']);
  assert.ok(!calls(update(asked, { type: 'tick', now: NOW + 3000 }).slice(1)).includes('is_busy'));
  assert.ok(!calls(update(ready, { type: 'tick', now: NOW + 2000 }).slice(1)).includes('is_busy'), 'nobody was told anything');
  const answer = (response) => ({ type: 'answered', command: 'is_busy', response, now: NOW });
  assert.equal(after(asked, answer(true)).notice.code, 'operation-in-progress');
  assert.equal(after(asked, answer(false)).notice, null);
  const other = after(asked, refusal('stop', 'no-package'), answer(false));
  assert.equal(other.notice.code, 'no-package', 'what else was said stays');
  // This window: its end is told.
  const told = (said) => event(ready, { type: 'operation', operationId: 'op-3', kind: 'restart', event: said })[0];
  const [planned, ...rest] = repairEvents('en', 'restart');
  const running = after(told(planned), refusal('stop', 'operation-in-progress'));
  assert.ok(!calls(update(running, { type: 'tick', now: NOW + 2000 }).slice(1)).includes('is_busy'));
  assert.equal(after(running, answer(false)).notice.code, 'operation-in-progress');
  const [done] = event(running, { type: 'operation', operationId: 'op-3', kind: 'restart', event: rest.at(-1) });
  assert.equal(done.notice, null);
});

test('events of an operation are folded into steps, bytes and log', () => {
  let [state] = opened({ status: status['not-deployed'] });
  state = after(state, { type: 'deploy-clicked' });
  deployEvents('en', 'images').forEach((each, index) => {
    [state] = event(state, { type: 'operation', operationId: 'op-1', kind: 'deploy', event: each }, NOW + index * 1000);
  });
  const [operation] = state.operations;
  assert.deepEqual(operation.steps.map((step) => step.state), ['done', 'done', 'done', 'running', 'planned', 'planned', 'planned', 'planned', 'planned']);
  assert.equal(operation.startedAt, NOW);
  assert.equal(operation.log.filter((entry) => entry.step === 'images').length, 1, 'a message that stays the same is written once');
});

test('the rate is taken from the last seconds and forgets a new start', () => {
  assert.equal(rate([]), null);
  assert.equal(rate([{ seconds: 1, current: 5 }]), null);
  assert.equal(rate([{ seconds: 1, current: 0 }, { seconds: 3, current: 200 }]), 100);
});

test('the end of an operation makes an earlier check stale and closes its question', () => {
  const finished = { type: 'finished', outcome: 'failed', checks: [], status: null, failure: failure('en', 'images'), diagnoses: [], images: null, tags: null, directories: null, seconds: 3 };
  let [state] = opened({ status: status['not-deployed'] });
  [state] = event(state, { type: 'operation', operationId: 'op-1', kind: 'deploy', event: deployEvents('en', 'images')[0] });
  state = after(state, { type: 'deploy-clicked' }, { type: 'cancel-asked', operationId: 'op-1' });
  [state] = event(state, { type: 'operation', operationId: 'op-1', kind: 'deploy', event: finished });
  assert.deepEqual([state.dialog, state.check.phase, state.operations[0].finished.outcome], [null, 'idle', 'failed']);
  assert.deepEqual(calls(update(state, { type: 'step-chosen', step: 'check' }).slice(1)), LOOKS);
});

test('cancelling asks first and then waits for the end', () => {
  let [state] = opened({ status: status['not-deployed'], operations: [{ operationId: 'op-1', kind: 'deploy', services: [], startedAt: new Date(NOW).toISOString(), events: deployEvents('en', 'images') }] });
  state = after(state, { type: 'cancel-asked', operationId: 'op-1' });
  assert.equal(state.dialog.kind, 'cancel');
  const [cancelling, effect] = update(state, { type: 'dialog-confirmed' });
  assert.deepEqual([effect.command, effect.request, cancelling.operations[0].cancelling, cancelling.dialog], ['cancel', { operationId: 'op-1' }, true, null]);
});

test('a reloaded page sees an operation that ended', () => {
  const operation = { operationId: 'op-1', kind: 'deploy', services: [], startedAt: new Date(NOW).toISOString(), events: deployEvents('en', 'ready', { outcome: 'partly-ready', failure: failure('en', 'search') }) };
  const [state] = opened({ status: status.partly, operations: [operation] });
  assert.equal(state.operations[0].finishedAt, NOW + 232_000);
});

test('lifecycle: which call each answer makes', () => {
  const [state] = opened({ status: status.ready });
  const confirmed = (msg) => update(after(state, msg), { type: 'dialog-confirmed' })[1];
  assert.deepEqual(confirmed({ type: 'stop-all-asked' }), { type: 'call', command: 'stop', request: { services: [], waitTimeout: null } });
  assert.deepEqual(confirmed({ type: 'restart-all-asked' }), { type: 'call', command: 'restart', request: { services: [], waitTimeout: null } });
  assert.deepEqual(confirmed({ type: 'stop-service-asked', service: 'api' }), { type: 'call', command: 'stop', request: { services: ['api'], waitTimeout: null } });
  assert.deepEqual(confirmed({ type: 'remove-asked' }), { type: 'call', command: 'remove', request: undefined });
  assert.deepEqual(update(state, { type: 'start-clicked', services: [] })[1], { type: 'call', command: 'start', request: { services: [], waitTimeout: null } });
  const [asked, restart] = update(after(state, { type: 'menu-toggled', service: 'api' }), { type: 'restart-service-clicked', service: 'api' });
  assert.deepEqual([restart, asked.menu, asked.asked], [{ type: 'call', command: 'restart_container', request: { containerName: 'api' } }, null, ['api']]);
  for (const [type, command] of [['load-images-clicked', 'load_images'], ['setup-tags-clicked', 'setup_tags'], ['check-mount-dirs-clicked', 'check_mount_dirs']]) {
    assert.equal(update(state, { type })[1].command, command);
  }
  assert.deepEqual(after(state, { type: 'stop-all-asked' }, { type: 'dialog-dismissed' }).dialog, null);
  assert.deepEqual(update(state, { type: 'dialog-confirmed' }).length, 1);
});

test('engine gone: the last connected snapshot is kept', () => {
  const [state] = opened({ status: status.ready });
  const [gone] = event(state, { type: 'status', status: status.gone });
  assert.equal(gone.lastSeen.verdict, 'ready');
  const [tried, effect] = update(gone, { type: 'look-clicked' });
  assert.deepEqual([effect.command, tried.looking], ['status', true]);
  assert.equal(after(tried, { type: 'answered', command: 'status', response: status.ready, now: NOW }).looking, false);
  assert.equal(after(tried, refusal('status')).looking, false);
});

test('cards are grouped when the page is opened and on request, not while somebody looks', () => {
  const [state] = opened({ status: status.ready });
  assert.deepEqual(state.overview.attention, []);
  const [worse] = event(state, { type: 'status', status: status.broken });
  assert.deepEqual(worse.overview.attention, []);
  assert.deepEqual(after(worse, { type: 'group-clicked' }).overview.attention, ['api', 'worker', 'mariadb']);
  assert.deepEqual(after(worse, { type: 'navigated', page: 'overview' }).overview.attention, ['api', 'worker', 'mariadb']);
});

test('overview tools', () => {
  const state = after(opened({ status: status.many })[0], { type: 'search-typed', value: 'crm' }, { type: 'filter-chosen', filter: 'working' }, { type: 'layout-chosen', compact: false });
  assert.deepEqual([state.overview.search, state.overview.filter, state.overview.compact], ['crm', 'working', false]);
  assert.equal(after(state, { type: 'search-typed' }).overview.search, '');
  assert.equal(after(state, { type: 'menu-toggled', service: 'x' }, { type: 'menu-toggled', service: 'x' }).menu, null);
  assert.equal(after(state, { type: 'menu-toggled', service: 'x' }, { type: 'menu-closed' }).menu, null);
});

test('package details ask for what they show, and say what could not be asked', () => {
  const [state, ...effects] = update(opened({ status: status.ready })[0], { type: 'navigated', page: 'details' });
  assert.deepEqual(calls(effects), ['arch_info', 'list_images', 'mount_directories']);
  const filled = after(state, { type: 'answered', command: 'arch_info', response: { host: 'linux/amd64' }, now: NOW }, { type: 'answered', command: 'list_images', response: { images: [] }, now: NOW },
    { type: 'answered', command: 'mount_directories', response: { directories: [] }, now: NOW }, refusal('arch_info'));
  assert.deepEqual([filled.details.arch.host, filled.details.images.images, filled.details.errors], ['linux/amd64', [], { arch_info: 'Said so.' }]);
});

test("the vendor's picture is asked for once per package, and a letter stands in for it", () => {
  const pictured = appState('en', { package: { ...packageView(), icon: '/p/logo.png' }, status: status.ready });
  const [state, ...effects] = event(fresh(), { type: 'state', state: pictured });
  assert.deepEqual(calls(effects), ['resource_figures', 'package_icon']);
  assert.equal(state.icon, null);
  const shown = after(state, { type: 'answered', command: 'package_icon', response: { url: 'data:image/png;base64,AA==' }, now: NOW });
  assert.equal(shown.icon, 'data:image/png;base64,AA==');
  const [again, ...more] = event(shown, { type: 'state', state: pictured });
  assert.deepEqual([again.icon, calls(more)], [shown.icon, []]);
  const other = appState('en', { package: { ...packageView(), directory: '/other' }, status: status.ready });
  assert.equal(event(shown, { type: 'state', state: other })[0].icon, null);
  assert.equal(after(state, refusal('package_icon')).icon, null);
});

test('after loading images the details are asked for again', () => {
  let state = after(opened({ status: status.ready })[0], { type: 'navigated', page: 'details' }, { type: 'load-images-clicked' });
  const done = { type: 'finished', outcome: 'done', checks: [], status: null, failure: null, diagnoses: [], images: [], tags: null, directories: null, seconds: 3 };
  const [, ...effects] = event(state, { type: 'operation', operationId: 'op-3', kind: 'load-images', event: done });
  assert.deepEqual(calls(effects), ['arch_info', 'list_images', 'mount_directories']);
});

test('logs: followed when opened, stopped when left, late answers stopped', () => {
  const [state] = opened({ status: status.ready });
  const [open, ...effects] = update(state, { type: 'navigated', page: 'logs' });
  assert.deepEqual(effects.map((effect) => effect.type), ['forget-logs', 'follow-logs']);
  const followed = after(open, { type: 'logs-followed', turn: open.logs.turn, stream: 7 });
  assert.equal(followed.logs.stream, 7);
  const [left, stop] = update(followed, { type: 'navigated', page: 'overview' });
  assert.deepEqual([stop.command, stop.request, left.logs.open], ['stop_logs', 7, false]);
  const [, late] = update(left, { type: 'logs-followed', turn: open.logs.turn, stream: 8 });
  assert.deepEqual([late.command, late.request], ['stop_logs', 8]);
  assert.equal(after(followed, { type: 'logs-ended', turn: open.logs.turn }).logs.ended, true);
  assert.equal(after(followed, { type: 'logs-ended', turn: 0 }).logs.ended, false);
  assert.equal(after(followed, refusal('follow_logs')).logs.ended, true);
});

test('logs: choosing services starts the stream anew', () => {
  const open = after(opened({ status: status.ready })[0], { type: 'logs-of', service: 'api' });
  assert.deepEqual([open.page, open.logs.services], ['logs', ['api']]);
  const both = after(open, { type: 'log-service-toggled', service: 'web' });
  assert.deepEqual(both.logs.services, ['web', 'api'], 'in Compose order');
  assert.deepEqual(after(both, { type: 'log-service-toggled', service: 'web' }).logs.services, ['api']);
  assert.deepEqual(after(both, { type: 'log-all-chosen' }).logs.services, []);
  assert.deepEqual(after(both, { type: 'log-all-chosen' }, { type: 'log-service-toggled', service: 'redis' }).logs.services, ['redis']);
});

test('logs: searching', () => {
  const state = after(opened({ status: status.ready })[0], { type: 'navigated', page: 'logs' }, { type: 'log-search-typed', value: 'denied' });
  assert.equal(state.logs.query, 'denied');
  assert.deepEqual(update(state, { type: 'log-search-keyed', key: 'Enter' })[1], { type: 'move-in-logs', by: 1 });
  assert.deepEqual(update(state, { type: 'log-search-keyed', key: 'Enter', shift: true })[1], { type: 'move-in-logs', by: -1 });
  assert.deepEqual(update(state, { type: 'log-match-moved', by: 1 })[1], { type: 'move-in-logs', by: 1 });
  assert.equal(after(state, { type: 'log-search-keyed', key: 'Escape' }).logs.query, '');
  assert.equal(update(state, { type: 'log-search-keyed', key: 'a' }).length, 1);
  assert.equal(after(state, { type: 'log-follow-chosen', on: false }).logs.counts.following, false);
  assert.equal(after(state, { type: 'log-counted', detail: { ...state.logs.counts, kept: 9 } }).logs.counts.kept, 9);
  assert.equal(update(state, { type: 'log-counted' })[0], state);
});

test('settings are saved whole', () => {
  const [state] = opened({ status: status.ready });
  const [dark, effect] = update(state, { type: 'theme-chosen', theme: 'dark' });
  assert.deepEqual([effect.command, effect.request.theme, effect.request.recent, dark.settings.theme], ['save_settings', 'dark', state.settings.recent, 'dark']);
  assert.equal(update(state, { type: 'language-chosen', value: 'zh-CN' })[1].request.language, 'zh-CN');
  assert.equal(update(state, { type: 'language-chosen', value: '' })[1].request.language, null);
  assert.equal(after(state, { type: 'answered', command: 'save_settings', response: { ...state.settings, theme: 'light' }, now: NOW }).settings.theme, 'light');
});

test('another language asks again for sentences that were already rendered', () => {
  const [state] = opened({ status: status['not-deployed'] });
  const checked = after(state, { type: 'answered', command: 'check', tag: state.package.directory, response: checkReport('en', true), now: NOW });
  const [, ...effects] = event(checked, { type: 'state', state: appState('zh-CN', { status: statuses('zh-CN')['not-deployed'] }) });
  assert.deepEqual(calls(effects), LOOKS);
});

test('a fix is asked for only by the button under its preview, and the check looks again afterwards', () => {
  const [state] = opened({ status: status['not-deployed'] });
  const fix = portFix('en', 8080);
  const [asked, ...none] = update(state, { type: 'fix-asked', fix });
  assert.deepEqual([asked.dialog, calls(none)], [{ kind: 'fix', fix }, []]);
  assert.deepEqual(calls(update(asked, { type: 'dialog-dismissed' }).slice(1)), []);
  const [going, effect] = update(asked, { type: 'dialog-confirmed' });
  assert.deepEqual([going.dialog, effect.command, effect.request], [null, 'fix', { id: fix.id, agreed: true }]);
  const finished = repairEvents('en', 'fix').at(-1);
  const [, ...effects] = event(going, { type: 'operation', operationId: 'op-9', kind: 'fix', event: finished });
  assert.deepEqual(calls(effects), LOOKS);
  const entry = { id: fix.id, effect: fix.effect, at: new Date(NOW).toISOString() };
  assert.equal(update(after(state, { type: 'undo-asked', entry }), { type: 'dialog-confirmed' })[1].command, 'undo');
});

test('typed values are saved together and a secret is forgotten at once', () => {
  const [state] = opened({ status: status['not-deployed'] });
  assert.deepEqual(calls(update(state, { type: 'values-saved' }).slice(1)), [], 'nothing typed, nothing saved');
  const typed = after(state, { type: 'value-typed', key: 'DB_PASSWORD', value: 'se' }, { type: 'value-typed', key: 'DB_PASSWORD', value: 'secret' }, { type: 'value-typed', key: 'URL', value: 'u' });
  const [saved, effect] = update(typed, { type: 'values-saved' });
  assert.deepEqual([effect.command, effect.request], ['save_values', { values: [{ key: 'DB_PASSWORD', value: 'secret' }, { key: 'URL', value: 'u' }] }]);
  assert.deepEqual(saved.check.typed, {});
});

test('small ones', () => {
  const [state] = opened({ status: status.ready, interrupted: { operationId: 'op-0', kind: 'deploy', step: 'images', startedAt: new Date(NOW).toISOString() } });
  assert.equal(update(state, { type: 'tick', now: 5 })[0].now, 5);
  assert.equal(after(state, { type: 'drawer-toggled' }).drawer, true);
  assert.deepEqual(update(state, { type: 'link-clicked', url: 'http://localhost/' })[1].request, { url: 'http://localhost/' });
  assert.equal(update(state, { type: 'interrupted-dismissed' })[1].command, 'dismiss_interrupted');
  assert.equal(after(state, { type: 'answered', command: 'dismiss_interrupted', response: null, now: NOW }).interrupted, null);
  assert.equal(after(state, { type: 'result-put-away', operationId: 'op-4' }).putAway, 'op-4');
  const noticed = after(state, refusal('restart', 'operation-in-progress'));
  assert.equal(after(noticed, { type: 'notice-dismissed' }).notice, null);
  assert.equal(after(noticed, { type: 'notice-acted' }).page, 'overview');
  const deploying = event(noticed, { type: 'operation', operationId: 'op-1', kind: 'deploy', event: deployEvents('en', 'images')[0] })[0];
  assert.equal(after(deploying, { type: 'notice-acted' }).step, 'deploy');
  assert.equal(after(after(state, refusal('stop', 'no-package')), { type: 'notice-acted' }).step, 'choose');
  assert.equal(after(state, { type: 'answered', command: 'open_link', response: null, now: NOW }), state);
});

test('a log that could not be had begins when there is an engine again, and one that comes is left alone', () => {
  const logs = after(opened({ status: status.ready })[0], { type: 'navigated', page: 'logs' });
  const wanted = (effects) => effects.filter((effect) => effect.type === 'follow-logs').length;
  const refused = after(logs, refusal('follow_logs'));
  const [waiting, ...nothing] = event(refused, { type: 'status', status: status.gone });
  assert.deepEqual([waiting.logs.ended, wanted(nothing)], [true, 0]);
  const [following, ...effects] = event(waiting, { type: 'status', status: status.ready });
  assert.deepEqual([following.logs.ended, wanted(effects)], [false, 1]);
  const [, ...again] = event(logs, { type: 'status', status: status.ready });
  assert.equal(wanted(again), 0);
});
