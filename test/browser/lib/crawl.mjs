// Walks all pages of a territory by their links, and sorts them by shape: pages of one route that are asked one thing
// are a shape for each thing; asked several things, they are one more.
import { get, links } from './http.mjs';

// shape is an address without what varies: ids, words, numbers.
export function shape(path) {
  const url = new URL(path, 'http://x');
  const parts = url.pathname.split('/').map((part) => (/^[0-9a-f]{8}-|\d|^[a-z0-9-]{24,}$/.test(part) ? '*' : part));
  if (parts.length > 2 && ['places', 'organisations'].includes(parts[1])) parts[2] = '*';
  const asked = [...new Set(url.searchParams.keys())].filter((key) => key !== 'hl').sort();
  return parts.join('/') + (asked.length > 1 ? '?several' : asked.length ? `?${asked[0]}` : '');
}

// crawl gives every page reached from the home page: its path, shape, status, headers, text. At most `each` pages of a
// shape are opened; addresses of any shape are checked at most `checked` times.
export async function crawl(port, host, language, { each = 2, headers = {}, from = '/' } = {}) {
  const seen = new Map();
  const count = new Map();
  const queue = [{ path: withLanguage(from, language), by: 'the start' }];
  while (queue.length > 0) {
    const { path, by } = queue.shift();
    const key = path.replace(/#.*$/, '');
    const form = shape(key);
    if (seen.has(key) || (count.get(form) ?? 0) >= each) continue;
    count.set(form, (count.get(form) ?? 0) + 1);
    const answer = await get(port, host, key, { headers });
    const html = /text\/html/.test(answer.headers['content-type'] ?? '');
    const text = html ? answer.body.toString() : '';
    seen.set(key, { path: key, shape: form, by, status: answer.status, headers: answer.headers, html, text });
    if (!html || answer.status !== 200) continue;
    for (const link of links(text)) {
      if (!link || link.startsWith('#')) continue;
      const url = new URL(link, `http://${host}:${port}${key}`);
      if (url.hostname !== host || !/^https?:$/.test(url.protocol)) continue;
      if (/^\/(sign-out)/.test(url.pathname)) continue;
      if (url.searchParams.get('hl') && url.searchParams.get('hl') !== language) continue;
      queue.push({ path: withLanguage(url.pathname + url.search, language), by: key });
    }
  }
  return [...seen.values()];
}

function withLanguage(path, language) {
  const url = new URL(path, 'http://x');
  url.searchParams.set('hl', language);
  return url.pathname + url.search;
}
