// Every kind of page, and how one comes to it: what screens.mjs takes pictures of. A scene has a name, who is there (a
// visitor, unless a role is given) and the steps that lead to the page; `local` scenes are taken in territories whose
// words or lists differ, the others once in each language.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { get, links } from './http.mjs';

// What one looks for in each territory: words that find much, and with a mistake; the need that is a chip at home.
const sought = {
  nord: ['ordinateur', 'biblioteque lupins', 'Roubaix'], auch: ['ordinateur', 'ordinatuer', 'Auch'], sector4: ['calculator', 'calculatr', 'Berceni'],
  'hai-van': ['máy tính', 'nha van hoa', 'Hải Vân'], jingan: ['电脑', 'diannao', '江宁路街道'],
};

const at = (path) => (t) => t.open(typeof path === 'function' ? path(t) : path);
const q = encodeURIComponent;
const local = (name, go, more = {}) => ({ name, go, local: true, ...more });
const as = (role, name, go) => ({ name, go, as: role });

const directory = [
  local('home', at('/')),
  local('results', at((t) => `/places?q=${q(sought[t.territory][0])}`)),
  local('results-near', at((t) => `/places?near=${q(sought[t.territory][2])}&open=now&free=1`)),
  local('results-mistake', at((t) => `/places?q=${q(sought[t.territory][1])}`)),
  local('results-all', at('/places')),
  local('results-last', async (t) => {
    await t.open('/places');
    const last = t.page.locator('.pages li a').last();
    if (await last.count()) await t.open(await last.getAttribute('href'));
  }),
  { name: 'results-none', go: at('/places?q=zzqxwy') },
  { name: 'results-nowhere', go: at('/places?near=zzqxwy') },
  local('place', at((t) => t.places[0])),
  local('place-other', at((t) => t.places.at(-1))),
  local('map', at('/map')),
  { name: 'map-none', go: at('/map?q=zzqxwy') },
  local('share', at('/share')),
  local('embed', at('/embed')),
  local('embed-list', at('/embed?view=list')),
  local('poster', at('/poster')),
  local('social', at('/social-economy')),
  local('social-results', at((t) => `/social-economy?q=${q(sought[t.territory][0])}`)),
  local('organisations', at('/organisations')),
  local('organisation', async (t) => {
    await t.open('/organisations');
    await t.open(await t.page.locator('.cards h3 a, .cards h2 a').first().getAttribute('href'));
  }),
  { name: 'open-data', go: at('/open-data') },
  { name: 'remark', go: at((t) => `${t.places[0]}/wrong`) },
  { name: 'remark-faults', go: async (t) => { await t.open(`${t.places[0]}/wrong`); await t.send('main form[method=post]'); } },
  { name: 'remark-kept', go: (t) => remark(t) },
];

const house = ['help', 'legal', 'privacy', 'accessibility'].map((name) => local(name, at(`/${name}`)));

const account = [
  { name: 'demo-roles', go: at('/_demo') },
  { name: 'sign-in', go: at('/sign-in') },
  { name: 'sign-in-password', go: async (t) => {
    await t.open('/sign-in');
    await t.page.locator('main form details summary').click();
    await t.page.locator('input[name=mail]').fill('@');
    await t.send('button[name=way][value=password]');
  } },
  { name: 'sign-in-wait', go: async (t) => {
    await t.open('/sign-in');
    for (let tries = 0; tries < 12 && (await t.page.locator('main .notice:not(.bad)').count()) === 0; tries++) {
      if (!(await t.page.locator('input[name=password]').isVisible())) await t.page.locator('main form details summary').click();
      await t.page.locator('input[name=mail]').fill(`${t.language}@example.org`);
      await t.page.locator('input[name=password]').fill('not the password');
      await t.send('button[name=way][value=password]');
    }
  } },
  { name: 'sign-in-code', go: (t) => code(t) },
  { name: 'sign-in-code-faults', go: async (t) => { await code(t); await t.page.locator('input[name=code]').fill('000000'); await t.send('main form'); } },
  { name: 'letters', go: at('/_mail') },
  { name: 'invitation-gone', go: at(`/invitation/${'a'.repeat(43)}`) },
  as('resident', 'account', at('/account')),
  as('manager', 'account-manager', at('/account')),
  as('resident', 'password', at('/account/password')),
  as('resident', 'password-faults', async (t) => { await t.open('/account/password'); await t.send('main form[action="/account/password"]'); }),
];

