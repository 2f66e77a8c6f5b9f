// ND-4: A place's own team keeps its record true by the link in its letter, with no password. The desk sends the day's
// reminders; one of them is opened as its reader would.
import assert from 'node:assert/strict';
import { address, inLanguage, word } from '../lib/sites.mjs';
import { promises, story } from '../lib/walk.mjs';

const used = new Set(); // links that a way has taken: each walks with a letter of its own

// enter presses the demo's button for a role.
async function enter(page, site, language, role) {
  await page.goto(address(site, 'nord', inLanguage('/_demo', language)));
  await Promise.all([page.waitForURL((url) => url.pathname !== '/_demo'), page.locator(`button[name=role][value=${role}]`).click()]);
}

// press sends a form by its button and waits for the page that answers.
async function press(page, button) {
  await Promise.all([page.waitForNavigation({ waitUntil: 'load' }), button.click()]);
}

// letter finds a reminder whose link nobody has opened yet; it is sent by a job, so it may take a moment.
async function letter(page, site, language) {
  for (let tries = 0; tries < 40; tries++) {
    await page.goto(address(site, 'nord', inLanguage('/_mail', language)));
    for (const card of await page.locator('[role=listitem]').allInnerTexts()) {
      const link = card.match(/http:\/\/nord\.localhost:\d+\/keep\/[\w-]{43}/)?.[0];
      if (link && !used.has(link) && card.includes('toujours juste') && !card.includes('Horaires')) {
        used.add(link);
        return { link, card };
      }
    }
    await page.waitForTimeout(250);
  }
  throw new Error('no reminder came');
}

story('ND-4', 'a team keeps its record true by the link in its letter', 'nord', async ({ page, site, language, go }) => {
  // The desk: what waits, with counts; one button sends the reminders of the day.
  await enter(page, site, language, 'coordinator');
  await go('/desk/directory?list=stale');
  assert.ok((await page.locator('ul.rows > li[data-id]').count()) > 0, 'stale records');
  assert.match(await page.locator('ul.lists [aria-current]').innerText(), /\d/, 'with their count');
  await press(page, page.locator('form[action="/desk/directory/remind"] button'));
  await promises(page, language);

  // The letter arrives; it shows the record, and its link opens without a password.
  const { link, card } = await letter(page, site, language);
  assert.match(card, /\/stop\?/, 'a way to stop the reminders');
  await page.context().clearCookies();
  const form = new URL(link).pathname;
  await go(form);
  const place = await page.locator('a[href^="/places/"]').first().getAttribute('href');

  // A wrong phone number is answered beside the field, and nothing that was typed is lost.
  await page.locator('textarea[name=phones]').fill('12 34');
  await page.locator('input[name="day-3"]').fill('10h-12h, 15h-19h30');
  await press(page, page.locator(`form[action="${form}"] button`));
  await promises(page, language);
  assert.match(await page.locator('#f-phones-error').innerText(), /12 34/, 'beside the field');
  assert.equal(await page.locator('textarea[name=phones]').inputValue(), '12 34');
  assert.equal(await page.locator('input[name="day-3"]').inputValue(), '10h-12h, 15h-19h30');

  // Corrected, it is on the page at once, confirmed today by the team.
  await page.locator('textarea[name=phones]').fill('03 53 01 44 55');
  await press(page, page.locator(`form[action="${form}"] button`));
  await promises(page, language);
  await go(place);
  assert.match(await page.locator('table.hours').innerText(), /19\D{1,3}30/, 'the new hours');
  assert.match(await page.locator('main').innerText(), /03 53 01 44 55/, 'the new number');
  const [, by] = word(language, 'directory.place.confirmed-team').split('{{.Date}}');
  const said = (await page.locator('.source').innerText()).split('\n').find((line) => line.includes(by));
  assert.ok(said && !/\d/.test(said), `confirmed today by the team: ${said}`);
  const before = await page.locator('main').innerText();

  // "All is right", twice: nothing changes.
  for (let n = 0; n < 2; n++) {
    await go(form);
    await press(page, page.locator(`form[action="${form}/right"] button`));
    await promises(page, language);
  }
  await go(place);
  assert.equal(await page.locator('main').innerText(), before, 'the page after a second click');

  // Closed on a day, in a minute; the page says so.
  await go(form);
  await page.locator('input[name=from]').fill('2031-12-24');
  await press(page, page.locator(`form[action="${form}/closed"] button`));
  await go(place);
  assert.match(await page.locator('main').innerText(), /2031/, 'the closure');

  // A new address ends the link: it says so kindly, and offers a new one.
  await go(form);
  await page.locator('textarea[name=mails]').fill(`equipe-${used.size}-${site.engine}@nord.example`);
  await press(page, page.locator(`form[action="${form}"] button`));
  const gone = await page.goto(address(site, 'nord', inLanguage(form, language)));
  assert.equal(gone.status(), 410);
  await promises(page, language);
  assert.ok((await page.locator('main').innerText()).includes(word(language, 'directory.keep.again-text')), 'no harm done');
  assert.doesNotMatch(await page.locator('main').innerText(), /@/, 'no address is shown');
  await press(page, page.locator(`form[action="${form}/again"] button`));
  await promises(page, language);
  assert.ok((await page.locator('main').innerText()).includes(word(language, 'directory.keep.done-again')), 'a new one is on its way');
});
