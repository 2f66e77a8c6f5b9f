// S4-1: The map of digital facilities and electronic services, shared as a link, a QR code, a poster.
import assert from 'node:assert/strict';
import { paper, results, search, story, total } from '../lib/walk.mjs';
import { get } from '../lib/http.mjs';
import { readPaper, readScreen, readText } from '../lib/qr.mjs';

story('S4-1', 'the map goes round as a link, a code, a poster', 'sector4', async ({ page, go, language, scripts, site }) => {
  // The map with its list: whoever does not read maps reads the list.
  await go('/map');
  assert.ok(await page.locator('svg.map').count(), 'a map drawn by the server');
  assert.ok((await total(page)) > 0, 'facilities and services');
  assert.ok((await results(page)).length > 0, 'and their list');

  // Words without marks, as one types on a phone.
  await search(page, { q: language === 'ro' ? 'plata taxe' : 'pay taxes' });
  assert.ok((await total(page)) > 0, 'found without marks');

  // Narrowed, the map is still a map.
  await go('/map?equipment=computer');
  assert.ok((await total(page)) > 0, 'places with computers');

  // The address to pass on, and its code, say the same.
  await go('/share');
  const home = `sector4.localhost:${site.port}`;
  const link = await page.locator(`main a[href*="/map"], main input[value*="${home}"], main code`).first();
  assert.ok(await link.count(), 'an address to pass on');
  const [code] = await readScreen(page.locator('svg.qr, img.qr').first());
  assert.ok(code?.includes(home), `the code leads here: ${code}`);
  const { pathname, search: asked } = new URL(code);
  const answer = await get(site.port, 'sector4.localhost', pathname + asked);
  assert.equal(answer.status, 200, `${code} answers`);

  // The poster: one sheet, the name of the place, the code again.
  await go('/poster');
  const title = (await page.locator('h1').innerText()).trim();
  const { pdf, pages } = await paper(page);
  assert.equal(pages, 1, 'one sheet');
  const codes = await readPaper(pdf);
  assert.ok(codes.some((one) => one.includes(home)), `the code on paper: ${codes}`);
  const text = await readText(pdf);
  assert.ok(text.replace(/\s+/g, ' ').includes(title.replace(/\s+/g, ' ').slice(0, 12)), 'its title on paper');
  assert.ok(text.includes(home) || text.includes('sector4'), 'the address in letters, for whom has no camera');
  assert.ok(scripts || (await page.locator('main').count()), 'a poster without scripts');
});
