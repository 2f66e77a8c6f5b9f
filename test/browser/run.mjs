// Runs the browser tests against demos of its own, one on each engine, on free ports, all ended afterwards.
//
//   node test/browser/run.mjs                 everything, sampled so that it is quick
//   node test/browser/run.mjs stories         what begins with this: stories, a11y, weight
//   PARVIS_FULL=1 node test/browser/run.mjs   every page, language, size and engine
//   PARVIS_ENGINES=sqlite node ...            on one engine only
//
// PostgreSQL is where PARVIS_TEST_POSTGRES points to; without it its half is left out, or fails the run when
// PARVIS_TEST_REQUIRE is 1.
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root, startDemo } from './lib/place.mjs';

const here = join(root, 'test/browser');
const wanted = process.argv.slice(2);
const files = readdirSync(here, { recursive: true })
  .filter((name) => name.endsWith('.test.mjs') && !name.includes('node_modules'))
  .filter((name) => wanted.length === 0 || wanted.some((word) => name.startsWith(word)))
  .sort();
if (files.length === 0) {
  console.error(`no test begins with ${wanted.join(' or ')}`);
  process.exit(2);
}

let engines = (process.env.PARVIS_ENGINES ?? 'sqlite,postgres').split(',');
if (engines.includes('postgres') && !process.env.PARVIS_TEST_POSTGRES) {
  if (process.env.PARVIS_TEST_REQUIRE === '1') {
    console.error('PARVIS_TEST_POSTGRES is not set, and PostgreSQL is required');
    process.exit(1);
  }
  console.log('PARVIS_TEST_POSTGRES is not set: not run on PostgreSQL');
  engines = engines.filter((engine) => engine !== 'postgres');
}

const demos = [];
let status = 1;
const stop = () => Promise.all(demos.splice(0).map((demo) => demo.stop()));
process.once('SIGTERM', () => stop().then(() => process.exit(143)));
process.once('SIGINT', () => stop().then(() => process.exit(130)));
try {
  for (const engine of engines) demos.push(await startDemo(engine));
  const sites = demos.map(({ engine, port, place }) => ({ engine, port, place }));
  const args = ['--test', '--test-reporter=spec', '--test-concurrency=2', ...files.map((name) => join(here, name))];
  const tests = spawn(process.execPath, args, { stdio: 'inherit', env: { ...process.env, PARVIS_SITES: JSON.stringify(sites) } });
  status = await new Promise((done) => tests.once('exit', (code) => done(code ?? 1)));
} catch (error) {
  console.error(error.message);
} finally {
  await stop();
}
process.exit(status);
