/**
 * Serves the real ui/ to an ordinary browser, with the fake in front and the window's own content policy:
 * `node tests/ui/serve.js [port]`, then open /?scenario=overview&lang=en&theme=light.
 */
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const UI = fileURLToPath(new URL('../../ui/', import.meta.url));
const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.mjs': 'text/javascript', '.css': 'text/css', '.ftl': 'text/plain', '.svg': 'image/svg+xml' };

export function serve(port = 0) {
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname);
    const inside = normalize(path).replace(/^([/\\.])+/, '') || 'index.html';
    const file = path.startsWith('/fake/') ? join(HERE, inside.replace(/^fake[/\\]/, '')) : join(UI, inside);
    try {
      let body = await readFile(file);
      if (inside === 'index.html') body = Buffer.from(body.toString().replace('<script type="module"', '<script type="module" src="/fake/fake-tauri.js"></script>\n    <script type="module"'));
      response.writeHead(200, { 'content-type': `${TYPES[extname(file)] ?? 'application/octet-stream'}; charset=utf-8`, 'content-security-policy': "default-src 'self'", 'cache-control': 'no-store' });
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  return new Promise((resolve) => server.listen(port, '127.0.0.1', () => resolve(server)));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const server = await serve(Number(process.argv[2] ?? 8123));
  console.log(`http://127.0.0.1:${server.address().port}/?scenario=overview&lang=en&theme=light`);
}
