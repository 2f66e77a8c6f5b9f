// Pictures of pages, to be looked at: node test/browser/screens.mjs [PATH...]
//
// Each page on a phone and on a desktop, light and dark, in each territory's languages, into test/browser/results. With
// no path: the pages of the first room. PARVIS_TERRITORIES=nord,jingan and PARVIS_LOOKS=phone-light narrow it.
// PARVIS_PORT takes the pictures from a demo that runs already.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { launch, visit } from './lib/browser.mjs';
import { get, links } from './lib/http.mjs';
import { results, startDemo } from './lib/place.mjs';

const territories = { nord: ['fr', 'en'], auch: ['fr'], sector4: ['ro'], 'hai-van': ['vi'], jingan: ['zh'] };
const asked = (process.env.PARVIS_TERRITORIES ?? '').split(',').filter(Boolean);
const looks = (process.env.PARVIS_LOOKS ?? 'phone-light,phone-dark,desktop-light,desktop-dark').split(',');
const demo = process.env.PARVIS_PORT ? { port: Number(process.env.PARVIS_PORT), stop() {} } : await startDemo('sqlite');
const browser = await launch();
mkdirSync(results, { recursive: true });

// The address of the first place in the list: the page of a place.
async function firstPlace(host) {
  const list = await get(demo.port, host, '/places');
  return links(list.body.toString()).find((link) => /^\/places\/[^/?]+$/.test(link)) ?? '/places';
}

async function picture(host, name, path, language) {
  for (const look of looks) {
    const [device, shade] = look.split('-');
    const { page, close } = await visit(browser, { device, language, dark: shade === 'dark' });
    const to = new URL(path, `http://${host}:${demo.port}`);
    to.searchParams.set('hl', language);
    await page.goto(to.href, { waitUntil: 'networkidle' });
    const file = join(results, `${name}-${path.replace(/[^\w]+/g, '_')}-${language}-${look}.png`);
    await page.screenshot({ path: file, fullPage: true });
    console.log(file);
    await close();
  }
}

try {
  const paths = process.argv.slice(2);
  if (paths.length === 0 && asked.length === 0) await picture('127.0.0.1', 'first', '/', 'en');
  for (const [territory, languages] of Object.entries(territories)) {
    if (asked.length > 0 && !asked.includes(territory)) continue;
    const host = `${territory}.localhost`;
    const list = paths.length > 0 ? paths : ['/', '/places', await firstPlace(host), '/map', '/share', '/poster', '/social-economy', '/accessibility', '/sign-in'];
    for (const language of languages) for (const path of list) await picture(host, territory, path, language);
  }
} finally {
  await browser.close();
  await demo.stop();
}
