// Reads a QR code back, as a phone would: from the screen or from paper.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// readScreen reads the code that an element shows.
export async function readScreen(element) {
  return inFolder(async (dir) => {
    await element.scrollIntoViewIfNeeded();
    writeFileSync(join(dir, 'code.png'), await element.screenshot());
    return scan([join(dir, 'code.png')]);
  });
}

// readPaper reads the codes on the pages of a PDF, printed in black and white at the fineness of an office printer.
export async function readPaper(pdf) {
  return inFolder(async (dir) => {
    writeFileSync(join(dir, 'paper.pdf'), pdf);
    tool('pdftoppm', ['-mono', '-r', '200', join(dir, 'paper.pdf'), join(dir, 'paper')]);
    return scan(readdirSync(dir).filter((name) => name.startsWith('paper-')).map((name) => join(dir, name)));
  });
}

// readText is the text on the pages of a PDF.
export async function readText(pdf) {
  return inFolder(async (dir) => {
    writeFileSync(join(dir, 'paper.pdf'), pdf);
    return tool('pdftotext', ['-layout', join(dir, 'paper.pdf'), '-']);
  });
}

function scan(files) {
  return tool('zbarimg', ['--quiet', '--raw', '-Sdisable', '-Sqrcode.enable', ...files]).trim().split('\n').filter(Boolean);
}

function tool(name, args) {
  const { status, stdout, stderr, error } = spawnSync(name, args, { encoding: 'utf8' });
  assert.equal(error, undefined, `${name} is not here: test/prepare installs it`);
  assert.ok(status === 0 || (name === 'zbarimg' && status === 4), `${name}: ${stderr}`);
  return stdout;
}

async function inFolder(work) {
  const dir = mkdtempSync(join(tmpdir(), 'parvis-qr-'));
  try {
    return await work(dir);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}
