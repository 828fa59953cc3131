// From an empty list to events that arrive: the commands that are shown work, the newest is on top, and a refused one says why.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { SCHEMA } from './visitor.mjs';

export default async function live(guest) {
  const { page, url } = guest;
  await guest.open();
  await page.getByRole('heading', { name: 'No events yet' }).waitFor();
  const commands = page.locator('.command');
  await guest.until(async () => (await commands.count()) === 2, 'two commands');
  const [register, send] = await commands.allInnerTexts();
  for (const command of [register, send]) assert.match(command, new RegExp(`^curl ${url}/audit_logs/.*Bearer sk_test_emulator`, 's'));
  const started = await listen(page);
  run(register);
  run(send);
  assert.match((await guest.rows(1))[0], /200 user\.signed_in Ada user/);
  assert(await page.locator('#empty').isHidden());

  await guest.register('team.signed_in', SCHEMA);
  assert.equal(await guest.send(), 200);
  await guest.rows(2);
  assert.equal(await guest.send({ metadata: { seats: 'many' } }), 400);
  const [newest, second, oldest] = await guest.rows(3);
  assert.match(newest, /400 team\.signed_in \/metadata\/seats must be integer Zoë user Blue team org_/);
  assert.match(second, /200 team\.signed_in Zoë user Blue team org_/);
  assert.match(oldest, /user\.signed_in/);

  await listens(guest, started);

  // A schema that is there is what the example is made of.
  await page.reload();
  await guest.rows(3);
  await guest.noViolations();
}

// What is read out, from now on.
function listen(page) {
  return page.evaluate(() => {
    globalThis.heard = [];
    const arrivals = document.getElementById('arrivals');
    new MutationObserver(() => globalThis.heard.push(arrivals.textContent)).observe(arrivals, { childList: true, characterData: true, subtree: true });
    return Date.now();
  });
}

// Who listens is told of all three events, in no more sentences than one every five seconds.
async function listens(guest, started) {
  const heard = () => guest.page.evaluate(() => globalThis.heard);
  const sum = (texts, pattern) => texts.reduce((all, text) => all + Number(pattern.exec(text)?.[1] ?? 0), 0);
  await guest.until(async () => sum(await heard(), /^(\d+) new event/) === 3, async () => `three events, heard: ${await heard()}`);
  const all = await heard();
  assert.equal(sum(all, /(\d+) refused/), 1);
  assert(all.length <= (Date.now() - started) / 5_000, `${all}`);
}

// Through a shell, as somebody would who pastes it.
function run(command) {
  try {
    execFileSync('sh', ['-c', command.replace('curl ', 'curl --silent --show-error --fail --noproxy "*" ')]);
  } catch (error) {
    throw new Error(`the command that the page shows doesn't work (${error.message}): ${command}`);
  }
}