async function code(t) {
  await t.open('/sign-in');
  await t.page.locator('input[name=mail]').fill(`${t.language}-${t.territory}@example.org`);
  await t.send('button[name=way][value=code]');
}

const deskPlace = async (t) => {
  await t.open('/desk/directory?list=stale');
  await t.open(await t.page.locator('ul.rows h3 a').first().getAttribute('href'));
};
const deskRemark = async (t) => {
  await t.open('/desk/directory?list=remarks');
  await t.open(await t.page.locator('ul.rows h3 a').first().getAttribute('href'));
};

const desk = [
  ...['remarks', 'stale', 'confirm', 'gone'].map((list) => as('coordinator', `desk-${list}`, at(`/desk/directory?list=${list}`))),
  as('coordinator', 'desk-sent', async (t) => { await t.open('/desk/directory?list=stale'); await t.send('form[action="/desk/directory/remind"]'); await t.page.waitForTimeout(1500); }),
  as('coordinator', 'desk-remark', deskRemark),
  as('coordinator', 'desk-remark-answered', async (t) => {
    await deskRemark(t);
    await t.page.locator('textarea[name=answer]').fill('OK').catch(() => {});
    await t.send('main form[action^="/desk/directory/remarks/"]');
  }),
  as('coordinator', 'desk-place', deskPlace),
  as('coordinator', 'desk-place-faults', async (t) => {
    await deskPlace(t);
    await t.page.locator('input[name=hours]').fill('25:00');
    await t.send('form[action$="/closed"]');
  }),
  as('coordinator', 'desk-place-unsent', async (t) => { // a letter to a team without an address
    await t.open('/desk/directory?list=stale&reach=call');
    const place = await t.page.locator('ul.rows > li').first().getAttribute('data-id');
    await t.post(`/desk/directory/places/${place}/link`, '');
  }),
  as('coordinator', 'desk-place-closure', async (t) => { await deskPlace(t); await closure(t); }),
  as('coordinator', 'desk-place-gone', async (t) => { await deskPlace(t); await t.send('form[action$="/gone"]'); }),
  as('coordinator', 'desk-gone-one', at('/desk/directory?list=gone')),
  as('coordinator', 'place-gone', async (t) => {
    await t.open('/desk/directory?list=gone');
    await t.open(await t.page.locator('ul.rows h3 a').first().getAttribute('href'));
    await t.open(await t.page.locator('main a[href^="/places/"]').first().getAttribute('href'));
  }),
];

async function closure(t) {
  await t.page.locator('input[name=from]').fill('2031-12-24');
  await t.page.locator('input[name=to]').fill('2031-12-26');
  await t.page.locator('input[name=hours]').fill('10:00-12:00');
  await t.send('form[action$="/closed"]');
}

// A team's page by the link in its letter, which the desk has sent by now.
const keep = [
  { name: 'keep', go: async (t) => t.open(await t.link()) },
  { name: 'keep-faults', go: async (t) => {
    await t.open(await t.link());
    for (const day of [1, 7]) await t.page.locator(`input[name=day-${day}]`).fill('x');
    await t.page.locator('textarea[name=phones]').fill('12 34');
    await t.page.locator('textarea[name=sites]').fill('x');
    await t.send('form:has(input[name=day-1])');
  } },
  { name: 'keep-closure', go: async (t) => { await t.open(await t.link()); await closure(t); await t.open(await t.link()); } },
  { name: 'keep-right', go: async (t) => { await t.open(await t.link()); await t.send('form[action$="/right"]'); } },
  { name: 'keep-stop', go: async (t) => t.open(`${await t.link()}/stop`) },
  { name: 'keep-stopped', go: async (t) => { await t.open(`${await t.link()}/stop`); await t.send('form[action$="/stop"]'); } },
  { name: 'keep-gone', go: async (t) => {
    await t.open(await t.link());
    await t.page.locator('textarea[name=mails]').fill('elsewhere@example.org');
    await t.send('form:has(input[name=day-1])');
    await t.open(await t.link());
  } },
  { name: 'keep-unknown', go: at(`/keep/${'a'.repeat(43)}`) },
];

function sql(file, text) {
  const { status, stderr } = spawnSync('sqlite3', [file, '.timeout 5000', text], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`sqlite3: ${stderr}`);
}

const database = (t) => join(t.data, t.territory, 'parvis.db');

