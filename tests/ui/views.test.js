import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cargoCard } from '../../ui/js/parts/cargo.js';
import { offlineProof } from '../../ui/js/parts/offline-proof.js';
import { initialState } from '../../ui/js/state.js';
import { update } from '../../ui/js/update.js';
import { shell } from '../../ui/js/views/shell.js';
import { ownerProblem } from './problem-samples.js';
import { NOW, SCENARIOS, checkReport, portFix, scenario } from './scenarios.js';
import { byTestId, elements, pseudo, textOf, words } from './support.js';

/** Messages that stand for the clicks a scenario names; the preview clicks for real. */
const CLICKS = {
  'nav-install': { type: 'navigated', page: 'install' }, 'nav-problems': { type: 'navigated', page: 'problems' }, 'nav-logs': { type: 'navigated', page: 'logs' }, 'nav-settings': { type: 'navigated', page: 'settings' },
  'details-service': { type: 'service-details-asked', service: 'mariadb' },
  'remove-containers': { type: 'remove-asked' }, 'package-title': { type: 'navigated', page: 'details' }, 'service-menu': { type: 'menu-toggled', service: 'web' }, 'stop-all': { type: 'stop-all-asked' }, 'restart-all': { type: 'restart-all-asked' },
  'dialog-confirm': { type: 'dialog-confirmed' }, cancel: { type: 'cancel-asked', operationId: 'op-1' }, 'choose-package': { type: 'choose-clicked' }, deploy: { type: 'deploy-clicked' }, 'show-log': { type: 'drawer-toggled' },
  'copy-for-support': { type: 'support-copy-clicked' }, 'support-bundle': { type: 'support-bundle-clicked' }, 'support-file': { type: 'support-file-chosen', name: 'versions.json' }, 'support-save': { type: 'support-save-clicked' },
  'apply-fix': { type: 'fix-asked', fix: portFix('en', 8080) },
};
/** And for what it types. */
const TYPES = { 'log-search': () => [], 'explain-text': (value) => [{ type: 'problems-text-typed', value }, { type: 'problems-text-clicked' }] };

/** The state a scenario leads to: its events, its clicks, and the answers its calls would get. */
function reach(name, lang = 'en') {
  const chosen = scenario(name, lang);
  let state = initialState(lang, NOW);
  const queue = [{ type: 'event', event: { type: 'state', state: chosen.state }, now: NOW }, ...chosen.clicks.map((click) => CLICKS[click]), ...chosen.then.map((event) => ({ type: 'event', event, now: NOW })),
    ...(chosen.type ? TYPES[chosen.type[0]](chosen.type[1]) : [])];
  while (queue.length > 0) {
    const [next, ...effects] = update(state, queue.shift());
    state = next;
    for (const effect of effects) {
      if (effect.type !== 'call' || chosen.silent.includes(effect.command)) continue;
      const { command, tag } = effect;
      const error = chosen.errors[command];
      queue.push(error ? { type: 'refused', command, tag, error, now: NOW } : { type: 'answered', command, tag, response: chosen.replies[command], now: NOW });
    }
  }
  return state;
}

const view = (name, lang = 'en') => shell(reach(name, lang), words[lang]);
const handles = (name, testid) => byTestId(view(name), testid);
const one = (name, testid) => {
  const found = handles(name, testid);
  assert.equal(found.length, 1, `${testid} in ${name}`);
  return found[0];
};

