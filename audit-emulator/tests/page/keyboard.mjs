// A session without a mouse: from the load to the reason of a refusal, and back.

import assert from 'node:assert/strict';
import { SCHEMA } from './visitor.mjs';

export default async function keyboard(guest) {
  const { page } = guest;
  const press = (...keys) => keys.reduce((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve());
  const focused = () => page.evaluate(() => {
    const at = document.activeElement;
    return at.id || at.getAttribute('aria-label') || at.textContent;
  });
  await guest.register('team.signed_in', SCHEMA);
  await guest.send();
  await guest.send({ metadata: { seats: 'many', plan: 7 } });
  await guest.send();
  await guest.open();
  await guest.rows(3);

  // The order of the tab key, with a visible focus at every stop.
  const stops = [];
  for (let stop = 0; stop < 8; stop += 1) {
    await press('Tab');
    stops.push(await focused());
    const outline = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
    assert.notEqual(outline, 'none', `the focus isn't seen at ${stops.at(-1)}`);
  }
  assert.deepEqual(stops, ['tab-events', 'show-keys', 'filter-action', 'filter-actor', 'filter-target', 'filter-organization', 'filter-refused', 'list']);

  // Down to the refused one, into it, to each of its reasons.
  const current = () => page.locator('#list').getAttribute('aria-activedescendant');
  assert.equal(await current(), 'event-3');
  await press('j');
  assert.equal(await current(), 'event-2');
  await press('k', 'ArrowDown', 'ArrowDown');
  assert.equal(await current(), 'event-1');
  await press('Home', 'End', 'ArrowUp');
  assert.equal(await current(), 'event-2');
  await press('Enter');
  assert.equal(await focused(), 'details-title');
  assert.equal(await page.locator('#event-2').getAttribute('aria-selected'), 'true');
  await press('n');
  assert.equal(await focused(), 'must be string');
  await press('n');
  assert.equal(await focused(), 'must be integer');
  assert.match(await page.evaluate(() => document.activeElement.closest('.line').innerText), /"seats": "many",? +must be integer/);
  // The list above leads there as well.
  await page.getByRole('region', { name: 'Why it was refused' }).getByRole('button').first().press('Enter');
  assert.equal(await focused(), 'must be string');

  // While one is open, the next is shown at once.
  await press('j');
  assert.match(await page.locator('#details').innerText(), /200 accepted/);
  await press('Escape');
  assert(await page.locator('#details').isHidden());
  assert.equal(await focused(), 'list');
  assert.equal(await current(), 'event-1');

  // The filter, and back out of it; letters are letters there.
  await press('/');
  assert.equal(await focused(), 'filter-action');
  await page.keyboard.type('jk/?');
  assert.equal(await page.getByLabel('Action', { exact: true }).inputValue(), 'jk/?');
  await page.getByRole('heading', { name: 'No event matches' }).waitFor();
  await page.getByLabel('Action', { exact: true }).fill('');
  await guest.rows(3);
  await press('Escape');
  assert.equal(await focused(), 'list');
  await press('r');
  await guest.rows(1);
  await press('r');
  await guest.rows(3);

  // The keys themselves, and how they are switched off.
  await press('?');
  const dialog = page.getByRole('dialog', { name: 'Keys' });
  await dialog.waitFor();
  await press('j', 'Escape');
  await dialog.waitFor({ state: 'hidden' });
  await press('?', 'Space', 'Escape', '2');
  assert.equal(await page.getByRole('tab', { name: 'Events' }).getAttribute('aria-selected'), 'true');
  await page.locator('#show-keys').press('Enter');
  await press('Space', 'Escape', '2');
  assert.equal(await page.getByRole('tab', { name: 'Schemas' }).getAttribute('aria-selected'), 'true');

  // Tabs by arrows; an action by arrows and Enter.
  await page.getByRole('option', { name: /team\.signed_in/ }).waitFor();
  await press('j', 'Enter');
  assert.equal(await focused(), 'schema');
  await page.getByRole('tab', { name: 'Schemas' }).press('ArrowLeft');
  assert.equal(await focused(), 'tab-events');
  assert(await page.locator('#list').isVisible());
  await guest.noViolations();
}
