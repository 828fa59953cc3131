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
  await firstClick(guest);

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

// The first press in a list that was scrolled opens what it is on, and moves nothing; the tab key keeps the place, too.
async function firstClick(guest) {
  const { page } = guest;
  await guest.open();
  await guest.rows(100);
  await page.evaluate(() => { document.getElementById('scroll').scrollTop = 1_500; });
  const row = page.locator(`#event-${SENT - 56}`);
  const before = await row.boundingBox();
  await page.mouse.click(before.x + 200, before.y + before.height / 2);
  await page.locator(`#details[data-sequence="${SENT - 56}"]`).waitFor();
  assert.equal(await page.evaluate(() => document.getElementById('scroll').scrollTop), 1_500);
  assert.equal(await page.locator('#list').getAttribute('aria-activedescendant'), `event-${SENT - 56}`);

  await guest.open();
  await guest.rows(100);
  await page.evaluate(() => { document.getElementById('scroll').scrollTop = 1_500; });
  await page.locator('#filter-refused').focus();
  await page.keyboard.press('Tab');
  const current = await page.locator('#list').getAttribute('aria-activedescendant');
  const [top, scrollTop] = await page.evaluate((id) => {
    const scroll = document.getElementById('scroll');
    return [document.getElementById(id).getBoundingClientRect().top - scroll.getBoundingClientRect().top, scroll.scrollTop];
  }, current);
  assert.equal(scrollTop, 1_500);
  assert(top >= 0 && top < 40, `${current} is ${top} pixels below the list's edge`);
  // The list as it was, for what follows.
  await guest.open();
  while (await page.locator('.row').count() < HELD) {
    const there = await page.locator('.row').count();
    await page.locator('#older').click();
    await page.locator('.row').nth(there).waitFor();
  }
}
