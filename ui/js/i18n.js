/** Words in the language in force, from the catalogues that Rust uses too (Project Fluent). */
import { FluentBundle, FluentResource } from '../vendor/fluent/index.js';
import { createFormats } from './format.js';

/** @import {Words} from '../types/page' */

export const LANGUAGES = ['en', 'zh-CN'];

/** The page's own words, and the few it shares with Rust (durations). */
export const CATALOGUES = ['ui', 'problems', 'status', 'support'];

/**
 * @param {string} language
 * @param {string[]} sources the texts of the .ftl files
 * @returns {Words}
 */
export function createWords(language, sources) {
  // Isolation marks would end up in copied text and in comparisons; the languages here are both left to right. In Chinese
  // they say where a parameter ends, until `spaced` has taken them off.
  const bundle = new FluentBundle(language, { useIsolating: language === 'zh-CN' });
  for (const source of sources) bundle.addResource(new FluentResource(source));
  /** @type {Words['t']} */
  const t = (key, params) => {
    const message = bundle.getMessage(key);
    if (!message?.value) return key;
    return spaced(bundle.formatPattern(message.value, params ?? {}, []));
  };
  return { t, f: createFormats(language, t) };
}

/**
 * Takes the marks around parameters off, and puts a space where Chinese meets Latin there and none where Chinese meets
 * Chinese: a catalogue cannot know whether a service is called `db` or `订单服务`. `text/catalogue.rs` does the same.
 *
 * @param {string} words
 */
export function spaced(words) {
  return words
    .replace(/(?<=[\u4e00-\u9fff])(?:[\u2068\u2069]+ [\u2068\u2069]*| [\u2068\u2069]+)(?=[\u4e00-\u9fff])/g, '')
    .replace(/(?<=[\u4e00-\u9fff])[\u2068\u2069]+(?=[A-Za-z0-9])|(?<=[A-Za-z0-9])[\u2068\u2069]+(?=[\u4e00-\u9fff])/g, ' ')
    .replace(/[\u2068\u2069]/g, '');
}

/**
 * Loads every language at once: they are small, and changing the language must not have to wait.
 *
 * @param {(path: string) => Promise<string>} read
 * @returns {Promise<Record<string, Words>>}
 */
export async function loadWords(read) {
  const entries = LANGUAGES.map(async (language) => {
    const sources = await Promise.all(CATALOGUES.map((name) => read(`locales/${language}/${name}.ftl`)));
    return /** @type {const} */ ([language, createWords(language, sources)]);
  });
  return Object.fromEntries(await Promise.all(entries));
}

/**
 * The best of our languages for what the system asks for (`C` and nothing at all included).
 *
 * @param {string | undefined} wanted
 */
export function languageFor(wanted) {
  return wanted?.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en';
}
