/** What the tests share: the catalogues from disk, and vnodes as plain data. */
import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { CATALOGUES, createWords, LANGUAGES } from '../../ui/js/i18n.js';
import { FluentResource } from '../../ui/vendor/fluent/index.js';
import { isValidElement } from '../../ui/vendor/preact/preact.mjs';

export const UI = fileURLToPath(new URL('../../ui/', import.meta.url));
export { LANGUAGES };

export const readUi = (path) => readFileSync(UI + path, 'utf8');

export const words = Object.fromEntries(
  LANGUAGES.map((language) => [language, createWords(language, CATALOGUES.map((name) => readUi(`locales/${language}/${name}.ftl`)))]),
);

/** Every text becomes `⟦key⟧`: what is not in marks did not come from a catalogue (or from Rust). */
export const pseudo = (() => {
  const ids = CATALOGUES.flatMap((name) => new FluentResource(readUi(`locales/en/${name}.ftl`)).body.map((message) => message.id));
  return createWords('en', [ids.map((id) => `${id} = ⟦${id}⟧`).join('\n')]);
})();

/** All files of the page's own code. */
export function sources(folder = 'js') {
  return readdirSync(UI + folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? sources(`${folder}/${entry.name}`) : entry.name.endsWith('.js') ? [`${folder}/${entry.name}`] : [],
  );
}

/** A vnode as data: type, key, props, children. Preact's own bookkeeping would make equal views unequal. */
export function plainView(view) {
  if (Array.isArray(view)) return view.flatMap((each) => plainView(each) ?? []);
  if (view === null || view === undefined || typeof view === 'boolean') return null;
  if (!isValidElement(view)) return String(view);
  const { children, ...props } = view.props;
  const inside = [plainView(children ?? null) ?? []].flat();
  return { type: typeof view.type === 'string' ? view.type : view.type.name, key: view.key ?? null, props, children: inside };
}

/** All elements of a view, parents first. */
export function elements(view) {
  const node = plainView(view);
  const list = [];
  const walk = (each) => {
    if (!each || typeof each === 'string') return;
    if (Array.isArray(each)) return each.forEach(walk);
    list.push(each);
    each.children.forEach(walk);
  };
  walk(node);
  return list;
}

/** @param {string} testid */
export const byTestId = (view, testid) => elements(view).filter((node) => node.props['data-testid'] === testid);

/** The words of a view, as they would be read. Hidden ones included. */
export function textOf(view) {
  const node = Array.isArray(view) || (view && view.children && !view.props?.children) ? view : plainView(view);
  const read = (each) => (each === null ? '' : typeof each === 'string' ? each : Array.isArray(each) ? each.map(read).join(' ') : each.children.map(read).join(' '));
  return read(node).replace(/\s+/g, ' ').trim();
}
