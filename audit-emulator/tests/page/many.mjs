// Thousands of events: few rows, older ones on request, and nothing moves under a reader who has scrolled.

import assert from 'node:assert/strict';
import { SCHEMA } from './visitor.mjs';

const HELD = 500;
const SENT = 650;

export default async function many(guest) {
  const { page } = guest;
  await guest.register('team.signed_in', SCHEMA);
  await guest.open();
  let next = 1;
  const sender = async () => { while (next <= SENT) await guest.send({ metadata: { seats: next++ } }); };
  await Promise.all([sender(), sender(), sender(), sender()]);
  await page.locator(`#event-${SENT}`).waitFor();
  await guest.rows(HELD);

  // Older ones come at the end, and the newest go: never more rows than that.
  const older = page.getByRole('button', { name: 'Older events' });
  await page.evaluate(() => { const at = document.getElementById('scroll'); at.scrollTop = at.scrollHeight; });
  const last = () => page.evaluate(() => document.getElementById('event-151').getBoundingClientRect().top);
  const place = await last();
  await older.click();
  await page.locator('#event-51').waitFor();
  assert.equal(await last(), place, 'what was read stays where it is');
  await guest.rows(HELD);
  assert.equal(await page.locator(`#event-${SENT}`).count(), 0);
  await older.click();
  await page.locator('#event-1').waitFor();
  await guest.rows(HELD);
  assert(await older.isHidden());
  const newer = page.locator('#newer');
  assert.match(await newer.innerText(), new RegExp(`^${SENT - HELD} newer events`));

  // What arrives is counted, and nothing moves.
  const where = () => page.evaluate(() => document.getElementById('event-40').getBoundingClientRect().top);
  const before = await where();
  await guest.send();
  await guest.until(async () => (await newer.innerText()).startsWith(`${SENT - HELD + 1} newer`), 'the number of newer events');
  assert.equal(await where(), before);
  assert.equal(await page.locator(`#event-${SENT + 1}`).count(), 0);

  await newer.click();
  await page.locator(`#event-${SENT + 1}`).waitFor();
  assert(await newer.isHidden());

  // A little scrolling is enough; going back to the top shows what waited.
  await page.evaluate(() => { document.getElementById('scroll').scrollTop = 200; });
  const still = () => page.evaluate(() => document.querySelector('.row:nth-child(12)').getBoundingClientRect().top);
  const top = await still();
  await guest.send();
  await guest.until(async () => (await newer.isVisible()) && (await newer.innerText()).startsWith('1 newer event'), 'one newer event');
  assert.equal(await still(), top);
  await page.evaluate(() => { document.getElementById('scroll').scrollTop = 0; });
  await page.locator(`#event-${SENT + 2}`).waitFor();
  assert(await newer.isHidden());
  await guest.noViolations();
}