for (const name of SCENARIOS) {
  test(`${name}: drawn in both languages, same structure, no key left over`, () => {
    const [en, zh] = ['en', 'zh-CN'].map((lang) => view(name, lang));
    assert.deepEqual(elements(en).map((node) => node.type), elements(zh).map((node) => node.type));
    for (const text of [textOf(en), textOf(zh)]) assert.doesNotMatch(text, /\bui-[a-z]|undefined|NaN|\[object/);
  });

  test(`${name}: handlers are messages, nothing is injected, every control has a name`, () => {
    for (const node of elements(view(name))) {
      for (const [prop, value] of Object.entries(node.props)) {
        assert.notEqual(typeof value, 'function', `${node.type} ${prop}`);
        if (/^on/i.test(prop)) assert.equal(typeof value.type, 'string', `${node.type} ${prop}`);
        assert.ok(!['dangerouslySetInnerHTML', 'innerHTML', 'style'].includes(prop), `${node.type} ${prop}`);
      }
      if (node.type === 'button') assert.ok(textOf([node]) || node.props['aria-label'], 'a button without a name');
      if (node.type === 'svg') assert.equal(node.props['aria-hidden'], 'true');
    }
  });

  test(`${name}: no word is written in the views`, () => {
    // Words of the canned data and figures are not the page's own; take them out, then nothing may be left.
    const state = reach(name);
    const data = new Set(JSON.stringify(scenario(name, 'en')).match(/[A-Za-z]+/g));
    const own = textOf(shell(state, pseudo)).replace(/⟦[^⟧]*⟧/g, ' ').match(/[A-Za-z]{2,}/g) ?? [];
    const allowed = new Set(['Quayside', 'English', 'acme', 'erp', 'docker', 'compose', 'yml', 'env', 'images', 'MB', 'GB', 'kB', 'and', 'Nov']);
    assert.deepEqual(own.filter((word) => !data.has(word) && !allowed.has(word)), []);
  });

  test(`${name}: one primary button, one heading of the first order`, () => {
    const nodes = elements(view(name)).filter((node) => node.type !== 'dialog');
    const inDialog = new Set(elements(view(name)).filter((node) => node.type === 'dialog').flatMap((node) => node.children).map((node) => JSON.stringify(node)));
    const primary = nodes.filter((node) => / primary /.test(` ${node.props.class ?? ''} `) && !node.props.disabled && !/^(dialog-confirm|support-(save|again))$/.test(node.props['data-testid']));
    assert.ok(primary.length <= 1, primary.map((node) => textOf([node])).join(' | '));
    assert.equal(nodes.filter((node) => node.type === 'h1').length, 1);
    assert.ok(inDialog.size >= 0);
  });
}

test('the frame has its handles and landmarks', () => {
  for (const testid of ['package-title', 'verdict', 'nav-install', 'nav-overview', 'nav-problems', 'nav-logs', 'nav-settings']) one('overview', testid);
  assert.equal(one('degraded', 'verdict').props['data-verdict'], 'will-not-recover');
  assert.deepEqual(['header', 'nav', 'main'].map((type) => elements(view('overview')).filter((node) => node.type === type && !/card/.test(node.props.class ?? '')).length > 0), [true, true, true]);
});

test('before a package is open, pages about it are off', () => {
  assert.equal(one('choose', 'nav-overview').props.disabled, true);
  assert.equal(one('choose', 'nav-settings').props.disabled, false);
  assert.equal(one('choose', 'nav-problems').props.disabled, false, 'an error text can be asked about');
  assert.equal(handles('choose', 'verdict').length, 0);
});

test('a blocker: open, with what was found and what to do; Deploy is off and says why', () => {
  const rows = handles('blocked', 'check-row');
  assert.deepEqual(rows.slice(0, 2).map((row) => [row.props['data-check'], row.props['data-state'], row.props.open]), [['port.in_use', 'block', true], ['host.memory', 'warn', false]]);
  assert.match(textOf([rows[0]]), /Found nginx, process 812.*Needed port 80 free.*sudo systemctl stop nginx/);
  const deploy = one('blocked', 'deploy');
  assert.equal(deploy.props.disabled, true);
  const reason = elements(view('blocked')).find((node) => node.props.id === deploy.props['aria-describedby']);
  assert.match(textOf([reason]), /Deploy is off: Port 80/);
  assert.match(textOf([one('blocked', 'check-summary')]), /1 thing to fix before deploying.*2 warnings/);
});

test('a fix shows every line it changes before it does, and the safe answer comes first', () => {
  const offered = handles('blocked', 'apply-fix');
  assert.deepEqual(offered.map((each) => [textOf([each]), each.props['data-risk'], each.props.class.includes('primary')]),
    [['Publish web on port 8080 instead of 80: set WEB_PORT in the .env file…', 'confirm', true], ['Publish web on port 8090 instead of 80: set WEB_PORT in the .env file…', 'confirm', false]]);
  const preview = one('fix-preview', 'fix-preview');
  assert.match(textOf([preview]), /\.env:3 WEB_PORT=80 WEB_PORT=8080.*before-quayside/);
  assert.match(textOf([one('fix-preview', 'dialog')]), /It can be put back afterwards/);
});

test('values left open are a small form: secrets hidden, what is set is shown, saved only when something was typed', () => {
  const form = one('blocked', 'settings-form');
  assert.deepEqual([form.props.open, form.props['data-open']], [true, 1]);
  const inputs = handles('blocked', 'value').map((input) => [input.props['data-key'], input.props.type, input.props.value]);
  assert.deepEqual(inputs, [['DB_PASSWORD', 'password', ''], ['PUBLIC_URL', 'text', 'http://erp.local']]);
  assert.equal(one('blocked', 'save-values').props.disabled, true);
  assert.deepEqual(handles('check', 'settings-form'), []);
});

test('after a fix: what was done, the same check before and now, and the way back', () => {
  const [said] = handles('fixed', 'operation-outcome');
  assert.match(textOf([said]), /Done, and checked again Publish web on port 8080.*Before: Port 80 is used.*Now: Port 8080 is free/);
  assert.match(textOf([one('fixed', 'undo-list')]), /Publish web on port 8080 instead of 80/);
  assert.equal(one('fixed', 'undo').props.onClick.type, 'undo-asked');
});

test('without blockers Deploy is on', () => {
  assert.equal(one('check', 'deploy').props.disabled, false);
  assert.equal(textOf([one('check', 'deploy')]), 'Deploy Acme ERP 2.4');
  assert.equal(one('checking', 'deploy').props.disabled, true);
});

test('the offline proof names every service and says a shared file once', () => {
  const table = one('check', 'offline-proof');
  assert.equal(table.props['data-complete'], 'true');
  assert.match(textOf([table]), /7 services, 5 archives, 3\.74 GB\. No internet is needed\..*worker acme\/erp-api:2\.4 images\/erp-api-amd64\.tar same file/);
  assert.match(textOf([one('check', 'plan')]), /Create 3 empty folders.*212 GB are free; loading takes at most 6\.20 GB of it, 3\.70 GB stay.*3 min/);
  const report = checkReport('en', true);
  const asleep = { ...report.offlineProof[0], active: false, verdict: 'missing', integrity: 'missing', sentence: 'Nobody has it.' };
  const [section] = byTestId(offlineProof([...report.offlineProof, { ...asleep, service: 'debug' }], words.en), 'offline-proof');
  assert.equal(section.props['data-complete'], 'true', 'a service that is not started stops nothing');
  assert.match(textOf([section]), /debug not started .*Nobody has it/);
  const [broken] = byTestId(offlineProof([{ ...asleep, active: true }], words.en), 'offline-proof');
  assert.equal(broken.props['data-complete'], 'false');
});

test('deploying: every step in its place, the bar tells the bytes', () => {
  assert.deepEqual(handles('images', 'deploy-step').map((step) => `${step.props['data-step']} ${step.props['data-state']}`),
    ['environment done', 'directories done', 'scripts done', 'images running', 'tags planned', 'ports planned', 'start planned', 'ready planned', 'report planned']);
  const bar = one('images', 'deploy-progress');
  assert.deepEqual([bar.props['aria-valuenow'], bar.props['aria-valuetext'], bar.props.role], ['62', '2.31 GB of 3.70 GB', 'progressbar']);
  assert.equal(bar.props.berths, '405000000:405000000:done 384000000:384000000:unpacking 2100000000:1521000000:sending 812000000:0:waiting');
  assert.equal(one('reloaded', 'deploy-progress').props.berths, bar.props.berths, 'a page that came later is told the same');
  const archives = elements(view('images')).filter((node) => node.type === 'tr' && node.props['data-archive']);
  assert.deepEqual(archives.map((row) => row.props['data-state']), ['done', 'unpacking', 'sending', 'waiting']);
  assert.equal(textOf([archives[1]]), 'erp-web-amd64.tar Unpacking 120 MB in 9 s 384 MB');
  assert.match(textOf(view('images')), /34 MB\/s.*about 41 s/);
  one('images', 'cancel');
});

test('the cargo bar does not reach its end before the last archive is confirmed', () => {
  const step = { id: 'images', title: 'Load images', state: 'running', current: 10e6, total: 10e6, unit: 'bytes', message: null, seconds: 8, at: null };
  const part = { file: 'images/a.tar', current: 10e6, total: 10e6, state: 'unpacking', seconds: 4, unpacked: null };
  const operation = { samples: [{ seconds: 1, current: 1e6 }, { seconds: 7, current: 10e6 }] };
  const card = (parts, state = 'running') => cargoCard(operation, { ...step, state, parts }, 0, words.en);
  const bar = (parts, state) => elements(card(parts, state)).find((node) => node.type === 'cargo-bar').props;
  assert.deepEqual([bar([part])['aria-valuenow'], bar([part]).berths], ['99', '10000000:10000000:unpacking']);
  assert.equal(bar([{ ...part, state: 'done' }], 'done')['aria-valuenow'], '100');
  assert.equal(bar([]).berths, '10000000:10000000:sending', 'what nobody divided is one berth');
  assert.doesNotMatch(textOf(card([part])), /left to hand over|\/s/, 'all is handed over: a time that is left would be made up');
  assert.match(textOf(card([{ ...part, current: 5e6, state: 'sending' }])), /2 MB\/s handed over about 1 s left to hand over/);
  assert.equal(cargoCard(operation, { ...step, total: 0, parts: [] }, 0, words.en), null);
  const waiting = { ...part, file: 'images/b.tar', current: 0, state: 'waiting' };
  assert.match(textOf(card([part, waiting])), /then b\.tar, 10 MB/);
  assert.doesNotMatch(textOf(card([waiting])), /then/, 'what is being begun does not follow itself');
});

test('waiting: one row per service from the live snapshot', () => {
  const rows = handles('waiting', 'service-row');
  assert.deepEqual(rows.map((row) => row.props['data-state']), ['not-created', 'starting', 'running', 'healthy', 'healthy', 'starting', 'completed']);
  assert.equal(rows[0].props['data-display'], 'waiting');
  assert.match(textOf([rows[0]]), /Waiting Waits for api/);
});

test('cancelling says what it leaves, and the safe answer comes first', () => {
  const dialog = one('cancel', 'dialog');
  assert.match(textOf([dialog]), /Cancel the deployment\? Images that are loaded stay loaded/);
  const buttons = elements(view('cancel')).filter((node) => node.type === 'button' && String(node.props['data-testid']).startsWith('dialog-'));
  assert.deepEqual(buttons.map((node) => [node.props['data-testid'], 'data-safe' in node.props]), [['dialog-keep', true], ['dialog-confirm', false]]);
});

test('how a deployment ends', () => {
  const outcomes = { 'outcome-ready': 'ready', 'outcome-partly': 'partly-ready', 'outcome-failed': 'failed', 'outcome-cancelled': 'cancelled', 'outcome-blocked': 'blocked' };
  for (const [name, outcome] of Object.entries(outcomes)) assert.equal(one(name, 'deploy-outcome').props['data-outcome'], outcome);
  assert.match(textOf([one('outcome-ready', 'deploy-outcome')]), /Acme ERP is ready.*Open Acme ERP.*From other computers: http:\/\/192\.168\.10\.24/);
  assert.match(textOf([one('outcome-partly', 'deploy-outcome')]), /Works 6 of 7.*vm\.max_map_count \[ 65530 \] is too low.*First step Set it now.*Show the whole problem Code 123.*Does not work yet 1 of 7.*search/);
  assert.match(textOf([one('outcome-failed', 'problem')]), /no space left on device/);
  assert.match(textOf([one('outcome-cancelled', 'deploy-outcome')]), /Deploy continues from there/);
  assert.equal(handles('outcome-blocked', 'check-row').length, 1);
  assert.equal(one('outcome-partly', 'problem').props['data-class'], 'host.vm_max_map_count');
  assert.deepEqual(one('outcome-partly', 'show-problems').props.onClick, { type: 'navigated', page: 'problems' });
  assert.equal(one('outcome-failed', 'problem').props['data-class'], 'image-load-failed');
  one('outcome-failed', 'deploy-again');
});

test('overview: cards with state, sentence, links and a menu', () => {
  const cards = handles('overview', 'service-card');
  assert.deepEqual(cards.map((card) => `${card.props['data-service']} ${card.props['data-state']}`), ['web healthy', 'api healthy', 'worker running', 'mariadb healthy', 'redis healthy', 'search healthy', 'migrate completed']);
  assert.match(textOf([cards[0]]), /^web Healthy Ready for 3 h 12 min 1 % CPU 84 MB Memory :80$/);
  assert.deepEqual(handles('overview', 'open-link').map((link) => link.props['data-url']), ['http://localhost/', 'http://localhost/', 'http://localhost:8081/']);
  one('menu', 'restart-service');
  assert.deepEqual(['restart-all', 'stop-all', 'start-all'].map((testid) => handles('overview', testid).length), [1, 1, 0]);
  assert.deepEqual(['restart-all', 'stop-all', 'start-all'].map((testid) => handles('stopped', testid).length), [0, 0, 1]);
});

test('the engine pill has the release, not the build', () => {
  assert.equal(textOf([one('overview', 'engine')]), 'Docker 26.1');
  assert.match(textOf([one('details', 'arch-info')]), /26\.1\.5\+dfsg1/);
});

test('overview: trouble is grouped first, with its cause', () => {
  const cards = handles('degraded', 'service-card');
  assert.deepEqual(cards.slice(0, 3).map((card) => card.props['data-service']), ['api', 'worker', 'mariadb']);
  assert.match(textOf([cards[0]]), /Not answering .*because of mariadb/);
});

test('engine gone: the cards stay, greyed, with the time they were last seen', () => {
  const cards = handles('gone', 'service-card');
  assert.equal(cards.length, 7);
  assert.ok(cards.every((card) => card.props['data-display'] === 'out-of-reach'));
  assert.match(textOf([cards[0]]), /Out of reach Was healthy at \d\d:06:09/);
  assert.match(textOf([one('gone', 'engine-banner')]), /lost contact with Docker.*sudo systemctl start docker/);
  assert.equal(one('gone', 'stop-all').props.disabled, true);
});

test('stopping all says the number and that the data stays', () => {
  assert.match(textOf([one('stop-all', 'dialog')]), /Stop all 6 services\?.*All data stays where it is\..*Keep running Stop all/);
});

test('an operation runs: its step and Cancel are on the Overview; a refusal is a warning in words', () => {
  assert.match(textOf([one('restarting', 'operation')]), /Restarting api Restart api: Container acme-erp-api-1 started/);
  one('restarting', 'cancel');
  assert.match(textOf([one('busy', 'notice')]), /Something else is running.*process 4711/);
  assert.ok(!textOf([one('busy', 'notice')]).includes('Show it'), 'what another process does is not shown here');
});

test('a service in trouble leads to why, and only that one', () => {
  assert.deepEqual(handles('degraded', 'explain-service').map((each) => each.props.onClick), ['api', 'worker', 'mariadb'].map((service) => ({ type: 'problems-of', service })));
  assert.equal(handles('overview', 'explain-service').length, 0);
  assert.equal(handles('gone', 'explain-service').length, 0);
  assert.deepEqual(handles('many', 'explain-service').map((each) => each.props['data-service']), ['reports-web', 'stock-sync']);
  const state = update(reach('degraded'), { type: 'menu-toggled', service: 'mariadb' })[0];
  assert.equal(byTestId(shell(state, words.en), 'explain-menu').length, 1);
});

test('many services: compact, searchable, trouble first', () => {
  assert.equal(handles('many', 'service-card').length, 60);
  assert.deepEqual(handles('many', 'service-card').slice(0, 2).map((card) => card.props['data-service']), ['reports-web', 'stock-sync']);
  one('many', 'service-search');
});

test('problems: the failure with its proof, services in trouble, or nothing', () => {
  assert.deepEqual(handles('problems-unexplained', 'problem').map((problem) => problem.props['data-class']), ['crash-looping', 'unhealthy', 'crash-looping']);
  assert.ok(handles('problem-failed', 'problem').some((problem) => problem.props['data-class'] === 'service-failed'));
  assert.match(textOf([handles('problem-failed', 'problem-proof')[0]]), /vm\.max_map_count/);
  assert.match(textOf([one('no-problems', 'no-problems')]), /No problems found Looked at 7 services, their logs and this computer at \d\d:\d\d\. Last look 0 s ago/);
});

test('a problem: its words, proof with its source, steps, fix, what it stops, and its code for the telephone', () => {
  const problem = one('problems', 'problem');
  assert.deepEqual([problem.props['data-class'], problem.props['data-service'], problem.props['data-code']], ['perm.data_dir_owner', 'mariadb', '505']);
  assert.match(textOf([one('problems', 'problem-proof')]), /^How Quayside knows the log of mariadb .*Can't create\/write to file .*looked at just now data\/mariadb belongs to 0:0/);
  const marks = elements(view('problems')).filter((node) => node.type === 'mark').map((node) => textOf([node]));
  assert.ok(marks.includes('Permission denied') && marks.includes('./ddl_recovery.log'), marks.join());
  assert.match(textOf([one('problems', 'problem-steps')]), /^Stop mariadb.* Start mariadb again, then check again\.$/);
  assert.equal(textOf([one('problems', 'problem-explains')]), 'This also keeps api and worker from working.');
  assert.equal(textOf([one('problems', 'problem-code')]), 'Code 505');
  const fix = one('problems', 'apply-fix');
  assert.deepEqual([fix.props.class.includes('primary'), fix.props.onClick.of.id], [true, 'perm.data_dir_owner']);
  assert.match(textOf(view('problems')), /1 problem stops 3 services/);
  assert.equal(textOf([elements(view('problems')).find((node) => node.props.class === 'badge')]), '1');
});

test('many problems keep their order; what is not known says so, with its last words at the end', () => {
  assert.deepEqual(handles('problems-several', 'problem').map((problem) => problem.props['data-class']), ['perm.data_dir_owner', 'host.vm_max_map_count', 'unknown']);
  assert.match(textOf([one('problems-several', 'problem-undecided')]), /another check that failed/);
  const tail = textOf([handles('problems-several', 'problem-proof')[2]]);
  assert.match(tail, /^Its last words Show the 3 lines before .*reading ledger 3 .*<b>&amp;<\/b>$/);
  assert.match(textOf([one('problems-several', 'problem-gaps')]), /Could not be looked at.*Containers deadline has elapsed/);
});

test('while it is looked, the page says at what', () => {
  const looking = one('problems-looking', 'no-problems');
  assert.equal(looking.props['data-state'], 'looking');
  assert.match(textOf([looking]), /^Looking for problems Docker is asked about 7 services and their logs, .* Nothing is changed\. 0 s so far Check again$/);
  assert.equal(one('problems-looking', 'check-again').props.disabled, true);
});

test('an error text is explained without a service', () => {
  const explained = one('explained', 'explained');
  assert.equal(explained.props['data-count'], '1');
  assert.match(textOf([explained]), /Port 80 is already used.*Code 601/);
  assert.equal(handles('explained', 'no-problems').length, 1);
});

test('after its fix a problem is compared with what is there now', () => {
  let state = reach('problems');
  const { id, service, title } = ownerProblem('en');
  state = { ...state, now: NOW + 9000, problems: { ...state.problems, at: NOW + 8000, repaired: { id, service, title, at: NOW } } };
  const compare = (report) => byTestId(shell({ ...state, problems: { ...state.problems, report } }, words.en), 'problem-compared')[0];
  assert.equal(compare(state.problems.report).props['data-now'], 'still');
  const gone = compare({ diagnoses: [], gaps: [], seconds: 0 });
  assert.equal(gone.props['data-now'], 'gone');
  assert.match(textOf([gone]), /Before, .* Checked .* There Gone$/);
});

test('logs, settings, details have their handles', () => {
  one('logs', 'log-view');
  one('logs', 'log-search');
  assert.equal(handles('logs', 'log-service').length, 7);
  one('settings', 'language');
  one('settings', 'theme');
  for (const testid of ['package-details', 'images-table', 'load-images', 'setup-tags', 'check-mount-dirs', 'arch-info', 'engine-images']) one('details', testid);
  const images = textOf([one('details', 'images-table')]);
  assert.match(images, /redis:7\.2 linux\/amd64 41 MB Yes none/);
  assert.match(images, /acme\/erp-web:2\.4 linux\/amd64 384 MB Yes 204 MB with acme\/erp-api:2\.4/);
  assert.match(images, /opensearch:2\.13 linux\/amd64 812 MB No none/, 'the engine says it, whatever has the name');
});

test('progress is announced in tenths, an end that is not good at once', () => {
  const polite = (name) => textOf(elements(view(name)).filter((node) => node.props.role === 'status' && node.props['aria-live'] === 'polite'));
  assert.equal(polite('images'), 'Load images, 60 %');
  const alerts = elements(view('outcome-failed')).filter((node) => node.props['aria-live'] === 'assertive');
  assert.match(textOf(alerts), /^Failed\. Docker could not load/);
});

test("the vendor's picture stands in the place of the letter", () => {
  const state = reach('overview');
  const tiles = (given) => [...elements(shell(given, words.en))].filter((node) => String(node.props.class ?? '').split(' ').includes('tile'));
  assert.equal(tiles(state)[0].type, 'span');
  const [picture] = tiles({ ...state, icon: 'data:image/png;base64,AA==' });
  assert.deepEqual([picture.type, picture.props.src, picture.props.alt], ['img', 'data:image/png;base64,AA==', '']);
});

test('settings: engines are named with their address and why one does not answer, and one in use cannot be chosen again', () => {
  const rows = handles('settings', 'engine-choice');
  assert.deepEqual(rows.map((row) => [row.props['data-url'], row.props['data-state'], row.props['data-current']]), [['unix:///var/run/docker.sock', 'connected', 'true'], ['tcp://10.0.0.7:2375', 'unreachable', 'false']]);
  assert.equal(handles('settings', 'engine-use').length, 1);
  assert.ok(one('settings', 'engine-use-address').props.disabled, 'nothing is typed');
  let [state] = update(reach('settings'), { type: 'engine-typed', value: ' tcp://erp:2375 ' });
  const [, effect] = update(state, { type: 'engine-chosen', url: state.engines.typed });
  assert.deepEqual(effect, { type: 'call', command: 'choose_engine', request: { url: ' tcp://erp:2375 ' } });
  [state] = update(state, { type: 'refused', command: 'choose_engine', error: { code: 'bad-address', category: 'configuration', params: {}, message: 'no' }, now: NOW });
  assert.equal(state.engines.busy, false);
  assert.equal(state.notice.code, 'bad-address');
});

test('the handover page is offered after a deployment, and where it was saved is said', () => {
  one('outcome-ready', 'handover');
  const [state, effect] = update(reach('outcome-ready'), { type: 'handover-clicked' });
  assert.deepEqual(effect, { type: 'call', command: 'save_handover', request: undefined });
  const [saved] = update(state, { type: 'answered', command: 'save_handover', response: { path: '/home/ops/handover.html', bytes: 9000 }, now: NOW });
  for (const lang of ['en', 'zh-CN']) assert.match(textOf(shell(saved, words[lang])), /\/home\/ops\/handover\.html/);
  const [changed] = update(state, { type: 'answered', command: 'save_handover', response: null, now: NOW });
  assert.equal(changed.notice, null, 'somebody changed their mind');
});

test('addresses for others stand under the verdict, those of this computer only do not', () => {
  assert.match(textOf([one('overview', 'lan-links')]), /http:\/\/192\.168\.10\.24\//);
  assert.doesNotMatch(textOf([one('overview', 'lan-links')]), /localhost/);
  assert.equal(handles('gone', 'lan-links').length, 0);
});

test('overview: the strip says what this computer has left, a nearly full disk is said in words', () => {
  const strip = textOf([one('overview', 'host-strip')]);
  assert.match(strip, /Processor 12 % of 8 cores Memory 3\.9 of 7\.6 GB Disk, Docker 38 of 250 GB Disk, package 5\.1 of 64 GB/);
  assert.equal(handles('overview', 'resource-warning').length, 0);
  const warning = one('degraded', 'resource-warning');
  assert.equal(warning.props['data-pressure'], 'broken');
  assert.match(textOf([warning]), /96 % full/);
  assert.equal(handles('gone', 'host-strip').length, 0, 'what cannot be asked is not shown as if it were now');
});
