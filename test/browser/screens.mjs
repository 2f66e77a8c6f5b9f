// Pictures of pages, to be looked at: node test/browser/screens.mjs [PATH or SCENE...]
//
// Every kind of page (lib/scenes.mjs) on a phone and on a desktop, light and dark, in each language, into
// test/browser/results; and sheets of them side by side, to be looked at together, into test/browser/results/sheets.
// A PATH (/places) takes that page alone, a SCENE those whose names begin so (desk, keep, error-4).
// PARVIS_TERRITORIES=nord-en,jingan and PARVIS_LOOKS=phone-light narrow it; PARVIS_LOOKS=zoom,print adds a page at 200 % and
// on paper. PARVIS_FULL=1 takes every territory in every language that it has. PARVIS_PORT takes the pictures from a demo
// that runs already; PARVIS_DATA is then its folder.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { launch, visit } from './lib/browser.mjs';
import { full, results, startDemo } from './lib/place.mjs';
import { enter } from './lib/roles.mjs';
import { letters, places, scenes } from './lib/scenes.mjs';
import { sheets } from './lib/sheets.mjs';

// What is taken: the five languages, each in a territory of its own, and what differs in other territories.
const languages = [['nord', 'fr'], ['nord', 'en'], ['sector4', 'ro'], ['hai-van', 'vi'], ['jingan', 'zh']];
const others = [['auch', 'fr'], ...(full ? [['auch', 'en'], ['sector4', 'en'], ['hai-van', 'en'], ['jingan', 'en']] : [])];
const shapes = {
  'phone-light': { width: 360, height: 740 }, 'phone-dark': { width: 360, height: 740, dark: true },
  'desktop-light': { width: 1280, height: 800 }, 'desktop-dark': { width: 1280, height: 800, dark: true },
  zoom: { width: 640, height: 400 }, print: { width: 688, height: 1000, media: 'print' },
};
const asked = (process.env.PARVIS_TERRITORIES ?? '').split(',').filter(Boolean);
const looks = (process.env.PARVIS_LOOKS ?? 'phone-light,phone-dark,desktop-light,desktop-dark').split(',');
const wanted = process.argv.slice(2);
const paths = wanted.filter((one) => one.startsWith('/'));
const names = wanted.filter((one) => !one.startsWith('/'));
const list = paths.length > 0
  ? paths.map((path) => ({ name: path.replace(/[^\w]+/g, '_'), local: true, go: (t) => t.open(path) }))
  : scenes.filter(({ name }) => names.length === 0 || names.some((one) => name.startsWith(one)));

const demo = process.env.PARVIS_PORT
  ? { port: Number(process.env.PARVIS_PORT), place: process.env.PARVIS_DATA, stop() {} }
  : await startDemo('sqlite');
const browser = await launch();
mkdirSync(join(results, 'sheets'), { recursive: true });
const taken = []; // {scene, look, territory, language, file}
const missed = [];

// shoot takes the page that is open in each look, without loading it again.
async function shoot(page, scene, territory, language) {
  for (const look of looks) {
    const { width, height, dark, media } = shapes[look];
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme: dark ? 'dark' : 'light', media: media ?? null });
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    const file = join(results, `${scene}-${territory}-${language}-${look}.png`);
    await page.screenshot({ path: file, fullPage: true });
    taken.push({ scene, look, territory, language, file });
  }
  await page.emulateMedia({ colorScheme: 'light', media: null });
  await page.setViewportSize({ width: 1280, height: 800 });
}

// hand is what a scene works with: the page, and how it is opened, sent and posted to.
function hand(page, territory, language, more) {
  const host = `${territory}.localhost`;
  const address = (path) => {
    const to = new URL(path, `http://${host}:${demo.port}`);
    to.searchParams.set('hl', language);
    return to.href;
  };
  const open = (path) => page.goto(address(path), { waitUntil: 'load' });
  const send = async (selector) => {
    const button = page.locator(selector.startsWith('button') ? selector : `${selector} button`).first();
    await Promise.all([page.waitForNavigation({ waitUntil: 'load' }), button.click()]);
  };
  const post = async (path, body) => { // as a form of the page that is open
    await open('/help');
    await Promise.all([page.waitForNavigation({ waitUntil: 'load' }), page.evaluate(([to, text]) => {
      const form = Object.assign(document.createElement('form'), { method: 'post', action: to });
      for (const [name, value] of new URLSearchParams(text)) form.append(Object.assign(document.createElement('input'), { name, value }));
      document.body.append(form);
      form.submit();
    }, [address(path), body])]);
  };
  return { page, territory, language, host, port: demo.port, data: demo.place, open, send, post, ...more };
}

async function combination([territory, language], which) {
  const host = `${territory}.localhost`;
  const pages = new Map(); // a browser's page for each role
  const first = await places(demo.port, host);
  let link;
  const more = { places: first, link: async () => (link ??= (await letters(demo.port, host))[languages.findIndex(([t, l]) => t === territory && l === language) % 2]) };
  for (const scene of which) {
    const role = scene.as ?? '';
    if (!pages.has(role)) {
      const opened = await visit(browser, { language, viewport: { width: 1280, height: 800 } });
      opened.page.setDefaultTimeout(10_000);
      if (role) {
        const [name, value] = (await enter(demo.port, territory, role)).split('=');
        await opened.context.addCookies([{ name, value, url: `http://${host}:${demo.port}` }]);
      }
      pages.set(role, opened);
    }
    const { page } = pages.get(role);
    try {
      const answer = await scene.go(hand(page, territory, language, more));
      if (answer !== false) await shoot(page, scene.name, territory, language);
    } catch (error) {
      missed.push(scene.name);
      console.error(`not taken: ${scene.name} of ${territory} in ${language}: ${error.message.split('\n')[0]}`);
    }
  }
  for (const { close } of pages.values()) await close();
  console.log(`${territory} in ${language}: ${taken.length} pictures so far`);
}

// What is the same for all territories: the first page of the demo in five languages, and the gallery of shapes.
async function shared() {
  for (const [territory, language] of languages) {
    const { page, close } = await visit(browser, { language, viewport: { width: 1280, height: 800 } });
    await page.goto(`http://127.0.0.1:${demo.port}/?hl=${language}`);
    await shoot(page, 'first', territory, language);
    await page.goto(`http://${territory}.localhost:${demo.port}/_ui?hl=${language}`);
    await shoot(page, 'gallery', territory, language);
    await close();
  }
}

try {
  const some = (all) => all.filter(([territory, language]) => asked.length === 0 || asked.includes(territory) || asked.includes(`${territory}-${language}`));
  if (wanted.length === 0 && asked.length === 0) await shared();
  for (const pair of some(languages)) await combination(pair, list);
  for (const pair of some(others)) await combination(pair, list.filter((scene) => scene.local));
  const made = await sheets(browser, taken, shapes, join(results, 'sheets'));
  console.log(`${taken.length} pictures in ${results}, ${made.length} sheets in sheets/`);
} finally {
  await browser.close();
  await demo.stop();
}
process.exitCode = missed.length > 0 ? 1 : 0;
