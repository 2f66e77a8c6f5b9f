// ND-2: A resident finds help: words as they come, spelling mistakes included, near an address or a town, open now, free,
// in a language, reachable by wheelchair; list and map; one page a place, printable.
import assert from 'node:assert/strict';
import { openFirst, paper, place, results, search, story, tick, total } from '../lib/walk.mjs';
import { readPaper, readText } from '../lib/qr.mjs';

story('ND-2', 'a resident finds help with her own words', 'nord', async ({ page, go, language, scripts }) => {
  // She types as she speaks, and gets a letter wrong.
  await go('/');
  await search(page, { q: language === 'fr' ? 'mediatheqe' : 'libary' });
  assert.ok((await total(page)) > 0, 'a misspelt word finds something');
  const [first] = await results(page);
  assert.ok(first.title && first.href.startsWith('/places/'), 'a result has a name and a page');

  // Near Roubaix, the list begins near Roubaix.
  await go('/places?near=Roubaix');
  const near = await results(page);
  assert.equal((await paper(page)).pages, 1, 'the list on one sheet');
  assert.ok(near.length > 3, 'help near Roubaix');
  assert.match(near[0].text, /Roubaix/, 'the nearest is in Roubaix');
  const all = await total(page);

  // Free, in Arabic, by wheelchair: each narrows, and the choice stays in the address and on the page.
  await tick(page, [['fee', 'free']]);
  const free = await total(page);
  await tick(page, [['wheelchair', 'yes']]);
  const reachable = await total(page);
  await tick(page, [['spoken', 'ar']]);
  const spoken = await total(page);
  assert.ok(all >= free && free >= reachable && reachable >= spoken, `${all} ≥ ${free} ≥ ${reachable} ≥ ${spoken}`);
  assert.ok(all > spoken, 'the filters narrow');
  const asked = new URL(page.url()).searchParams;
  assert.equal(asked.get('fee') + asked.get('wheelchair') + asked.get('spoken'), 'freeyesar');
  if (scripts) assert.ok([...asked].every(([, value]) => value !== ''), `nothing empty in the address: ${asked}`);
  assert.ok(await page.locator('input[type=checkbox][name=spoken][value=ar]').first().isChecked(), 'the choice is still ticked');

  // Open at a time: on Christmas morning fewer than on a Tuesday.
  await go('/places?near=Roubaix&at=2026-11-24T10:00');
  const tuesday = await total(page);
  await go('/places?near=Roubaix&at=2026-12-25T10:00');
  const christmas = await total(page);
  assert.ok(tuesday > 0 && tuesday > christmas, `open on a Tuesday ${tuesday}, on Christmas day ${christmas}`);

  // Now: what is shown is open. In the night there may be none, and then something helps on.
  await go('/places?open=now');
  if ((await total(page)) > 0) {
    await openFirst(page);
    assert.equal(await page.locator('[data-open]').first().getAttribute('data-open'), 'yes', 'it says that it is open');
  } else {
    assert.ok(await page.locator('main a[href^="tel:"], main a[href^="/places"]').count(), 'somewhere to go on');
  }

  // The same on a map, drawn before anything is loaded.
  await go('/places?near=Roubaix&view=map');
  assert.ok(await page.locator('svg.map').count(), 'a map');
  assert.ok((await results(page)).length > 0, 'the map has its list');

  // One place: hours, a number, a map, and on paper one sheet that leads back to it.
  await go('/places?near=Roubaix&at=2026-11-24T10:00');
  const opened = await openFirst(page);
  await place(page, language, opened.title);
  const { pdf, pages } = await paper(page);
  assert.equal(pages, 1, 'one sheet');
  assert.ok((await readText(pdf)).includes(opened.title.split(' ')[0]), 'its name on paper');
  const codes = await readPaper(pdf);
  assert.ok(codes.some((code) => code.includes(`/places/${opened.id}`)), `the code on paper leads back: ${codes}`);

  // Nothing found is no dead end.
  await go('/places?q=zzqxjwvk');
  assert.equal(await total(page), 0);
  assert.ok(await page.locator('main a[href^="tel:"]').count(), 'a number to call');
  assert.ok(await page.locator('main a[href^="/places"]').count(), 'somewhere to go on');
});

story('ND-2', 'a resident says that a record is wrong', 'nord', async ({ page, go }) => {
  await go('/places?near=Lille');
  const { id } = await openFirst(page);
  await Promise.all([page.waitForURL(/\/wrong/), page.locator('a[href$="/wrong"]').first().click()]);
  const form = page.locator('main form').first();

  // Sent empty, it says what to write, beside the field, and loses nothing.
  await form.locator('button[type=submit], button:not([type])').first().click();
  await page.waitForLoadState('load');
  assert.ok(await page.locator('[role=alert], .errors').count(), 'it says what is missing');
  await page.locator('main form input[type=radio][value=phone]').check();
  const text = page.locator('main form textarea').first();
  await text.fill('Le numéro sonne dans le vide depuis lundi.');
  await page.locator('main form').first().locator('button[type=submit], button:not([type])').first().click();
  await page.waitForLoadState('load');
  assert.equal(await page.locator('[role=alert], .errors').count(), 0, 'it is taken');
  assert.ok(await page.locator(`main a[href*="/places/${id}"], [role=status]`).count(), 'it says thank you and leads back');
});
