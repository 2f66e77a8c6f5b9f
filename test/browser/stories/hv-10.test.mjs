// HV-10: Villages with computers and a connection are places in the directory, with their equipment.
import assert from 'node:assert/strict';
import { openFirst, place, results, search, story, tick, total } from '../lib/walk.mjs';
import { word } from '../lib/sites.mjs';

story('HV-10', 'a villager finds the nearest house with computers and a connection', 'hai-van', async ({ page, go, language }) => {
  // Everybody types without marks on a cheap phone.
  await go('/');
  await search(page, { q: language === 'vi' ? 'may tinh' : 'computer' });
  assert.ok((await total(page)) > 0, 'found without marks');

  // Both: computers and a connection.
  await go('/places');
  const all = await total(page);
  await tick(page, [['equipment', 'computer']]);
  const computers = await total(page);
  assert.ok(computers > 0 && computers < all, `${computers} of ${all} have computers`);

  // In the village hall, near Tà Lang.
  await go(`/places?near=${encodeURIComponent('Ta Lang')}&equipment=computer&equipment=connection`);
  const near = await results(page);
  assert.ok(near.length > 0, 'houses near Tà Lang, asked for without marks');

  // Its page says what is there.
  const { title } = await openFirst(page);
  await place(page, language, title);
  const text = await page.locator('main').innerText();
  for (const thing of ['computer', 'connection']) {
    const label = word(language, `directory.equipment.${thing}`);
    assert.ok(text.toLowerCase().includes(label.toLowerCase()), `the page says: ${label}`);
  }
});
