// ND-8: The social-economy directory: organisations and resources, by need and by place, with the same search.
import assert from 'node:assert/strict';
import { promises, results, search, story, tick, total } from '../lib/walk.mjs';

story('ND-8', 'a founder finds who can help in the social economy', 'nord', async ({ page, go, language }) => {
  // By need: somebody who founds a business.
  await go('/social-economy');
  const all = await total(page);
  assert.ok(all > 20, `${all} organisations and resources`);
  await tick(page, [['need', 'business-creation']]);
  const founders = await total(page);
  assert.ok(founders > 0 && founders < all, `${founders} of ${all} help founders`);

  // By place.
  await go('/social-economy?near=Lille');
  assert.match((await results(page))[0].text, /Lille/, 'the nearest is in Lille');

  // With the same search, mistakes included.
  await go('/social-economy');
  await search(page, { q: language === 'fr' ? 'coperative' : 'coopertive' });
  assert.match(new URL(page.url()).pathname, /^\/social-economy/, 'the search stays in the social economy');
  assert.ok((await total(page)) > 0, 'a misspelt word finds something');

  // One of them has a page, and its organisation one that lists what it offers and where.
  const [first] = await results(page);
  await Promise.all([page.waitForURL(/\/(places|organisations)\//), page.locator('ol.results > li[data-id]').first().locator('h2 a, h3 a').first().click()]);
  await promises(page, language);
  assert.equal((await page.locator('h1').innerText()).trim(), first.title);
  if (page.url().includes('/places/')) {
    await Promise.all([page.waitForURL(/\/organisations\//), page.locator('main a[href^="/organisations/"]').first().click()]);
    await promises(page, language);
  }
  assert.ok(await page.locator('main a[href^="/places/"]').count(), 'an organisation shows its places');
});
