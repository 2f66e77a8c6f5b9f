// Entering a demo as somebody: from its first page to the territory's, and there the button of the role.
import assert from 'node:assert/strict';
import { get, links } from './http.mjs';

export const roles = ['resident', 'helper', 'agent', 'coordinator', 'manager'];

// enter presses the demo's button for a role in a territory, as a browser would, and gives the session's cookie.
export async function enter(port, territory, role) {
  const host = `${territory}.localhost`;
  const first = await get(port, '127.0.0.1', '/');
  const way = links(first.body.toString()).map((link) => new URL(link, `http://127.0.0.1:${port}/`)).find((url) => url.hostname === host && url.pathname === '/_demo');
  assert.ok(way, `the first page leads to ${territory}'s roles`);
  const page = (await get(port, host, way.pathname)).body.toString();
  const [, action, inside] = page.match(/<form\b[^>]*action="(\/_demo[^"]*)"[^>]*>([\s\S]*?)<\/form>/) ?? [];
  const name = [...(inside ?? '').matchAll(/<button\b[^>]*>/g)].map(([b]) => b).find((b) => b.includes(`value="${role}"`))?.match(/name="([^"]*)"/)?.[1];
  assert.ok(name, `${territory} lets one enter as ${role}`);
  const answer = await get(port, host, action, {
    method: 'POST', body: new URLSearchParams({ [name]: role }).toString(), follow: 0,
    headers: { 'content-type': 'application/x-www-form-urlencoded', origin: `http://${host}:${port}`, 'sec-fetch-site': 'same-origin' },
  });
  assert.equal(answer.status, 303, `entering as ${role} answers ${answer.status}`);
  const cookie = (answer.headers['set-cookie'] ?? []).map((one) => one.split(';')[0]).find((one) => /session|parvis/.test(one));
  assert.ok(cookie, `a session among ${answer.headers['set-cookie']}`);
  return cookie;
}
