import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import { readUi, sources, UI } from './support.js';

const own = sources().map((path) => ({ path, text: readUi(path), code: readUi(path).replace(/\/\*[\s\S]*?\*\/|(?<!:)\/\/.*$/gm, '') }));

test('only ipc.js names Tauri', () => {
  assert.deepEqual(own.filter(({ code }) => code.includes('__TAURI__')).map(({ path }) => path), ['js/ipc.js']);
});

test('only app.js and elements/ touch the document', () => {
  const touching = own.filter(({ code }) => /\b(document|querySelector|getElementById|HTMLElement|customElements)\b/.test(code)).map(({ path }) => path);
  assert.deepEqual(touching.filter((path) => path !== 'js/app.js' && !path.startsWith('js/elements/')), []);
});

test('views and updates do nothing but answer', () => {
  for (const { path, code } of own.filter((file) => /^js\/(views|parts|update)\b|^js\/(select|format|log-text)\.js/.test(file.path))) {
    assert.doesNotMatch(code, /\b(fetch|setTimeout|setInterval|Date\.now|Math\.random|addEventListener|localStorage|async|await)\b|new Date\(\)/, path);
    assert.doesNotMatch(code, /\buse(State|Effect|Ref|Memo)\b|\bon[A-Z][a-z]+=\$\{\(/, path);
  }
});

test('nothing is injected and nothing comes from elsewhere', () => {
  const styles = readdirSync(`${UI}css`).map((name) => readUi(`css/${name}`)).join('\n');
  for (const text of [...own.map(({ code }) => code), styles, readUi('index.html')]) {
    assert.doesNotMatch(text, /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function/);
    assert.doesNotMatch(text, /(?:src|href|url\(|import\(?|from)\s*=?\s*['"(]*https?:/);
  }
  assert.doesNotMatch(readUi('index.html'), /<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=/);
});

test('every shape and icon that is named is in the sprite', () => {
  const sprite = new Set([...readUi('index.html').matchAll(/<symbol id="([^"]+)"/g)].map((match) => match[1]));
  const code = own.map((file) => file.code).join('\n');
  const shapes = [...code.matchAll(/shape: '([a-z]+)'/g)].map((match) => `s-${match[1]}`);
  const icons = [...code.matchAll(/icon\('([a-z]+)'|icon: '([a-z]+)'|glyph\('([a-z]+)'/g)].map((match) => `i-${match[1] ?? match[2] ?? match[3]}`);
  assert.deepEqual([...shapes, ...icons].filter((id) => !sprite.has(id)), []);
});

test('files stay small', () => {
  for (const { path, text } of own) assert.ok(text.split('\n').length <= 250, `${path} has ${text.split('\n').length} lines`);
});
