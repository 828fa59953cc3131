// Runs every case in one browser, several at once; says which held, and why another didn't.

import { createRequire } from 'node:module';
import { visitor } from './visitor.mjs';

const CASES = ['many', 'schemas', 'hostile', 'refusals', 'keyboard', 'accessibility', 'reconnecting', 'filters', 'live'];
const AT_ONCE = 3;
const PATIENCE = 120_000;
const FLAGS = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync',
];

const emulators = JSON.parse(process.env.PAGE_EMULATORS);
const { chromium } = createRequire(import.meta.url)(process.env.PAGE_PLAYWRIGHT);
const only = process.env.PAGE_CASE;

const timer = setTimeout(() => {
  console.error(`the cases took more than ${PATIENCE / 1_000} seconds`);
  process.exit(1);
}, PATIENCE);

// Without a folder named, Playwright makes a fresh profile for each start.
const browser = await chromium.launch({ executablePath: process.env.PAGE_CHROMIUM, args: FLAGS });
const results = new Map();
// The last ones take longest.
const queue = CASES.filter((name) => !only || name === only).reverse();

async function work() {
  for (let name = queue.shift(); name; name = queue.shift()) results.set(name, await run(name));
}

async function run(name) {
  const started = Date.now();
  const { default: check } = await import(`./${name}.mjs`);
  const guest = await visitor(browser, emulators[name], emulators.another);
  try {
    await check(guest);
    guest.checkBehaviour();
    return { seconds: (Date.now() - started) / 1_000 };
  } catch (error) {
    return { error, log: guest.log };
  } finally {
    await guest.context.close();
  }
}

await Promise.all(Array.from({ length: AT_ONCE }, work));
await browser.close();
clearTimeout(timer);
for (const name of CASES) {
  const result = results.get(name);
  if (!result) continue;
  if (!result.error) console.log(`held ${name}`);
  else console.error(`${name}: ${result.error.stack}\n${result.log.join('\n')}`);
  if (process.env.PAGE_TIMES) console.log(`took ${result.seconds} s`);
}
process.exit([...results.values()].some(({ error }) => error) ? 1 : 0);
