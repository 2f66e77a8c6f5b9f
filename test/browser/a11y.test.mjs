// Every page of every territory, as visitor and as those who sign in: no dead link, one h1, the right language, no word
// missing, no fault that axe finds, at 320 px and at 1280 px, with the page's scripts and with them blocked.
//
// By default each kind of page is tried in each territory's own language at 320 px with scripts blocked, in three
// territories at 1280 px, in three in their second language; PARVIS_FULL=1 tries everything. Where a page is tried at both
// widths it is opened once and made wider: nothing but its style sheet depends on the width.
// PARVIS_TERRITORIES=nord,auch keeps those alone.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bring, faults } from './lib/axe.mjs';
import { launch, visit } from './lib/browser.mjs';
import { crawl } from './lib/crawl.mjs';
import { full, plant, quick } from './lib/place.mjs';
import { enter, roles } from './lib/roles.mjs';
import { promises } from './lib/walk.mjs';
import { address, inLanguage, sites, territories } from './lib/sites.mjs';

const planted = plant === 'a11y'; // a field loses its name: axe must say so
const [site] = sites;
const lanes = 4; // pages that are looked at side by side

const looks = full
  ? [true, false].map((scripts) => ({ widths: [320, 1280], scripts, languages: 'all' }))
  : [{ widths: [320], scripts: false, languages: 'own' },
    { widths: [1280], scripts: true, languages: 'own', only: ['nord', 'hai-van', 'jingan'] },
    { widths: [320], scripts: true, languages: 'second', only: ['auch', 'sector4', 'hai-van'] }];

const asked = (process.env.PARVIS_TERRITORIES ?? '').split(',').filter(Boolean);
const tried = Object.entries(territories).filter(([name]) => asked.length === 0 || asked.includes(name)).slice(0, quick ? 1 : undefined);
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
      await t.test(`${territory} ${language}: ${shapes.length} kinds of page at ${look.widths.join(' and ')} px, scripts ${look.scripts ? 'allowed' : 'blocked'}`, () =>
        clean(browser, look, language, shapes.map(({ path }) => address(site, territory, path))));
    }
  } finally {
    await browser.close();
  }
}

// lookAt gathers what is wrong with the page that is open, at each width.
async function lookAt(page, language, to, widths, wrong) {
  for (const width of widths) {
    await page.setViewportSize({ width, height: 800 });
    try {
      await promises(page, language);
    } catch (error) {
      wrong.push([`${error.message.split('\n')[0]} at ${width} px`, to]);
    }
    if (planted) await page.evaluate(() => document.querySelector('input[name=q]')?.labels?.forEach((label) => label.remove()));
    if (planted) await page.evaluate(() => document.querySelectorAll('input[name=q]').forEach((field) => ['aria-label', 'aria-labelledby', 'title', 'placeholder'].forEach((name) => field.removeAttribute(name))));
    for (const fault of await faults(page)) wrong.push([`${fault}, at ${width} px`, to]);
  }
}

// gather says each fault once, with how many pages have it and the first of them.
function gather(wrong) {
  const pages = new Map();
  for (const [fault, to] of wrong) pages.set(fault, [...(pages.get(fault) ?? []), to]);
  return [...pages].map(([fault, on]) => `${fault} — on ${on.length} page${on.length > 1 ? 's' : ''}, first ${on[0]}`);
}

// clean opens each address, several at a time, and gathers what is wrong with any of them.
async function clean(browser, look, language, addresses, prepare) {
  const wrong = [];
  const complaints = [];
  const left = [...addresses];
  const lane = () => cleanLane(browser, look, language, left, wrong, complaints, prepare);
  await Promise.all(Array.from({ length: Math.min(lanes, left.length) }, lane));
  assert.deepEqual([...gather(wrong), ...complaints], []);
}

// block keeps scripts from a page. None has an inline script (its policy refuses them), so a script that does not arrive
// is a script blocked, and axe can still run.
async function block(context, page) {
  const session = await context.newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.setBlockedURLs', { urls: ['*.js'] });
}

