/**
 * Takes a picture of every scenario through WebDriver, in Chromium or in the window's own engine (WebKitGTK):
 *
 *   node tests/ui/screens.js [--engine chromium|webkit] [--out DIR] [--size 1100x760] [--lang en,zh-CN] [--theme light,dark] [scenario…]
 *
 * Needs chromedriver, or WebKitWebDriver with its MiniBrowser and a display (`xvfb-run`). No packages.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { SCENARIOS } from './scenarios.js';
import { serve } from './serve.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    engine: { type: 'string', default: 'chromium' }, out: { type: 'string', default: 'target/screens' }, size: { type: 'string', default: '1100x760' },
    lang: { type: 'string', default: 'en,zh-CN' }, theme: { type: 'string', default: 'light,dark' },
  },
});
const [width, height] = values.size.split('x').map(Number);
const PORT = 9517;
const BASE = `http://127.0.0.1:${PORT}`;
const ENGINES = {
  chromium: { command: ['chromedriver', `--port=${PORT}`], capabilities: () => ({ 'goog:chromeOptions': { args: ['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--hide-scrollbars', `--user-data-dir=${mkdtempSync(join(tmpdir(), 'screens-'))}`, `--window-size=${width},${height}`] } }) },
  webkit: { command: ['WebKitWebDriver', `--port=${PORT}`], capabilities: () => ({ 'webkitgtk:browserOptions': { binary: '/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser', args: ['--automation'] } }) },
};

async function call(method, path, body) {
  const response = await fetch(BASE + path, { method, headers: { 'content-type': 'application/json' }, body: body && JSON.stringify(body) });
  const { value } = await response.json();
  if (!response.ok) throw new Error(`${path}: ${value.message}`);
  return value;
}

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function eventually(what, attempt) {
  for (let tries = 0; tries < 50; tries += 1) {
    const done = await attempt().catch(() => null);
    if (done) return done;
    await pause(100);
  }
  throw new Error(`${what} did not happen`);
}

const engine = ENGINES[values.engine];
const driver = spawn(engine.command[0], engine.command.slice(1), { stdio: 'ignore' });
const server = await serve();
const address = server.address();
mkdirSync(values.out, { recursive: true });
let session;
try {
  await eventually('the driver', () => call('GET', '/status'));
  ({ sessionId: session } = await call('POST', '/session', { capabilities: { alwaysMatch: engine.capabilities() } }));
  const script = (text) => call('POST', `/session/${session}/execute/sync`, { script: text, args: [] });
  await call('POST', `/session/${session}/window/rect`, { x: 0, y: 0, width, height }).catch(() => {});
  for (const lang of values.lang.split(',')) {
    for (const theme of values.theme.split(',')) {
      for (const name of positionals.length > 0 ? positionals : SCENARIOS) {
        await call('POST', `/session/${session}/url`, { url: `http://127.0.0.1:${address.port}/?scenario=${name}&lang=${lang}&theme=${theme}` });
        await eventually(`${name} in ${lang}`, () => script('return window.settled === true'));
        await pause(700);
        const picture = await call('GET', `/session/${session}/screenshot`);
        writeFileSync(join(values.out, `${name}-${lang}-${theme}-${values.size}.png`), Buffer.from(picture, 'base64'));
      }
    }
  }
} finally {
  if (session) await call('DELETE', `/session/${session}`).catch(() => {});
  driver.kill();
  server.close();
}
