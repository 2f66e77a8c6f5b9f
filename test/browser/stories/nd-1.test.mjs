// ND-1: The directory loads the lists of others. A manager reads two registers into a new territory; what is surely one place
// is shown once, and of what is not sure the desk asks: both records side by side, and every answer can be taken back.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bring, faults } from '../lib/axe.mjs';
import { newHouse } from '../lib/place.mjs';
import { inLanguage, word } from '../lib/sites.mjs';
import { promises, results, story } from '../lib/walk.mjs';

const columns = 'id,nom,commune,code_postal,adresse,latitude,longitude,telephone,services';
const registers = {
  'Annuaire A': ['a1,Point info Alma,Roubaix,59100,12 rue de Paris,50.69,3.18,0320000001', 'a2,Kiosque Zéphyr,Roubaix,59100,3 rue du Lin,50.68,3.17,0320000002'],
  'Annuaire B': ['b1,POINT INFOS ALMA,Roubaix,59100,12 r. de Paris,50.69,3.18,+33320000001', 'b2,Le kiosque Zéphyr (annexe),Roubaix,59100,3 rue du Lin,50.68,3.17,'],
};

// firstDay makes a territory, reads both registers into it, and gives the link of its first manager.
function firstDay(house, language) {
  const made = house.run('init', 'lys', '--name', 'Pays de la Lys', '--host', 'lys.localhost', '--language', language, '--country', 'FR', '--zone', 'Europe/Paris',
    '--centre', '50.69,3.18', '--phone', '03 53 01 00 12', '--manager', 'chef@lys.example');
  for (const [source, rows] of Object.entries(registers)) {
    const file = join(house.place, 'register.csv');
    writeFileSync(file, `${columns}\n${rows.map((row) => `${row},Aide aux démarches administratives\n`).join('')}`);
    const said = house.run('import', 'lys', file, '--source', source);
    if (source === 'Annuaire B') assert.match(said, /1 (paire|pair)/, said);
    assert.match(house.run('import', 'lys', file, '--source', source), /2\n/, 'the same file again changes nothing');
  }
  return made.match(/\/invitation\/[\w-]+/)[0];
}

// press sends a form by its button and waits for the page that answers.
async function press(page, button) {
  await Promise.all([page.waitForNavigation({ waitUntil: 'load' }), button.click()]);
}

story('ND-1', 'a manager reads two registers and settles whether two records are one place', 'nord', async ({ page, context, site, language, scripts }) => {
  const house = newHouse(site.engine);
  let running;
  try {
    const link = firstDay(house, language);
    running = await house.serve();
    if (scripts) await bring(context);
    const go = async (path) => {
      const answer = await page.goto(`http://lys.localhost:${running.port}${inLanguage(path, language)}`, { waitUntil: 'load' });
      assert.ok(answer.ok(), `${path} answers ${answer.status()}`);
      await promises(page, language);
    };
    await go(link);
    if (await page.locator('input[name=name]').count()) await page.locator('input[name=name]').fill('Ana');
    await page.locator('input[type=password]').fill('une longue phrase de passe');
    await press(page, page.locator('main form button').last());

    // What is surely one place is found once, and its page names both registers.
    const found = async (q) => {
      await go(`/places?q=${encodeURIComponent(q)}`);
      return results(page);
    };
    const alma = await found('alma');
    assert.equal(alma.length, 1, 'the sure ones are one place');
    await go(alma[0].href);
    const source = await page.locator('.source').innerText();
    assert.ok(source.includes('Annuaire A') && source.includes('Annuaire B'), source);
    assert.equal((await found('zephyr')).length, 2, 'nobody decided yet');

    // The desk asks: both records, what speaks for it, three ways on.
    await go('/desk/directory?list=twins');
    await press(page, page.locator('ul.rows h3 a'));
    await promises(page, language);
    const asked = new URL(page.url()).pathname;
    const says = (await page.locator('main').innerText()).toLowerCase();
    for (const text of ['annuaire a', 'annuaire b', '3 rue du lin', word(language, 'directory.twins.sign-same-address')]) assert.ok(says.includes(text), `${text} in ${says}`);
    assert.equal(await page.locator('button[name=as]').count(), 3, 'three ways on');
    if (scripts) {
      const size = page.viewportSize();
      await page.setViewportSize({ width: 320, height: 700 });
      await promises(page, language);
      assert.deepEqual(await faults(page), []);
      await page.setViewportSize(size);
    }
    await press(page, page.locator('button[name=as][value=later]'));
    await promises(page, language);
    assert.equal(await page.locator('ul.rows > li').count(), 1, 'it waits');

    // The same place: one result, and the other address leads to it.
    const before = (await found('zephyr')).map((one) => one.href.split('?')[0]);
    await go(asked);
    await press(page, page.locator('button[name=as][value=same]'));
    await promises(page, language);
    assert.equal(await page.locator('ul.rows > li').count(), 0, 'nothing waits');
    const [one, ...others] = await found('zephyr');
    assert.equal(others.length, 0, 'one place');
    for (const href of before) {
      await go(href);
      assert.equal(new URL(page.url()).pathname, one.href.split('?')[0], 'both addresses lead to it');
    }

    // Taken back: two places again, and nobody is asked anew.
    await go('/desk/directory?list=decided');
    await press(page, page.locator(`ul.rows a[href="${asked}"]`));
    await press(page, page.locator('button[name=as][value=apart]'));
    assert.equal((await found('zephyr')).length, 2, 'two places again');
    await go('/desk/directory?list=twins');
    assert.equal(await page.locator('ul.rows > li').count(), 0, 'not asked again');
  } finally {
    await running?.stop();
    house.clear();
  }
});
