// Chromium as a person has it: a phone or a desktop, with scripts or without, in a language.
import { chromium } from 'playwright-core';
import { existsSync } from 'node:fs';
import { full } from './place.mjs';

const programs = [process.env.PARVIS_CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

export const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--enable-unsafe-swiftshader'];

export function launch(more = []) {
  const executablePath = programs.find((path) => path && existsSync(path));
  if (!executablePath) throw new Error('no Chromium here: test/prepare installs it');
  return chromium.launch({ executablePath, args: [...flags, ...more] });
}

// What people hold in their hands.
export const devices = {
  phone: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true },
  desktop: { viewport: { width: 1280, height: 900 } },
};

const regions = { en: 'en-GB', fr: 'fr-FR', ro: 'ro-RO', vi: 'vi-VN', zh: 'zh-CN' };

// How long one step may take: a full run goes on beside other work, and its question is not how fast.
const patience = full ? 60_000 : 10_000;

// A page of a fresh visitor. Whatever it fetches from another host than this machine fails the test, as does a script
// error or a refusal by the content policy: troubles() lists them.
export async function visit(browser, { device = 'desktop', scripts = true, language = 'en', dark = false, ...more } = {}) {
  const context = await browser.newContext({
    ...devices[device], javaScriptEnabled: scripts, locale: regions[language], colorScheme: dark ? 'dark' : 'light',
    reducedMotion: 'reduce', ...more,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(patience);
  const troubles = [];
  page.on('pageerror', (error) => troubles.push(`script error on ${page.url()}: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of (404|410|422|403|401|429)/.test(message.text())) {
      troubles.push(`${page.url()}: ${message.text()}`);
    }
  });
  page.on('request', (request) => {
    const { hostname, protocol } = new URL(request.url());
    if (protocol.startsWith('http') && !hostname.endsWith('localhost') && hostname !== '127.0.0.1') {
      troubles.push(`${page.url()} asks ${hostname} for ${request.url()}`);
    }
  });
  return { page, context, troubles, close: () => context.close() };
}
