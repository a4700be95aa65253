import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pieces, withMarks } from '../../ui/js/ansi.js';
import { createRing } from '../../ui/js/log-ring.js';
import { level, matches } from '../../ui/js/log-text.js';

const ESC = '\u001b';
const shown = (line) => pieces(line).map(({ text, style }) => (style ? [style, text] : text));

test('colours and weights become names, and end where they end', () => {
  assert.deepEqual(shown(`${ESC}[32mok${ESC}[0m done`), [['sgr-green', 'ok'], ' done']);
  assert.deepEqual(shown(`${ESC}[1;31mbad${ESC}[22m red${ESC}[39m ink`), [['sgr-red sgr-bold', 'bad'], ['sgr-red', ' red'], ' ink']);
  assert.deepEqual(shown(`${ESC}[90mgrey${ESC}[m ink`), [['sgr-grey', 'grey'], ' ink']);
  assert.deepEqual(shown(`${ESC}[37mwhite is ink`), ['white is ink']);
  assert.deepEqual(shown(`${ESC}[3;4mboth${ESC}[23m one${ESC}[24m none`), [['sgr-italic sgr-underline', 'both'], ['sgr-underline', ' one'], ' none']);
});

test('long colours are the nearest of our own, backgrounds none', () => {
  assert.deepEqual(shown(`${ESC}[38;5;196mred`), [['sgr-red', 'red']]);
  assert.deepEqual(shown(`${ESC}[38;5;46mgreen`), [['sgr-green', 'green']]);
  assert.deepEqual(shown(`${ESC}[38;2;40;90;240mblue`), [['sgr-blue', 'blue']]);
  assert.deepEqual(shown(`${ESC}[38:2:240:200:20myellow`), [['sgr-yellow', 'yellow']]);
  assert.deepEqual(shown(`${ESC}[38;5;240mdark`), [['sgr-grey', 'dark']]);
  assert.deepEqual(shown(`${ESC}[48;5;196;32mgreen on nothing`), [['sgr-green', 'green on nothing']]);
  assert.deepEqual(shown(`${ESC}[44;7;5mink`), ['ink']);
});

test('everything else a terminal would obey is dropped', () => {
  assert.deepEqual(shown(`${ESC}]0;title\u0007a${ESC}[2Jb${ESC}[10;20Hc${ESC}]8;;http://x${ESC}\\link${ESC}]8;;${ESC}\\`), ['abclink']);
  assert.deepEqual(shown('10 %\r50 %\r100 %\r'), ['100 %']);
  assert.deepEqual(shown(`bell\u0007 back\u0008 nul\u0000${ESC}`), ['bell back nul']);
  assert.deepEqual(shown(`${ESC}[>4;2mkept ${ESC}[?25lhidden`), ['kept hidden']);
  assert.deepEqual(shown('<b>not markup</b> & so on'), ['<b>not markup</b> & so on']);
});

test('a line as long as it likes ends, also when it is all colours', () => {
  const bomb = `${ESC}[31mx${ESC}[32my`.repeat(200_000);
  const began = process.cpuUsage();
  const text = pieces(bomb).map((piece) => piece.text).join('');
  assert.ok(text.length <= 8001, String(text.length));
  // Of the processor's time: how long others have it meanwhile says nothing.
  assert.ok(process.cpuUsage(began).user < 2_000_000, 'slow');
});

test('marks are cut out of coloured pieces without losing a letter', () => {
  const line = `${ESC}[31mconnection${ESC}[0m refused`;
  const parts = pieces(line);
  const text = parts.map((piece) => piece.text).join('');
  const cut = withMarks(parts, matches(text, 'on ref'));
  assert.deepEqual(cut, [
    { text: 'connecti', style: 'sgr-red', marked: false }, { text: 'on', style: 'sgr-red', marked: true },
    { text: ' ref', style: '', marked: true }, { text: 'used', style: '', marked: false },
  ]);
  assert.equal(cut.map((piece) => piece.text).join(''), text);
});

