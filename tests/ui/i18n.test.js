import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ACTION_LABELS, ERRORS, noticeOf } from '../../ui/js/errors.js';
import { createWords, languageFor, LANGUAGES, spaced } from '../../ui/js/i18n.js';
import { CHECK_LOOK, OUTCOME_LOOK, SERVICE_LOOK, STEP_LOOK, VERDICT_LOOK } from '../../ui/js/parts/shape.js';
import { FluentResource } from '../../ui/vendor/fluent/index.js';
import { readUi, sources, words } from './support.js';

/** The catalogues only the page reads. */
const OWN = ['ui', 'problems'];
const textOf = (language) => OWN.map((name) => readUi(`locales/${language}/${name}.ftl`)).join('\n');
const messagesOf = (language) => new FluentResource(textOf(language)).body;
const keysOf = (language) => messagesOf(language).map((message) => message.id);
const sharedKeys = new FluentResource(readUi('locales/en/status.ftl')).body.map((message) => message.id);
const code = sources().map(readUi).join('\n');
const literal = new Set(code.match(/(?<=['"`])(?:ui|duration)-[a-z0-9-]*[a-z0-9](?=['"`])/g));
/** `ui-state-${...}`: every key that begins so may be meant. */
const prefixes = new Set([...code.matchAll(/`(ui-[a-z-]*-)\$\{/g)].map((match) => match[1]));

test('what is written in a catalogue is a message: nothing vanished while parsing', () => {
  for (const language of LANGUAGES) {
    const written = textOf(language).match(/^[a-z][a-z0-9-]* =/gm).map((line) => line.slice(0, -2));
    assert.deepEqual(keysOf(language), written, language);
    assert.equal(new Set(written).size, written.length, 'a key twice');
  }
});

test('both languages have the same keys', () => {
  assert.deepEqual(keysOf('zh-CN').sort(), keysOf('en').sort());
});

test('every key that is used exists, and every key that exists is used', () => {
  const known = new Set([...keysOf('en'), ...sharedKeys]);
  assert.deepEqual([...literal].filter((key) => !known.has(key)), [], 'used, not written');
  const unused = keysOf('en').filter((key) => !literal.has(key) && ![...prefixes].some((prefix) => key.startsWith(prefix)));
  assert.deepEqual(unused, [], 'written, not used');
});

test('every word of the contract that gets into a key has one', () => {
  const built = {
    'ui-verdict-': Object.keys(VERDICT_LOOK), 'ui-state-': Object.keys(SERVICE_LOOK), 'ui-check-': Object.keys(CHECK_LOOK), 'ui-step-state-': Object.keys(STEP_LOOK), 'ui-outcome-': Object.keys(OUTCOME_LOOK),
    'ui-doing-': wordsOf('OperationKind'), 'ui-deploying-': wordsOf('StepId'), 'ui-integrity-': wordsOf('Integrity'), 'ui-load-': wordsOf('LoadResult'), 'ui-part-': wordsOf('PartState'), 'ui-theme-': wordsOf('Theme'),
    'ui-nav-': ['install', 'overview', 'problems', 'logs', 'settings'], 'ui-step-': ['choose', 'check', 'deploy'], 'ui-history-': wordsOf('HistoryKind'), 'ui-host-disk-': wordsOf('DiskRole'), 'ui-logs-filter-': ['all', 'warning', 'error'], 'ui-logs-since-': ['newest', '10m', '1h', '1d', '7d'], 'ui-filter-': ['all', 'attention', 'working', 'finished'], 'ui-cancel-leaves-': ['early', 'images', 'started', 'other'], 'ui-directory-': ['exists', 'created'], 'ui-compared-': ['gone', 'still', 'waits'], 'ui-support-summary-': ['asking', 'copied', 'shown'],
  };
  const known = new Set(keysOf('en'));
  for (const [prefix, ends] of Object.entries(built)) for (const end of ends) assert.ok(known.has(prefix + end), prefix + end);
  const covered = Object.keys(built).sort((one, other) => one.localeCompare(other));
  assert.deepEqual([...prefixes].sort((one, other) => one.localeCompare(other)), covered, 'a key is built from a word this test does not know');
  assert.deepEqual([wordsOf('Verdict').sort(), wordsOf('StepState').sort(), wordsOf('Outcome').sort(), wordsOf('CheckState').sort()],
    [VERDICT_LOOK, STEP_LOOK, OUTCOME_LOOK, CHECK_LOOK].map((table) => Object.keys(table).sort()));
  assert.ok(wordsOf('ServiceState').every((state) => state in SERVICE_LOOK));
});

/** The words of an enum, from the contract itself. */
function wordsOf(type) {
  const line = readUi('types/ipc.d.ts').match(new RegExp(`export type ${type} = ([^;]*);`))[1];
  return line.split('|').map((word) => word.trim().replaceAll('"', ''));
}

test('every message formats with the parameters the other language uses', () => {
  const names = (language) => new Map(messagesOf(language).map((message) => [message.id, [...new Set(JSON.stringify(message.value).match(/(?<="type":"var","name":")[a-z]+/g))].sort()]));
  const en = names('en');
  for (const [key, params] of names('zh-CN')) assert.deepEqual(params.filter((param) => !en.get(key).includes(param)), [], `${key} wants a parameter that English does not have`);
  for (const language of LANGUAGES) {
    const { t } = words[language];
    for (const [key, params] of en) {
      const text = t(key, Object.fromEntries(params.map((param) => [param, 2])));
      assert.doesNotMatch(text, /\{|\}|\?\?\?/, `${language} ${key}: ${text}`);
      assert.notEqual(text, key);
    }
  }
});

test('plurals read well', () => {
  const { t } = words.en;
  assert.equal(t('ui-check-blocked', { count: 1 }), '1 thing to fix before deploying');
  assert.equal(t('ui-stop-all-title', { count: 6 }), 'Stop all 6 services?');
  assert.equal(t('ui-offline-sum', { services: 7, archives: 1, size: '2 GB' }), '7 services, 1 archive, 2 GB.');
  assert.equal(words['zh-CN'].t('ui-see-problems', { count: 1 }), '查看问题');
});

test('the voice: no blame, no cheering, no begging', () => {
  const english = textOf('en').split('\n').filter((line) => !line.startsWith('#')).join('\n');
  assert.doesNotMatch(english, /\b(please|oops|sorry|successfully|simply|just click|invalid)\b|!|\.\.\./i);
  assert.doesNotMatch(english, /\bwe\b/i);
  const chinese = textOf('zh-CN').split('\n').filter((line) => !line.startsWith('#')).join('\n');
  assert.doesNotMatch(chinese, /请|成功地|！|\.\.\.|您的/);
  assert.doesNotMatch(chinese, /[\u4e00-\u9fff][A-Za-z{]|[A-Za-z}][\u4e00-\u9fff](?<!\}前)/, 'a space between Chinese and Latin');
});

test('a missing key shows itself instead of an empty place', () => {
  assert.equal(createWords('en', []).t('ui-nowhere'), 'ui-nowhere');
});

test('the language of the system, and of a system without one', () => {
  assert.deepEqual(['zh-CN', 'zh_TW', 'zh', 'en-GB', 'C', '', undefined].map(languageFor), ['zh-CN', 'zh-CN', 'zh-CN', 'en', 'en', 'en', 'en']);
});

test('the table of errors speaks in keys that exist', () => {
  const known = new Set(keysOf('en'));
  for (const [code, treatment] of Object.entries(ERRORS)) {
    assert.ok(known.has(treatment.title), code);
    assert.ok(['error', 'warning', 'info'].includes(treatment.severity), code);
    if (treatment.action) assert.ok(known.has(ACTION_LABELS[treatment.action]), code);
  }
  const unknown = noticeOf({ code: 'never-heard', category: 'unknown', params: {}, message: 'As Rust said it.' });
  assert.deepEqual(unknown, { severity: 'error', title: 'ui-notice-failed', action: null, code: 'never-heard', message: 'As Rust said it.' });
  assert.equal(noticeOf({ code: 'operation-in-progress', category: 'unknown', params: {}, message: '' }).severity, 'warning');
});

test('Chinese and Latin are apart, Chinese and Chinese are not', () => {
  const zh = createWords('zh-CN', ['x = { $service } 的数据，停止{ $holder }']);
  assert.equal(zh.t('x', { service: 'db', holder: 'nginx' }), 'db 的数据，停止 nginx');
  assert.equal(zh.t('x', { service: '订单服务', holder: '某进程' }), '订单服务的数据，停止某进程');
  assert.equal(zh.t('x', { service: '订单 服务', holder: '/srv' }), '订单 服务的数据，停止/srv');
  assert.equal(spaced('访问\u2068\u20683\u2069 个\u2069。'), '访问 3 个。');
  assert.equal(createWords('en', ['x = { $service } runs']).t('x', { service: 'db' }), 'db runs');
});
