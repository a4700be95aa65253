import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pieces } from '../../ui/js/ansi.js';
import { bytes } from '../../ui/js/format.js';
import { createLogFeed, FEED_LIMIT } from '../../ui/js/log-feed.js';
import { matches } from '../../ui/js/log-text.js';
import { portOf } from '../../ui/js/parts/card.js';
import { words } from './support.js';

test('sizes read as Rust writes them', () => {
  for (const [count, shown] of [[0, '0 B'], [999, '999 B'], [21_400_000, '21 MB'], [2_310_000_000, '2.31 GB'], [38e9, '38.0 GB'], [250e9, '250 GB'], [1500, '2 kB']]) assert.equal(bytes(count), shown);
});

test('durations have at most two units', () => {
  const { f } = words.en;
  for (const [seconds, shown] of [[0, '0 s'], [4, '4 s'], [4.26, '4.3 s'], [59.4, '59 s'], [118, '1 min 58 s'], [120, '2 min'], [11_520, '3 h 12 min'], [187_200, '2 d 4 h'], [-3, '0 s']]) assert.equal(f.duration(seconds), shown);
  assert.equal(words['zh-CN'].f.duration(118), '1 分 58 秒');
});

test('times have 24 hours, lists read as sentences', () => {
  const { f } = words.en;
  const noon = new Date(2026, 10, 23, 0, 5, 9).getTime();
  assert.deepEqual([f.clock(noon), f.clockSeconds(noon), f.moment(noon, noon), f.moment(noon, noon + 864e5)], ['00:05', '00:05:09', '00:05', '23 Nov, 00:05']);
  assert.equal(f.list(['api', 'web', 'db']), 'api, web and db');
  assert.equal(words['zh-CN'].f.list(['api', 'web']), 'api、web');
  assert.equal(f.percent(0.629), '62 %');
});

const plain = (line) => pieces(line).map((piece) => piece.text).join('');

test('log lines lose colours, control characters and what was overwritten', () => {
  assert.equal(plain('\u001b[33mWARN\u001b[0m disk'), 'WARN disk');
  assert.equal(plain('\u001b]0;title\u0007text'), 'text');
  assert.equal(plain('10 %\r55 %\rdone\r'), 'done');
  assert.equal(plain('a\u0000b\u0007c\tend'), 'abc\tend');
  assert.equal(plain('<img src=x onerror=alert(1)>'), '<img src=x onerror=alert(1)>');
  assert.equal(plain('x'.repeat(9000)).length, 8001);
});

test('matches are found in any case, and never at a lying position', () => {
  assert.deepEqual(matches('Denied, denied', 'DENIED'), [[0, 6], [8, 14]]);
  assert.deepEqual(matches('aaaa', 'aa'), [[0, 2], [2, 4]]);
  assert.deepEqual(matches('text', ''), []);
  assert.deepEqual(matches('İ stays', 'stays'), []);
});

test('the feed keeps what nobody looks at yet, up to its limit', () => {
  const feed = createLogFeed();
  const line = (text) => ({ service: 'api', container: 'api-1', stream: 'stdout', time: null, line: text });
  feed.push(Array.from({ length: FEED_LIMIT + 5 }, (_, index) => line(String(index))), 2);
  const taken = [];
  feed.attach({ take: (lines, dropped) => taken.push([lines.length, lines[0].line, dropped]), clear() {}, move() {} });
  assert.deepEqual(taken, [[FEED_LIMIT, '5', 7]]);
  feed.push([line('new')], 0);
  assert.deepEqual(taken[1], [1, 'new', 0]);
  feed.attach(null);
  feed.push([line('later')], 0);
  feed.clear();
  feed.attach({ take: () => assert.fail('nothing is left'), clear() {}, move() {} });
});

test('a link shows its port', () => {
  assert.deepEqual(['http://localhost/', 'https://localhost', 'http://localhost:8081/x', 'http://[::1]:9000/'].map(portOf), [':80', ':443', ':8081', ':9000']);
});