// remark fills in what is wrong with a place, and sends it. The same words sent twice are kept once.
async function remark(t, words = '☎ 0000') {
  await t.open(`${t.places[0]}/wrong`);
  await t.page.locator('input[name=kind][value=phone]').check();
  await t.page.locator('textarea[name=words]').fill(words);
  await t.send('main form[method=post]');
}

// busy sends a remark while another program writes, for longer than one waits for it.
async function busy(t) {
  const other = spawn('sqlite3', [database(t)]);
  other.stdin.write("BEGIN IMMEDIATE;\nSELECT 'held';\n");
  await once(other.stdout, 'data');
  t.page.setDefaultTimeout(60_000);
  try {
    await remark(t, `☎ ${Date.now()}`);
  } finally {
    t.page.setDefaultTimeout(10_000);
    other.stdin.end('ROLLBACK;\n');
    await once(other, 'exit');
  }
}

// A disk is filled up where it is no larger: a demo's folder on a file system of its own.
const smallDisk = 100 << 20;

// full sends a remark when the disk has no room left.
async function full(t) {
  const { bsize, blocks } = statfsSync(t.data);
  const ballast = join(t.data, 'ballast');
  if (bsize * blocks > smallDisk) return false;
  sql(database(t), 'PRAGMA wal_checkpoint(TRUNCATE);'); // room that it has it need not ask for
  try {
    writeFileSync(ballast, Buffer.alloc(bsize * blocks));
  } catch (error) {
    if (error.code !== 'ENOSPC') throw error;
  }
  try {
    await remark(t, `☎ ${Date.now()}`);
  } finally {
    rmSync(ballast, { force: true });
  }
}

// What goes wrong, each in a true way. For the last three the demo's files must be known: another program holds the store,
// the disk is full, a table is taken away and given back.
const errors = [
  { name: 'error-401', go: at('/account'), status: 401 },
  as('resident', 'error-403', at('/desk/directory')),
  { name: 'error-404', go: at('/nowhere'), status: 404 },
  { name: 'error-404-place', go: at('/places/nowhere'), status: 404 },
  { name: 'error-405', go: (t) => t.post('/help', ''), status: 405 },
  as('coordinator', 'error-409', async (t) => { // two answer the same remark
    await remark(t);
    await deskRemark(t);
    const { pathname } = new URL(t.page.url());
    await t.post(pathname, 'accepted=yes');
    await t.post(pathname, 'accepted=no');
  }),
  { name: 'error-413', go: (t) => t.post('/sign-in', `mail=${'x'.repeat(20_000)}`) },
  { name: 'error-429', go: async (t) => {
    const headers = { 'x-forwarded-proto': 'http', 'content-type': 'application/x-www-form-urlencoded' };
    let answer = {};
    for (let n = 0; n < 600 && answer.status !== 429; n += 20) {
      [answer] = await Promise.all(Array.from({ length: 20 }, () => get(t.port, t.host, '/sign-in', { method: 'POST', body: '', headers, follow: 0 })));
    }
    await t.page.setExtraHTTPHeaders({ 'x-forwarded-proto': 'http' });
    await t.post('/sign-in', '');
    await t.page.setExtraHTTPHeaders({});
  }, status: 429 },
  { name: 'error-503', go: async (t) => (t.data ? busy(t) : false), status: 503 },
  { name: 'error-507', go: async (t) => (t.data ? full(t) : false), status: 507 },
  { name: 'error-500', go: async (t) => {
    if (!t.data) return false;
    const rename = (from, to) => sql(database(t), `ALTER TABLE ${from} RENAME TO ${to}`);
    rename('directory_place', 'taken_away');
    try {
      await t.open(`${t.places[2]}/wrong`);
    } finally {
      rename('taken_away', 'directory_place');
    }
  }, status: 500 },
];

export const scenes = [...directory, ...house, ...account, ...desk, ...keep, ...errors];

// places are the first places of a territory's list.
export async function places(port, host) {
  const list = (await get(port, host, '/places')).body.toString();
  return [...new Set(links(list).filter((link) => /^\/places\/[^/?]+$/.test(link)))];
}

// letters are the addresses in the letters that a demo shows, each once.
export async function letters(port, host) {
  const page = (await get(port, host, '/_mail')).body.toString();
  return [...new Set(page.match(/\/keep\/[\w-]{43}/g) ?? [])];
}
