// HV-10: Villages with computers and a connection are places in the directory, with their equipment.
import assert from 'node:assert/strict';
import { place, results, search, story, tick, total } from '../lib/walk.mjs';
import { word } from '../lib/sites.mjs';

story('HV-10', 'a villager finds the nearest house with computers and a connection', 'hai-van', async ({ page, go, language }) => {
  // Everybody types without marks on a cheap phone.
  await go('/');
  await search(page, { q: language === 'vi' ? 'may tinh' : 'computer' });
  assert.ok((await total(page)) > 0, 'found without marks');

  // Those with computers, of all places.
  await go('/places');
  const all = await total(page);
  await tick(page, [['equipment', 'computer']]);
  const computers = await total(page);
  assert.ok(computers > 0 && computers < all, `${computers} of ${all} have computers`);

  // Near Tà Lang, asked for without marks.
  await go(`/places?near=${encodeURIComponent('Ta Lang')}&equipment=computer`);
  const near = await results(page);
  assert.ok(near.length > 0, 'houses with computers near Tà Lang');

  // Each page says what is there; one of the near ones has a connection too.
  const wanted = ['computer', 'connection'].map((thing) => word(language, `directory.equipment.${thing}`).toLowerCase());
  const says = async () => {
    const text = (await page.locator('main').innerText()).toLowerCase();
    return wanted.map((label) => text.includes(label));
  };
  let found = false;
  for (const one of near.slice(0, 5)) {
    await go(one.href);
    const [computers, connection] = await says();
    assert.ok(computers, `${one.title} says: ${wanted[0]}`);
    if (!connection) continue;
    await place(page, language, one.title);
    found = true;
    break;
  }
  assert.ok(found, 'one near Tà Lang has computers and a connection');
});
