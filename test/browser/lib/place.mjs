// Where things are, and how a program is started and ended: shared by all that needs a running demo.
import { spawn, spawnSync } from 'node:child_process';
import { createServer } from 'node:net';
import { existsSync, mkdtempSync, rmSync, openSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');
export const results = join(root, 'test/browser/results');
export const full = process.env.PARVIS_FULL === '1';
// A proof's planted fault, and whether one look at it is enough.
export const plant = process.env.PARVIS_PLANT ?? '';
export const quick = process.env.PARVIS_PLANT_QUICK === '1';

// A port that nobody listens on.
export function freePort() {
  return new Promise((done, fail) => {
    const server = createServer();
    server.once('error', fail);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}

// An empty database of its own in the test server that PARVIS_TEST_POSTGRES names, and what drops it.
export function freshDatabase() {
  const server = process.env.PARVIS_TEST_POSTGRES;
  const name = `demo_${process.pid}_${Math.floor(performance.now())}`;
  const say = (sql) => {
    const { status, stderr } = spawnSync('psql', ['-q', '-X', '-d', server, '-c', sql], { encoding: 'utf8' });
    if (status !== 0) throw new Error(`${sql}: ${stderr}`);
  };
  say(`CREATE DATABASE ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => say(`DROP DATABASE ${name} WITH (FORCE)`) };
}

// The program, as it was built.
const program = join(root, 'bin/parvis');

// A running demo on an engine: its port, how long it took to answer, and what ends it. DATA, when given, is a folder
// that stays; without it the demo has a fresh one that goes with it.
export async function startDemo(engine, { data } = {}) {
  if (!existsSync(program)) throw new Error('bin/parvis is not built: make build');
  const place = data ?? mkdtempSync(join(tmpdir(), 'parvis-demo-'));
  const database = engine === 'postgres' ? freshDatabase() : undefined;
  const clear = () => {
    database?.drop();
    if (!data) rmSync(place, { recursive: true, force: true });
  };
  const running = await serve('demo', place, database, clear);
  return { engine, place, ...running };
}

// serve runs the program on a free port until stop is called, and clears up then. It throws when nothing answers.
async function serve(command, place, database, clear) {
  const port = await freePort();
  const args = [command, '--listen', `127.0.0.1:${port}`, '--data', place, ...(database ? ['--database', database.url] : [])];
  const log = join(place, '..', `parvis-${command}-${port}.log`);
  const out = openSync(log, 'w');
  const began = performance.now();
  const child = spawn(program, args, { cwd: root, stdio: ['ignore', out, out] });
  const ended = new Promise((done) => child.once('exit', done));
  const stop = async () => {
    child.kill('SIGTERM');
    const late = setTimeout(() => child.kill('SIGKILL'), 10_000);
    await ended;
    clearTimeout(late);
    rmSync(log, { force: true });
    clear();
  };
  for (const end = began + 120_000; performance.now() < end && child.exitCode === null; ) {
    try {
      const answer = await fetch(`http://127.0.0.1:${port}/health/ready`, { signal: AbortSignal.timeout(2000) });
      if (answer.ok) return { port, stop, took: performance.now() - began };
    } catch {
      await new Promise((done) => setTimeout(done, 50));
    }
  }
  const said = readFileSync(log, 'utf8').slice(-3000);
  await stop();
  throw new Error(`${command} on ${database ? 'postgres' : 'sqlite'} did not answer:\n${said}`);
}

// A house of its own on an engine, with one territory, as somebody makes one on the first day: `run` runs a command and gives
// what it prints, `serve` opens the house, `clear` takes it away again.
export function newHouse(engine) {
  const place = mkdtempSync(join(tmpdir(), 'parvis-house-'));
  const database = engine === 'postgres' ? freshDatabase() : undefined;
  const run = (...args) => {
    const { status, stdout, stderr } = spawnSync(program, [...args, '--data', place, ...(database ? ['--database', database.url] : [])], { encoding: 'utf8' });
    if (status !== 0) throw new Error(`parvis ${args.join(' ')}: ${stderr}`);
    return stdout;
  };
  const clear = () => {
    database?.drop();
    rmSync(place, { recursive: true, force: true });
  };
  return { place, run, clear, serve: () => serve('serve', place, database, () => {}) };
}
