// The running demos that run.mjs started, and the territories in them.
import { readdirSync, readFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './place.mjs';

// The demos: {engine, port}. Run the tests through run.mjs, which sets them.
export const sites = JSON.parse(process.env.PARVIS_SITES ?? '[]');
if (sites.length === 0) throw new Error('no demo runs: start the browser tests with node test/browser/run.mjs');

// The five territories and the languages that each speaks, its own first.
export const territories = {
  nord: ['fr', 'en'],
  auch: ['fr', 'en'],
  sector4: ['ro', 'en'],
  'hai-van': ['vi', 'en'],
  jingan: ['zh', 'en'],
};

// A territory's address in a demo.
export const address = (site, territory, path = '/') => `http://${territory}.localhost:${site.port}${path}`;

// A path with the interface language asked for.
export const inLanguage = (path, language) => path + (path.includes('?') ? '&' : '?') + `hl=${language}`;

// Every word of the program in a language: the catalogues of all packages in one.
export const words = Object.fromEntries(['en', 'fr', 'ro', 'vi', 'zh'].map((language) => [language, read(language)]));

function read(language) {
  const all = {};
  for (const name of readdirSync(join(root, 'internal'), { recursive: true })) {
    if (name.endsWith(`locales/${language}.json`) && !name.includes('testdata')) {
      Object.assign(all, JSON.parse(readFileSync(join(root, 'internal', name), 'utf8')));
    }
  }
  return all;
}

// The text of a key in a language; a test that asks for one that is not there fails.
export function word(language, key) {
  const text = words[language][key];
  if (text === undefined) throw new Error(`no catalogue has ${key} in ${language}`);
  return typeof text === 'string' ? text : text.other;
}

// The file that holds a territory's generated places, for what a story looks for.
export function packFile(territory, name) {
  const path = join(root, 'packs', territory, name);
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}
