// What a person does in the directory, by the hooks that its pages keep: search, read results, filter, open a place.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { launch, visit } from './browser.mjs';
import { full, plant, quick } from './place.mjs';
import { address, inLanguage, sites, territories } from './sites.mjs';

// The ways in which a story is walked: each engine, with and without scripts, on a phone and on a desktop, in the
// territory's languages. By default the second engine and the second language take one way each. PARVIS_SCRIPTS=on or
// off keeps those with or without scripts.
export function ways(territory) {
  const all = [];
  for (const site of sites) {
    for (const [n, language] of territories[territory].entries()) {
      for (const [device, scripts] of [['phone', false], ['desktop', true], ['phone', true], ['desktop', false]]) {
        const first = site === sites[0] && n === 0;
        const sampled = first || (n === 0 && device === 'phone' && scripts) || (n === 0 && device === 'desktop' && !scripts) ||
          (site === sites[0] && device === 'phone' && !scripts);
        const wanted = !process.env.PARVIS_SCRIPTS || (process.env.PARVIS_SCRIPTS === 'on') === scripts;
        if (wanted && (full || sampled)) all.push({ site, language, device, scripts });
      }
    }
  }
  return quick ? all.slice(0, 1) : all;
}

// story walks a story in all its ways; each is a test of its own that carries the story's id.
export function story(id, promise, territory, walk) {
  test(`${id} ${promise}`, { timeout: full ? 3_600_000 : 600_000 }, async (t) => {
    const browser = await launch();
    try {
      for (const way of ways(territory)) {
        const name = `${id} ${territory} on ${way.site.engine}, ${way.language}, ${way.device}, ${way.scripts ? 'with' : 'without'} scripts`;
        await t.test(name, async () => {
          const { page, context, troubles, close } = await visit(browser, way);
          try {
            await walk({ ...way, page, context, go: (path) => go(page, way, territory, path) });
            assert.deepEqual(troubles, [], 'what the browser complained of');
          } catch (error) {
            error.message += `\n  at ${page.url()}`;
            throw error;
          } finally {
            await close();
          }
        });
      }
    } finally {
      await browser.close();
    }
  });
}

// go opens a territory's page in the way's language and checks what every page promises.
async function go(page, { site, language }, territory, path = '/') {
  const answer = await page.goto(address(site, territory, inLanguage(path, language)), { waitUntil: 'load' });
  assert.ok(answer.ok(), `${path} answers ${answer.status()}`);
  await promises(page, language);
  return answer;
}

// promises are what every page keeps: one h1 with words in it, the language said, no key instead of a word, and nothing
// wider than the screen.
export async function promises(page, language) {
  const { lang, titles, text, wide } = await page.evaluate(() => ({
    lang: document.documentElement.lang,
    titles: [...document.querySelectorAll('h1')].map((title) => title.innerText.trim()),
    text: document.body.innerText,
    wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
  }));
  assert.equal(lang, language, `language of ${page.url()}`);
  assert.equal(titles.length, 1, `one h1 on ${page.url()}`);
  assert.notEqual(titles[0], '', `words in the h1 of ${page.url()}`);
  assert.doesNotMatch(text, /⟦|⟧|\{\{|%!|<no value>/, `a word is missing on ${page.url()}`);
  assert.ok(wide <= 1, `${page.url()} is ${wide} px wider than the screen`);
}

// search types words, and a town when given, into the page's search form and sends it as a person does.
export async function search(page, { q, near }) {
  const form = page.locator('form[role=search]').first();
  if (plant === 'nojs') await form.evaluate((f) => f.querySelectorAll('button').forEach((button) => button.remove()));
  if (q !== undefined) await form.locator('input[name=q]').fill(q);
  if (near !== undefined) await form.locator('input[name=near]').fill(near);
  await Promise.all([page.waitForURL((url) => url.searchParams.has('q') || url.searchParams.has('near')), form.locator('button[type=submit], button:not([type])').first().click()]);
  await page.waitForLoadState('load');
}

// results are what the list shows: id, title and address of each.
export async function results(page) {
  return page.locator('ol.results > li[data-id]').evaluateAll((items) => items.map((item) => {
    const link = item.querySelector('h2 a, h3 a');
    return { id: item.dataset.id, title: link?.textContent.trim(), href: link?.getAttribute('href'), text: item.textContent };
  }));
}

// total is how many there are in all, as the page says it.
export async function total(page) {
  return Number(await page.locator('[data-total]').first().getAttribute('data-total'));
}

// tick checks a filter's boxes by name and value, opens its group where it is folded, and applies them.
export async function tick(page, boxes) {
  for (const [name, value] of boxes) {
    const box = page.locator(`input[type=checkbox][name="${name}"][value="${value}"]`).first();
    await box.waitFor({ state: 'attached' });
    for (const group of await box.locator('xpath=ancestor::details').all()) {
      const summary = group.locator('summary').first();
      if ((await group.getAttribute('open')) === null && (await summary.isVisible())) await summary.click();
    }
    await box.check();
  }
  const form = page.locator('form').filter({ has: page.locator(`input[name="${boxes[0][0]}"]`) }).first();
  const done = () => boxes.every(([name, value]) => new URL(page.url()).searchParams.getAll(name).includes(value));
  if (!done()) {
    await form.locator('button[type=submit], button:not([type])').last().click();
    await page.waitForURL(() => done());
  }
  await page.waitForLoadState('load');
}

// openFirst follows the first result and gives its title.
export async function openFirst(page) {
  const [first] = await results(page);
  assert.ok(first, `a first result on ${page.url()}`);
  await Promise.all([page.waitForURL(/\/places\//), page.locator('ol.results > li[data-id]').first().locator('h2 a, h3 a').first().click()]);
  await page.waitForLoadState('load');
  return first;
}

// place checks what every place's page shows.
export async function place(page, language, title) {
  await promises(page, language);
  if (title) assert.equal((await page.locator('h1').innerText()).trim(), title);
  assert.ok(await page.locator('[data-open]').count(), 'open until when, or when next');
  assert.ok(await page.locator('table.hours').count(), 'the hours of the week');
  assert.ok(await page.locator('a[href^="tel:"]').count(), 'a number to call');
  assert.ok(await page.locator('svg.map').count(), 'a map drawn by the server');
  assert.ok(await page.locator('svg.qr, img.qr').count(), 'a QR code of the page');
  assert.ok(await page.locator('a[href$="/wrong"]').count(), 'a way to say that something is wrong');
}

// paper prints the page as a browser does and gives the PDF's bytes and its number of pages.
export async function paper(page) {
  const pdf = await page.pdf({ format: 'A4', printBackground: false });
  return { pdf, pages: (pdf.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g) ?? []).length };
}
