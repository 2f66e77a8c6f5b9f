// axe in a page: what stands in the way of people who use it differently.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

// bring puts axe into every page that a context opens, before it is asked for.
export const bring = (context) => context.addInitScript({ content: source });

// faults are axe's findings on the page as it stands, one line each. All its rules are on, those of WCAG 2.2 too.
export async function faults(page) {
  const found = await page.evaluate(async () => {
    const { violations } = await globalThis.axe.run(document, { resultTypes: ['violations'], rules: { 'target-size': { enabled: true } } });
    return violations.map(({ id, help, nodes }) => ({ id, help, nodes: nodes.map((n) => `${n.target.join(' ')} ${n.html.slice(0, 120)}`) }));
  });
  return found.map(({ id, help, nodes }) => `${id}: ${help} (${nodes.length}): ${nodes.slice(0, 2).join(' | ')}`);
}
