// What a page costs whoever pays by the byte: all that the browser fetches for it on a first visit, headers included.
// Home and a result page at most 14 kB, any other at most 25 kB before its pictures.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { launch, visit } from './lib/browser.mjs';
import { crawl } from './lib/crawl.mjs';
import { plant, quick } from './lib/place.mjs';
import { address, inLanguage, sites, territories } from './lib/sites.mjs';

const planted = plant === 'weight'; // the style sheet is 20 kB longer: the scales must say so
const [site] = sites;
const tried = Object.entries(territories).slice(0, quick ? 1 : undefined);
const lanes = 6; // pages that are weighed side by side
const light = 14_000;
const most = 25_000;

// weigh is what a fresh browser receives for an address: bytes in all, of pictures, and of each file.
async function weigh(browser, to, language) {
  const { page, context, close } = await visit(browser, { language });
  try {
    const session = await context.newCDPSession(page);
    await session.send('Network.enable');
    const kinds = new Map();
    const files = new Map();
    session.on('Network.responseReceived', ({ requestId, type, response }) => kinds.set(requestId, { type, url: new URL(response.url).pathname }));
    session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => files.set(requestId, encodedDataLength));
    if (planted) {
      await page.route('**/*.css', (route) => route.fulfill({ contentType: 'text/css', body: `/*${'x'.repeat(20_000)}*/` }));
    }
    await page.goto(to, { waitUntil: 'networkidle' });
    let bytes = 0;
    let pictures = 0;
    const each = [];
    for (const [id, size] of files) {
      const { type, url } = kinds.get(id) ?? { type: 'Other', url: '?' };
      bytes += size;
      if (type === 'Image') pictures += size;
      each.push(`${url} ${size}`);
    }
    return { bytes, pictures, each };
  } finally {
    await close();
  }
}

// beside weighs pages several at a time: most of a weighing is waiting until nothing more comes.
async function beside(pages, weighed) {
  const left = [...pages];
  const lane = async () => {
    for (let page = left.shift(); page; page = left.shift()) await weighed(page);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}

test('home and a result page at most 14 kB', { timeout: 600_000, concurrency: lanes }, async (t) => {
  const browser = await launch();
  try {
    const pages = tried.flatMap(([territory, languages]) =>
      languages.flatMap((language) => ['/', '/places'].map((path) => ({ territory, language, path }))));
    await beside(pages, ({ territory, language, path }) => t.test(`${territory} ${language} ${path}`, async (t) => {
      const { bytes, each } = await weigh(browser, address(site, territory, inLanguage(path, language)), language);
      t.diagnostic(`${territory}${path} ${language}: ${bytes} bytes`);
      assert.ok(bytes > 0 && bytes <= light, `${bytes} bytes, more than ${light}: ${each.join(', ')}`);
    }));
  } finally {
    await browser.close();
  }
});

test('any other page at most 25 kB before its pictures', { timeout: 600_000 }, async (t) => {
  const browser = await launch();
  try {
    for (const [territory, [language]] of tried) {
      await t.test(`${territory} in ${language}`, async (t) => {
        const pages = await crawl(site.port, `${territory}.localhost`, language, { each: 1 });
        const heavy = [];
        let heaviest = [0, ''];
        await beside(pages.filter(({ html, status }) => html && status === 200), async ({ path }) => {
          const { bytes, pictures, each } = await weigh(browser, address(site, territory, path), language);
          assert.ok(bytes > 0, `${path}: nothing came`);
          if (bytes - pictures > heaviest[0]) heaviest = [bytes - pictures, path];
          if (bytes - pictures > most) heavy.push(`${path}: ${bytes - pictures} bytes: ${each.join(', ')}`);
        });
        t.diagnostic(`heaviest of ${pages.length}: ${heaviest[1]} ${heaviest[0]} bytes`);
        assert.deepEqual(heavy, []);
      });
    }
  } finally {
    await browser.close();
  }
});