// cleanLane takes one address after the other from those that are left, in a page of its own.
async function cleanLane(browser, { widths, scripts }, language, left, wrong, complaints, prepare = async () => {}) {
  const { page, context, troubles, close } = await visit(browser, { language, viewport: { width: widths[0], height: 800 } });
  try {
    await bring(context);
    if (!scripts) await block(context, page);
    await prepare(page);
    for (let to = left.shift(); to; to = left.shift()) {
      await page.goto(to, { waitUntil: 'load' });
      await lookAt(page, language, to, widths, wrong);
    }
  } finally {
    await close();
  }
  complaints.push(...(scripts ? troubles : troubles.filter((text) => !/ERR_FAILED|ERR_BLOCKED|Failed to load/.test(text))));
}

// shapesOfVisitors are the kinds of page of a territory that need no account.
const ofVisitors = new Map();
function shapesOfVisitors(territory, language) {
  if (!ofVisitors.has(territory)) {
    ofVisitors.set(territory, crawl(site.port, `${territory}.localhost`, language, { each: 1 }).then((pages) => new Set(pages.map(({ shape }) => shape))));
  }
  return ofVisitors.get(territory);
}

for (const role of quick ? [] : roles) {
  const chosen = full ? tried.map(([name]) => name) : ['nord'];
  for (const territory of chosen) {
    const [language] = territories[territory];
    test(`every page of ${territory} as ${role}`, { timeout: 3_600_000 }, async (t) => {
      const cookie = await enter(site.port, territory, role);
      const pages = await crawl(site.port, `${territory}.localhost`, language, { each: 1, headers: { cookie } });
      await t.test(`${territory} as ${role}: no dead link among ${pages.length} pages`, () => {
        assert.deepEqual(pages.filter(({ status }) => status !== 200).map(({ path, status, by }) => `${path} (${status}), from ${by}`), []);
      });
      const visitor = await shapesOfVisitors(territory, language);
      const own = pages.filter(({ html, status, shape, path }) => html && status === 200 && (!visitor.has(shape) || path === inLanguage('/', language)));
      assert.ok(own.length > 0, `${role} is signed in`);
      const browser = await launch();
      try {
        const [name, value] = cookie.split('=');
        await t.test(`${territory} as ${role}: ${own.length} pages of their own`, () =>
          clean(browser, { widths: full ? [320, 1280] : [320], scripts: true }, language, own.map(({ path }) => address(site, territory, path)),
            (page) => page.context().addCookies([{ name, value, url: address(site, territory) }])));
      } finally {
        await browser.close();
      }
    });
  }
}

// What no crawl reaches: a team's page by the link in its letter, its answers and faults, and the desk's lists.
for (const territory of quick ? [] : ['nord', 'hai-van'].filter((name) => tried.some(([one]) => one === name))) {
  const [language] = territories[territory];
  test(`what keeps the records of ${territory} true`, { timeout: 600_000 }, async () => {
    const browser = await launch();
    const { page, context, troubles, close } = await visit(browser, { language });
    const wrong = [];
    const open = (path) => page.goto(address(site, territory, inLanguage(path, language)), { waitUntil: 'load' });
    const look = async (what) => {
      await lookAt(page, language, what, [320, 1280], wrong);
      await page.setViewportSize({ width: 700, height: 1000 }); // a sheet of paper
      await page.emulateMedia({ media: 'print' });
      await promises(page, language).catch((error) => wrong.push([`${error.message.split('\n')[0]} on paper`, what]));
      await page.emulateMedia({ media: null });
    };
    const send = (action) => Promise.all([page.waitForNavigation({ waitUntil: 'load' }), page.locator(`form[action="${action}"] button`).first().click()]);
    try {
      await bring(context);
      const [name, value] = (await enter(site.port, territory, 'coordinator')).split('=');
      await context.addCookies([{ name, value, url: address(site, territory) }]);
      for (const list of ['remarks', 'stale', 'confirm', 'gone']) {
        assert.equal((await open(`/desk/directory?list=${list}`)).status(), 200, list);
        await look(`the desk's list ${list}`);
      }
      await open('/desk/directory?list=stale');
      const place = await page.locator('ul.rows h3 a').first().getAttribute('href');
      await send('/desk/directory/remind');
      await look('the desk when letters are sent');
      await open(place.split('?')[0]);
      const at = new URL(page.url()).pathname;
      await page.locator('input[name=hours]').fill('25:00');
      await send(`${at}/closed`);
      assert.ok(await page.locator('#f-hours-error').count(), 'beside the hours');
      await look('a place at the desk, with faults');
      await context.clearCookies({ name });
      const form = await linkOf(page, open);
      await look('the letters of the demo');
      await eachFault(page, { open, look, send, form });
    } finally {
      await close();
      await browser.close();
    }
    assert.deepEqual([...gather(wrong), ...troubles], []);
  });
}

