/**
 * Stands in for Tauri's global in an ordinary browser: `?scenario=overview&lang=zh-CN&theme=dark` opens the real page on
 * canned answers. Loaded before the page by `serve.js`; nothing of it ships.
 */
import { logLines, NOW, scenario } from './scenarios.js';

const wanted = new URLSearchParams(location.search);
const lang = wanted.get('lang') ?? 'en';
const name = wanted.get('scenario') ?? 'overview';
const chosen = scenario(name, lang);
if (!chosen) throw new Error(`there is no scenario ${name}`);
chosen.state.settings.theme = wanted.get('theme') ?? 'system';

// The canned times are of one afternoon; the page's clock is set to it and goes on from there.
const RealDate = Date;
const shift = NOW - RealDate.now();
globalThis.Date = class extends RealDate {
  constructor(...given) {
    if (given.length === 0) super(RealDate.now() + shift);
    else super(...given);
  }

  static now() {
    return RealDate.now() + shift;
  }
};

let say = () => {};

class Channel {
  onmessage = () => {};
}

/** Every call, for whoever looks from outside. */
window.calls = [];

window.__TAURI__ = {
  core: {
    Channel,
    async invoke(command, args) {
      window.calls.push([command, args?.request]);
      if (command === 'subscribe') {
        args.channel.onmessage({ type: 'state', state: chosen.state });
        say = (event) => args.channel.onmessage(event);
        return null;
      }
      if (command === 'follow_logs') {
        const some = (line) => args.request.services.length === 0 || args.request.services.includes(line.service);
        setTimeout(() => args.channel.onmessage({ type: 'lines', batch: { lines: logLines(Number(wanted.get('lines') ?? 60)).filter(some), dropped: 0, ended: false } }), 20);
        return 1;
      }
      if (chosen.errors[command]) throw chosen.errors[command];
      if (chosen.silent.includes(command)) return new Promise(() => {});
      if (command === 'save_settings') return save(args.request);
      if (command in chosen.replies) return chosen.replies[command];
      throw `command ${command} not found`;
    },
  },
  event: { listen: async () => () => {} },
};

/** Changing the language sends everything anew, as Rust does; here that is another page. */
function save(settings) {
  chosen.state.settings = settings;
  const next = new URLSearchParams(location.search);
  if (settings.language && settings.language !== lang) {
    next.set('lang', settings.language);
    location.search = String(next);
  }
  return settings;
}

const find = async (testid) => {
  for (let tries = 0; tries < 40; tries += 1) {
    const found = document.querySelector(`[data-testid="${testid}"]:not(:disabled)`);
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`nothing to click: ${testid}`);
};

window.addEventListener('load', async () => {
  await find('nav-install');
  for (const testid of [...chosen.clicks, ...(wanted.get('click')?.split(',') ?? [])]) (await find(testid)).click();
  chosen.then.forEach((event) => say(event));
  if (chosen.type) {
    const field = await find(chosen.type[0]);
    await new Promise((resolve) => setTimeout(resolve, 200));
    field.value = chosen.type[1];
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
    if (chosen.type[2]) (await find(chosen.type[2])).click();
  }
  await new Promise((resolve) => setTimeout(resolve, 150));
  if (wanted.get('scroll')) document.querySelector('.page')?.scrollTo(0, Number(wanted.get('scroll')));
  window.settled = true;
});
