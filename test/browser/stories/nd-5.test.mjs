// ND-5: The directory leaves as open data: the national standard, data.inclusion, HSDS 3, GeoJSON, CSV; a documented API;
// a map that any site can embed.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { get, links } from '../lib/http.mjs';
import { results, story, tick, total } from '../lib/walk.mjs';

// elsewhere is another site, on another address, with one page.
async function elsewhere(body) {
  const server = createServer((_, answer) => {
    answer.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' });
    answer.end(`<!doctype html><html lang="fr"><title>Une association</title><link rel="icon" href="data:,"><h1>Notre association</h1>${body}`);
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  return { address: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() };
}

// every file that the page offers, and how it begins.
const files = {
  'lieux.csv': /^\uFEFF?"?id"?[;,]/, 'data-inclusion.json': /^\s*[[{]/, 'places.geojson': /^\s*\{\s*"type":\s*"FeatureCollection"/, 'hsds.ndjson': /^\s*\{/,
};

story('ND-5', 'the directory leaves as open data, and its map goes onto any site', 'nord', async ({ page, context, go, language, scripts, site }) => {
  // The files, each in its standard.
  await go('/open-data');
  const offered = links(await page.content());
  for (const [name, begins] of Object.entries(files)) {
    const path = offered.find((link) => link.endsWith(`/${name}`));
    assert.ok(path, `${name} is offered`);
    const { status, body } = await get(site.port, 'nord.localhost', path);
    assert.equal(status, 200, path);
    assert.match(body.toString('utf8').slice(0, 200), begins, path);
    assert.ok(body.length > 10_000, `${path} holds the directory: ${body.length} bytes`);
  }

  // A search as a table, to open in a spreadsheet.
  const words = language === 'fr' ? 'ordinateur' : 'computer';
  const form = page.locator('form[action="/open-data/search"]');
  await form.locator('input[name=q]').fill(words);
  const [download] = await Promise.all([page.waitForEvent('download'), form.locator('button[value=csv]').click()]);
  assert.match(download.suggestedFilename(), /\.csv$/);
  const rows = (await readFile(await download.path(), 'utf8')).trim().split('\n');
  assert.ok(rows.length > 5, `${rows.length} lines for ${words}`);

  // The API: tried on the page, described for programs.
  const attempt = page.locator('form[action="/api/v1/places"]');
  await attempt.locator('input[name=limit]').fill('2');
  await Promise.all([page.waitForURL(/\/api\/v1\/places/), attempt.locator('button').click()]);
  const { pathname, search } = new URL(page.url());
  const answer = JSON.parse((await get(site.port, 'nord.localhost', pathname + search)).body);
  assert.equal(Object.values(answer).find(Array.isArray)?.length, 2, 'as many places as were asked for');
  const description = JSON.parse((await get(site.port, 'nord.localhost', '/api/openapi.json')).body);
  assert.match(description.openapi, /^3\.1/);
  assert.ok(description.paths['/api/v1/places'], 'the description names what was tried');

  // The map for another site: what was narrowed here is what is shown there.
  await go('/places');
  await tick(page, [['fee', 'free']]);
  await page.locator('a[href^="/map"]').last().click();
  await page.waitForURL(/\/map\?/);
  const free = await total(page);
  const [first] = await results(page);
  await Promise.all([page.waitForURL(/\/share/), page.locator('.acts a[href^="/share"]').click()]);
  const tag = (await page.locator('[data-frame]').innerText()).trim();
  const other = await elsewhere(tag);
  try {
    await page.goto(other.address, { waitUntil: 'load' });
    const frame = page.frameLocator('iframe');
    await frame.locator('h1').waitFor();
    assert.equal(Number(await frame.locator('[data-total]').getAttribute('data-total')), free, 'as many places as on the map here');
    assert.ok(await frame.locator('svg.map').count(), 'the map is drawn');
    const title = frame.locator('ol.results > li[data-id]').first().locator('h2 a, h3 a');
    assert.equal((await title.innerText()).trim(), first.title, 'and its list stands beside it');
    if (scripts) {
      await frame.locator('[data-moving]').click();
      await frame.locator('.maplibregl-canvas').waitFor();
    }
    // Whoever follows a place leaves the frame for the site itself.
    const [opened] = await Promise.all([context.waitForEvent('page'), title.click()]);
    await opened.waitForLoadState('load');
    assert.equal(new URL(opened.url()).pathname, `/places/${first.id}`);
    assert.equal((await opened.locator('h1').innerText()).trim(), first.title);
    assert.equal(page.url(), other.address, 'the other site stays where it was');
  } finally {
    other.close();
  }
});