// linkOf is the path of a link in a letter; a job sends it, so it may take a moment.
async function linkOf(page, open) {
  for (let tries = 0; tries < 80; tries++) {
    await open('/_mail');
    const link = (await page.locator('body').innerText()).match(/\/keep\/[\w-]{43}/)?.[0];
    if (link) return link;
    await page.waitForTimeout(250);
  }
  throw new Error('no reminder came');
}

// eachFault looks at a team's page, with everything wrong that can be typed, and at what each of its buttons answers.
async function eachFault(page, { open, look, send, form }) {
  await open(form);
  await look('a team\'s page');
  for (let day = 1; day <= 7; day++) await page.locator(`input[name=day-${day}]`).fill(`from ${'morning'.repeat(10)}`);
  for (const name of ['phones', 'mails', 'sites']) await page.locator(`textarea[name=${name}]`).fill(`${name} \nw${'x'.repeat(90)}`);
  await page.locator('textarea[name=bring]').evaluate((field) => { field.value = 'w'.repeat(1100); });
  await page.locator('textarea[name=words]').fill('as the light is on');
  await send(form);
  for (const name of ['day-1', 'day-7', 'words', 'phones', 'mails', 'sites', 'bring']) assert.ok(await page.locator(`#f-${name}-error`).count(), `beside ${name}`);
  await look('a team\'s page with faults');
  await open(form);
  await page.locator('input[name=to]').fill('2020-01-01');
  await page.locator('input[name=hours]').fill('25:00');
  await send(`${form}/closed`);
  assert.ok(await page.locator('#f-from-error').count(), 'beside the first day');
  await look('a team\'s closure with faults');
  await page.locator('input[name=from]').fill('2031-12-24');
  await page.locator('input[name=to]').fill('2031-12-26');
  await page.locator('input[name=hours]').fill('10:00-12:00');
  await send(`${form}/closed`);
  await look('a closure that is entered');
  await open(form);
  await look('a team\'s page with a closure');
  await send(`${form}/right`);
  await look('all is right');
  await open(`${form}/stop`);
  await look('the page that stops reminders');
  await send(`${form}/stop`);
  await look('reminders that are stopped');
  await open(form);
  await page.locator('textarea[name=mails]').fill('neue-adresse@nord.example');
  await send(form);
  await look('a team that moved');
  assert.equal((await open(form)).status(), 410);
  await look('a link that no longer serves');
}

test('the first page of the demo and the gallery', { timeout: 600_000, skip: quick && 'one look at the planted fault is enough' }, async () => {
  const browser = await launch();
  try {
    for (const language of ['en', 'fr', 'ro', 'vi', 'zh']) {
      for (const look of full ? looks : [looks[language === 'en' ? 1 : 0]]) {
        await clean(browser, look, language, [`http://127.0.0.1:${site.port}${inLanguage('/', language)}`]);
      }
    }
    await clean(browser, { widths: [1280, 320], scripts: true }, 'fr', [address(site, 'nord', inLanguage('/_ui', 'fr'))]);
    await clean(browser, { widths: [320, 1280], scripts: true }, 'vi', [address(site, 'hai-van', inLanguage('/_ui', 'vi'))]);
  } finally {
    await browser.close();
  }
});
