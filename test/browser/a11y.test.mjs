// Every page of every territory, as visitor and as those who sign in: no dead link, one h1, the right language, no word
// missing, no fault that axe finds, at 320 px and at 1280 px, with the page's scripts and with them blocked.
//
// By default each kind of page is tried in each territory's own language at 320 px with scripts blocked, in three
// territories at 1280 px, in three in their second language; PARVIS_FULL=1 tries everything.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { faults } from './lib/axe.mjs';
import { launch, visit } from './lib/browser.mjs';
import { crawl } from './lib/crawl.mjs';
import { full, plant, quick } from './lib/place.mjs';
import { enter, roles } from './lib/roles.mjs';
import { promises } from './lib/walk.mjs';
import { address, inLanguage, sites, territories } from './lib/sites.mjs';

const planted = plant === 'a11y'; // a field loses its name: axe must say so
const [site] = sites;

const looks = full
  ? [320, 1280].flatMap((width) => [true, false].map((scripts) => ({ width, scripts, languages: 'all' })))
  : [{ width: 320, scripts: false, languages: 'own' },
    { width: 1280, scripts: true, languages: 'own', only: ['nord', 'hai-van', 'jingan'] },
    { width: 320, scripts: true, languages: 'second', only: ['auch', 'sector4', 'hai-van'] }];

const tried = Object.entries(territories).slice(0, quick ? 1 : undefined);
for (const [territory, languages] of tried) {
  for (const [n, language] of languages.entries()) {
    const wanted = looks.filter(({ languages: which, only }) => (which === 'all' || (which === 'own') === (n === 0)) && (only?.includes(territory) ?? true));
    if (wanted.length > 0) test(`every page of ${territory} in ${language}`, { timeout: 3_600_000 }, (t) => everyPage(t, territory, language, wanted));
  }
}

async function everyPage(t, territory, language, wanted) {
  const pages = await crawl(site.port, `${territory}.localhost`, language, { each: full ? 3 : 2 });
  await t.test(`${territory} ${language}: no dead link among ${pages.length} pages`, () => {
    const dead = pages.filter(({ status }) => status !== 200).map(({ path, status, by }) => `${path} (${status}), from ${by}`);
    assert.deepEqual(dead, []);
  });
  const shapes = [...new Map(pages.filter(({ html, status }) => html && status === 200).map((page) => [page.shape, page])).values()];
  const browser = await launch();
  try {
    for (const look of wanted) {
      await t.test(`${territory} ${language}: ${shapes.length} kinds of page at ${look.width} px, scripts ${look.scripts ? 'allowed' : 'blocked'}`, () =>
        clean(browser, look, language, shapes.map(({ path }) => address(site, territory, path))));
    }
  } finally {
    await browser.close();
  }
}

// gather says each fault once, with how many pages have it and the first of them.
function gather(wrong) {
  const pages = new Map();
  for (const [fault, to] of wrong) pages.set(fault, [...(pages.get(fault) ?? []), to]);
  return [...pages].map(([fault, on]) => `${fault} — on ${on.length} page${on.length > 1 ? 's' : ''}, first ${on[0]}`);
}

// clean opens each address and gathers what is wrong with any of them.
async function clean(browser, { width, scripts }, language, addresses, prepare = async () => {}) {
  const { page, context, troubles, close } = await visit(browser, { language, viewport: { width, height: 800 } });
  const wrong = [];
  try {
    // No page has an inline script (its policy refuses them), so a script that does not arrive is a script blocked, and
    // axe can still run.
    if (!scripts) await context.route('**/*', (route) => (route.request().resourceType() === 'script' ? route.abort() : route.continue()));
    await prepare(page);
    for (const to of addresses) {
      await page.goto(to, { waitUntil: 'load' });
      try {
        await promises(page, language);
      } catch (error) {
        wrong.push([error.message.split('\n')[0], to]);
      }
      if (planted) await page.evaluate(() => document.querySelector('input[name=q]')?.labels?.forEach((label) => label.remove()));
      if (planted) await page.evaluate(() => document.querySelectorAll('input[name=q]').forEach((field) => ['aria-label', 'aria-labelledby', 'title', 'placeholder'].forEach((name) => field.removeAttribute(name))));
      for (const fault of await faults(page)) wrong.push([fault, to]);
    }
  } finally {
    await close();
  }
  const complaints = scripts ? troubles : troubles.filter((text) => !/ERR_FAILED|Failed to load/.test(text));
  assert.deepEqual([...gather(wrong), ...complaints], []);
}

for (const role of quick ? [] : roles) {
  const chosen = full ? Object.keys(territories) : ['nord'];
  for (const territory of chosen) {
    const [language] = territories[territory];
    test(`every page of ${territory} as ${role}`, { timeout: 3_600_000 }, async (t) => {
      const cookie = await enter(site.port, territory, role);
      const pages = await crawl(site.port, `${territory}.localhost`, language, { each: 1, headers: { cookie } });
      await t.test(`${territory} as ${role}: no dead link among ${pages.length} pages`, () => {
        assert.deepEqual(pages.filter(({ status }) => status !== 200).map(({ path, status, by }) => `${path} (${status}), from ${by}`), []);
      });
      const visitor = new Set((await crawl(site.port, `${territory}.localhost`, language, { each: 1 })).map(({ shape }) => shape));
      const own = pages.filter(({ html, status, shape, path }) => html && status === 200 && (!visitor.has(shape) || path === inLanguage('/', language)));
      assert.ok(own.length > 0, `${role} is signed in`);
      const browser = await launch();
      try {
        const [name, value] = cookie.split('=');
        await t.test(`${territory} as ${role}: ${own.length} pages of their own at 320 px`, () =>
          clean(browser, { width: 320, scripts: true }, language, own.map(({ path }) => address(site, territory, path)),
            (page) => page.context().addCookies([{ name, value, url: address(site, territory) }])));
      } finally {
        await browser.close();
      }
    });
  }
}

test('the first page of the demo and the gallery', { timeout: 600_000, skip: quick && 'one look at the planted fault is enough' }, async () => {
  const browser = await launch();
  try {
    for (const language of ['en', 'fr', 'ro', 'vi', 'zh']) {
      for (const look of full ? looks : [looks[language === 'en' ? 1 : 0]]) {
        await clean(browser, look, language, [`http://127.0.0.1:${site.port}${inLanguage('/', language)}`]);
      }
    }
    await clean(browser, { width: 1280, scripts: true }, 'fr', [address(site, 'nord', inLanguage('/_ui', 'fr'))]);
    await clean(browser, { width: 320, scripts: true }, 'vi', [address(site, 'hai-van', inLanguage('/_ui', 'vi'))]);
  } finally {
    await browser.close();
  }
});
