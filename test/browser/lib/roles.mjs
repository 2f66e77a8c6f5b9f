// Entering a demo as somebody: the buttons of its first page, pressed as a browser would press them.
import assert from 'node:assert/strict';
import { get } from './http.mjs';

export const roles = ['resident', 'helper', 'agent', 'coordinator', 'manager'];

// enter presses the demo's button for a role in a territory and gives the session's cookie.
export async function enter(port, territory, role) {
  const first = await get(port, '127.0.0.1', '/');
  const form = [...first.body.toString().matchAll(/<form\b[^>]*action="([^"]*)"[^>]*>([\s\S]*?)<\/form>/g)]
    .find(([, action, inside]) => (action + inside).includes(territory) && inside.includes(`value="${role}"`));
  assert.ok(form, `the first page lets one enter ${territory} as ${role}`);
  const [, action, inside] = form;
  const fields = new URLSearchParams();
  for (const [, name, value] of inside.matchAll(/<input\b[^>]*type="hidden"[^>]*name="([^"]*)"[^>]*value="([^"]*)"/g)) fields.append(name, value);
  const button = [...inside.matchAll(/<button\b[^>]*>/g)].map(([b]) => b).find((b) => b.includes(`value="${role}"`));
  if (button) fields.append(button.match(/name="([^"]*)"/)[1], role);
  const to = new URL(action, `http://127.0.0.1:${port}/`);
  const answer = await get(port, to.hostname, to.pathname + to.search, {
    method: 'POST', body: fields.toString(), follow: 0,
    headers: { 'content-type': 'application/x-www-form-urlencoded', origin: to.origin, 'sec-fetch-site': 'same-origin' },
  });
  assert.ok(answer.status === 303 || answer.status === 302, `entering as ${role} answers ${answer.status}`);
  const cookie = (answer.headers['set-cookie'] ?? []).map((one) => one.split(';')[0]).find((one) => !one.startsWith('hl='));
  assert.ok(cookie, 'a session');
  return cookie;
}
