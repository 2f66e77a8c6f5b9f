// Asks a demo for a page by its territory's host name, whatever this machine's resolver knows of it.
import { request } from 'node:http';

// get gives status, headers and text. Redirects are followed within the demo, up to five.
export async function get(port, host, path, { method = 'GET', headers = {}, body, follow = 5 } = {}) {
  const answer = await new Promise((done, fail) => {
    const asked = request({ host: '127.0.0.1', port, path, method, headers: { host: `${host}:${port}`, ...headers } }, (response) => {
      const parts = [];
      response.on('data', (part) => parts.push(part));
      response.on('end', () => done({ status: response.statusCode, headers: response.headers, body: Buffer.concat(parts), path }));
      response.on('error', fail);
    });
    asked.setTimeout(20_000, () => asked.destroy(new Error(`${host}${path} did not answer`)));
    asked.on('error', fail);
    asked.end(body);
  });
  const { location } = answer.headers;
  if (location && answer.status >= 300 && answer.status < 400 && follow > 0) {
    const next = new URL(location, `http://${host}:${port}${path}`);
    return get(port, next.hostname, next.pathname + next.search, { headers, follow: follow - 1 });
  }
  return answer;
}

const entities = { '&amp;': '&', '&#38;': '&', '&quot;': '"', '&#34;': '"', '&#39;': "'", '&lt;': '<', '&gt;': '>', '&#43;': '+' };

// links are the addresses that a page's text leads to, as they stand in it.
export function links(html) {
  return [...html.matchAll(/<a\b[^>]*?\shref="([^"]*)"/g)].map((m) => m[1].replace(/&[#\w]+;/g, (e) => entities[e] ?? e));
}