const LEVELS = [
  ['error', '2026-11-23 14:06:31 0 [ERROR] mariadbd: Can\'t create/write to file'],
  ['info', '2026-11-23 14:06:31 0 [Note] Starting MariaDB 10.11.8'],
  ['warning', '2026-11-23T14:06:31.040Z 0 [Warning] [MY-010068] [Server] CA certificate ca.pem is self signed.'],
  ['error', '2026/11/23 14:06:25 [error] 29#29: *1 connect() failed (111: Connection refused)'],
  ['info', '2026-11-23 14:06:20.001 UTC [1] LOG:  database system is ready to accept connections'],
  ['error', '2026-11-23 14:06:20.001 UTC [44] FATAL:  password authentication failed for user "erp"'],
  ['warning', '1:M 23 Nov 2026 14:06:20.001 # WARNING overcommit_memory is set to 0!'],
  ['info', '1:M 23 Nov 2026 14:06:20.001 * Background saving started by pid 88'],
  ['error', '{"time":"2026-11-23T14:06:20Z","level":"error","msg":"dial tcp"}'],
  ['warning', '{"msg":"slow","severity":"WARNING"}'],
  ['error', '{"level":50,"time":1700000000000,"msg":"boom"}'],
  ['info', '{"level":30,"msg":"error handler registered"}'],
  ['warning', '{"t":{"$date":"2026-11-23T14:06:20.001+00:00"},"s":"W",  "c":"CONTROL","id":22120,"msg":"Access control is not enabled"}'],
  ['warning', 'time="2026-11-23T14:06:20Z" level=warning msg="no error yet"'],
  ['error', 'E1123 14:06:24.118000       1 reflector.go:138] failed to list'],
  ['info', '2026-11-23 14:06:20,001 INFO  [main] o.s.b.Application - no ERROR here'],
  ['debug', '14:06:20 DEBUG worker: polling'],
  ['error', 'panic: runtime error: invalid memory address'],
  ['error', 'Traceback (most recent call last):'],
  ['error', 'nginx: [emerg] host not found in upstream "api"'],
  ['error', 'Error: Cannot find module \'express\''],
  [null, '192.168.10.31 - - [23/Nov/2026:14:06:25 +0000] "GET /api/errors HTTP/1.1" 200 157'],
  [null, 'starting worker, queue redis:6379'],
  [null, 'the errors of yesterday are gone'],
  [null, ''],
];

test('how bad a line is, as the programs of the trade write it', () => {
  for (const [expected, line] of LEVELS) assert.equal(level(line), expected, line);
});

test('a stack trace is as bad as what it belongs to', () => {
  assert.equal(level('    at Object.<anonymous> (/app/server.js:12:3)', 'error'), 'error');
  assert.equal(level('Caused by: java.net.ConnectException: refused', 'warning'), 'warning');
  assert.equal(level('    at nothing', null), null);
});

test('the ring: drawn and waiting and dropped are what was sent, at every moment of a flood', () => {
  const limit = 5000;
  const ring = createRing(limit);
  const adds = () => {
    const { sent, kept, held, dropped } = ring.counts();
    assert.equal(kept + held + dropped, sent);
    assert.ok(held <= limit, `${held} wait`);
  };
  let written = 0;
  // Ten thousand a second for a minute, a batch every 50 ms; drawing falls behind now and then, and the sender drops too.
  for (let batch = 0; batch < 1200; batch += 1) {
    const lost = batch % 7 === 0 ? 40 : 0;
    ring.take(Array.from({ length: 500 - lost }, (_, at) => ({ line: String(written + at) })), lost);
    written += 500;
    adds();
    if (batch % 13 !== 0) {
      const drawn = ring.draw(Infinity);
      assert.equal(drawn.at(-1).line, String(written - 1 - lost));
      while (ring.surplus() > 0) ring.forget(100);
      adds();
      assert.ok(ring.counts().kept <= limit);
    }
  }
  assert.equal(ring.counts().sent, 600_000);
  assert.ok(ring.counts().dropped >= 590_000);
  ring.clear();
  assert.deepEqual(ring.counts(), { sent: 0, kept: 0, dropped: 0, held: 0 });
});
