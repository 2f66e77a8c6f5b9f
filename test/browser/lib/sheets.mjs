// Sheets of pictures: one scene in one look, all its languages side by side, small enough to be seen at a glance. A long
// page goes on in the next sheet, as far as the fourth.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

// How small the pages of a look stand on a sheet, how many beside one another, and how high they may be there.
const ways = {
  phone: { scale: 0.61, columns: 6, high: 860 }, desktop: { scale: 0.4, columns: 3, high: 730 },
  zoom: { scale: 0.6, columns: 3, high: 860 }, print: { scale: 0.63, columns: 3, high: 860 },
};

const most = 4;

// sheets writes the sheets of all pictures into a folder and gives their names.
export async function sheets(browser, taken, shapes, folder) {
  const page = await browser.newPage({ viewport: { width: 1340, height: 300 } });
  page.setDefaultTimeout(120_000);
  const names = [];
  const groups = new Map();
  for (const picture of taken) groups.set(key(picture), [...(groups.get(key(picture)) ?? []), picture]);
  for (const [name, pictures] of groups) {
    const way = ways[pictures[0].look.split('-')[0]];
    const width = Math.floor(shapes[pictures[0].look].width * way.scale);
    const pieces = [];
    for (const picture of pictures) pieces.push(...cut(picture, width / shapes[picture.look].width, way.high));
    const whole = Math.max(...pieces.map(({ slab }) => slab)) + 1;
    for (let slab = 0; slab < whole; slab++) {
      const here = pieces.filter((piece) => piece.slab === slab);
      for (let from = 0; from < here.length; from += way.columns) {
        const some = here.slice(from, from + way.columns);
        const file = join(folder, `${name}-${slab + 1}${here.length > way.columns ? String.fromCharCode(97 + from / (way.columns)) : ''}.png`);
        await page.setContent(paper(some, width, way.columns));
        await page.evaluate(() => Promise.all([...document.images].map((image) => image.decode())));
        await page.screenshot({ path: file, fullPage: true });
        names.push(file);
      }
    }
  }
  await page.close();
  return names;
}

const key = ({ scene, look }) => `${scene}-${look}`;

// cut says which pieces a picture gives, each at most so high on the sheet.
function cut({ file, territory, language }, scale, height) {
  const bytes = readFileSync(file);
  const tall = Math.round(bytes.readUInt32BE(20) * scale); // a PNG's height
  const pieces = [];
  for (let top = 0, slab = 0; top < tall && slab < most; top += height, slab++) {
    pieces.push({ slab, top, high: Math.min(height, tall - top), name: `${territory} ${language}`, data: bytes.toString('base64') });
  }
  return pieces;
}

function paper(pieces, width, columns) {
  const cells = pieces.map(({ top, high, name, data }) =>
    `<figure><figcaption>${name}</figcaption><div style="height:${high}px"><img width="${width}" style="margin-top:-${top}px" src="data:image/png;base64,${data}"></div></figure>`);
  return `<style>body{margin:0;background:#a8a;display:grid;grid-template-columns:repeat(${columns},${width}px);gap:4px;width:max-content}
    figure{margin:0}figcaption{font:12px/18px sans-serif}div{overflow:hidden}img{display:block}</style>${cells.join('')}`;
}
