// Each reason stands beside the part that it is about, whatever form the error has; all of them stand above.

import assert from 'node:assert/strict';
import { SCHEMA, usual } from './visitor.mjs';

// What is different in the event, and the marks: the text of the marked line, in order.
const CASES = [
  [{ metadata: { seats: 'many' } }, ['"seats": "many" must be integer']],
  [{ metadata: { seats: 0, plan: 7 } }, ['"plan": 7, must be string', '"seats": 0 must be >= 1']],
  // A missing member is marked at its parent, one that is too many at itself.
  [{ metadata: { 'se/a~ts': 3 } }, ['"metadata": { must have required property \'seats\'', '"se/a~ts": 3 must NOT have additional properties: \'se/a~ts\'']],
  [{ actor: { ...usual().actor, metadata: { role: 'boss' } } }, ['"role": "boss" must be equal to one of the allowed values: "admin", "member"']],
  // An item isn't to blame for what the list lacks.
  [{ targets: [{ type: 'user', id: '1' }] }, ['"targets": [ must contain at least 1 valid item(s): none is "team"', '"type": "user" must be equal to one of the allowed values: "team"']],
  [{ version: 9 }, ['"version": 9 must be a version that is registered']],
  [{ action: 'team.nothing' }, ['"action": "team.nothing", must be an action that has a schema']],
  // The other form: a field.
  [{ occurred_at: 'yesterday' }, ['"occurred_at": "yesterday", event.occurred_at must be an ISO 8601 date, such as 2026-02-02T16:35:39.317Z']],
  [{ targets: [{ id: '1' }] }, ['{ event.targets.0.type is required']],
  [{ context: undefined }, ['"event": { event.context is required']],
];

export default async function refusals(guest) {
  const { page } = guest;
  await guest.register('team.signed_in', SCHEMA);
  for (const [event] of CASES) assert.notEqual(await guest.send(event), 200);
  assert.equal(await guest.send({}, 'org_01EHQMYV6MBK39QC5PZXHY59C3'), 404);
  await guest.open();
  await guest.rows(CASES.length + 1);
  for (const [index, [, marks]] of CASES.entries()) await check(guest, index + 1, marks);
  await check(guest, CASES.length + 1, ['"organization_id": "org_01EHQMYV6MBK39QC5PZXHY59C3", Organization not found: \'org_01EHQMYV6MBK39QC5PZXHY59C3\'.']);
  await folding(guest);
  await unread(guest);

  // An address of an event opens it.
  await page.goto(`${guest.url}/?event=1`);
  await page.locator('.why', { hasText: 'must be integer' }).waitFor();
  await guest.noViolations();
}

async function check({ page }, sequence, marks) {
  await page.locator(`#event-${sequence}`).click();
  await page.locator(`#details[data-sequence="${sequence}"]`).waitFor();
  const lines = await page.locator('#details .marked').evaluateAll((all) => all.map((line) => {
    const copy = line.cloneNode(true);
    copy.querySelector('.folded')?.remove();
    return copy.textContent.replaceAll(/\s+/g, ' ').trim();
  }));
  assert.deepEqual(lines, marks);
  // Beside it: on the same line, or on the one that it was broken into.
  const distances = await page.locator('#details .why').evaluateAll((all) => all.map((why) => {
    const part = why.closest('.line').getBoundingClientRect();
    const here = why.getBoundingClientRect();
    return here.top >= part.top && here.bottom <= part.bottom && here.height > 0;
  }));
  assert(distances.length > 0 && distances.every(Boolean));
  // Above stand all that the emulator said.
  const entry = await page.evaluate(async (before) => (await (await fetch(`/_emulator/events?limit=1&before=${before}`)).json()).data[0], sequence + 1);
  const said = await page.locator('.refusal .problem').allInnerTexts();
  assert.equal(said.length, entry.refusal.errors.length, 'a reason alone is the title, and said once there');
  assert((await page.locator('.refusal h3').innerText()).startsWith(entry.refusal.message));
  for (const { message } of entry.refusal.errors) assert(said.some((text) => text.includes(message)), message);
}

async function folding({ page }) {
  await page.locator('#event-2').click();
  const seats = page.locator('#details .line', { hasText: '"seats"' });
  await page.getByRole('button', { name: 'Fold', exact: true }).click();
  assert(await seats.isHidden());
  assert.match(await page.locator('#details summary', { hasText: '"event"' }).innerText(), /7 keys 2 problems inside/);
  await page.keyboard.press('n');
  assert(await page.locator('.why').first().isVisible());
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByRole('button', { name: 'Copy JSON' }).click();
  await page.getByRole('button', { name: 'Copied' }).waitFor();
  const copied = JSON.parse(await page.evaluate(() => navigator.clipboard.readText()));
  assert.deepEqual(copied.event.metadata, { seats: 0, plan: 7 });
}

// What couldn't be read as an event: the reason once, and no control that would do nothing.
async function unread(guest) {
  const { page } = guest;
  assert.equal(await guest.send({ context: { location: 'x'.repeat(110_000) } }), 413);
  const row = page.getByRole('option', { name: /413 Unreadable request/ });
  await row.waitFor();
  await row.click();
  await page.getByRole('heading', { name: 'Unreadable request' }).waitFor();
  const shown = await page.locator('#details').innerText();
  assert.equal(shown.split('request entity too large').length, 2, shown);
  assert.deepEqual(await page.locator('#details button').evaluateAll((all) => all.map((one) => one.ariaLabel ?? one.textContent)), ['Close the event']);
  assert.equal(await page.locator('#details .json').count(), 0);
  await page.keyboard.press('n');
  await page.keyboard.press('c');
}
