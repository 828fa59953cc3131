// The filters: each one, applied to what is there and to what arrives, kept in the address.

import assert from 'node:assert/strict';
import { SCHEMA } from './visitor.mjs';

const OTHER = 'org_01EHQMYV6MBK39QC5PZXHY59C3';

export default async function filters(guest) {
  const { page } = guest;
  await meanwhile(guest);
  await guest.register('team.signed_out', { targets: [{ type: 'team' }] });
  const out = { action: 'team.signed_out', metadata: undefined };
  await guest.send({ ...out, actor: { type: 'robot', id: 'robot_7', name: 'Marvin' } });
  await guest.send({ ...out, targets: [{ type: 'team', id: 'team_1' }, { type: 'team', id: 'team_2', name: 'Green' }] });
  await guest.send({ metadata: {} });
  await guest.send({}, OTHER);
  await guest.open();
  await guest.rows(5);

  const found = async (label, value, sequences, isKept = false) => {
    await page.getByLabel(label, { exact: true }).fill(value);
    // This key is quicker than waiting until nobody types any more.
    await page.keyboard.press('Enter');
    assert.equal(new URL(page.url()).searchParams.get(label.toLowerCase()), value);
    await shown(guest, sequences);
    if (isKept) {
      await page.reload();
      await shown(guest, sequences);
      assert.equal(await page.getByLabel(label, { exact: true }).inputValue(), value);
    }
    await page.getByRole('button', { name: 'Clear' }).click();
    await shown(guest, [5, 4, 3, 2, 1]);
    assert.equal(new URL(page.url()).search, '');
  };
  await found('Action', 'team.signed_out', [3, 2], true);
  // Parts of words, in capitals or not; a value in quotes is compared as a whole.
  await found('Action', 'SIGNED_O', [3, 2]);
  await found('Action', '"team.signed_o"', []);
  await found('Action', '"team.signed_out"', [3, 2], true);
  await found('Actor', 'ZOË', [5, 4, 3, 1]);
  await found('Actor', '"zoë"', []);
  await found('Actor', 'bot', [2]);
  await found('Target', 'ree', [3]);
  for (const one of ['robot', 'robot_7', 'Marvin']) await found('Actor', one, [2]);
  for (const one of ['team_2', 'Green']) await found('Target', one, [3]);
  await found('Target', 'team', [5, 4, 3, 2, 1]);
  await found('Organization', OTHER, [5], true);

  await page.getByLabel('Refused only').check();
  await shown(guest, [5, 4]);
  await page.getByLabel('Organization', { exact: true }).fill(guest.organization);
  await shown(guest, [4]);

  // What arrives goes through the same filter.
  await guest.send();
  await guest.send({ ...out, targets: [] });
  await guest.send({}, OTHER);
  await shown(guest, [7, 4]);
  await page.getByLabel('Action', { exact: true }).fill('team.signed_in');
  await shown(guest, [4]);

  await page.getByLabel('Actor', { exact: true }).fill('<b>nobody</b>');
  await page.getByRole('heading', { name: 'No event matches' }).waitFor();
  assert.match(await page.locator('#empty').innerText(), /action “team\.signed_in”, actor “<b>nobody<\/b>”, organization “org_\w+”, refused only/);
  await page.getByRole('button', { name: 'Show all events' }).click();
  await shown(guest, [8, 7, 6, 5, 4, 3, 2, 1]);

  // A value of an event becomes a filter, and known values are suggested.
  await page.locator('#event-2').click();
  await page.getByRole('button', { name: 'actor', exact: true }).click();
  await shown(guest, [2]);
  assert.equal(await page.getByLabel('Actor', { exact: true }).inputValue(), '"robot_7"');
  await page.getByLabel('Target', { exact: true }).focus();
  const known = await page.locator('#known-target option').evaluateAll((options) => options.map(({ value }) => value));
  assert.deepEqual(known, ['Blue', 'Green', 'team', 'team_1', 'team_2']);
  await agrees(guest);
  await guest.noViolations();
}

// What arrives and doesn't match isn't an empty emulator.
async function meanwhile(guest) {
  const { page } = guest;
  await guest.open('?action=something.else');
  await page.getByRole('heading', { name: 'No events yet' }).waitFor();
  await guest.register('team.signed_in', SCHEMA);
  await guest.send();
  await page.getByRole('heading', { name: 'No event matches' }).waitFor();
}

async function shown(guest, sequences) {
  const ids = () => guest.page.locator('.row[id^=event-]').evaluateAll((rows) => rows.map(({ id }) => Number(id.slice(6))));
  await guest.until(async () => JSON.stringify(await ids()) === JSON.stringify(sequences), async () => `${sequences}, there are ${await ids()}`);
}

// The page's filter and the emulator's say the same of odd events too.
async function agrees(guest) {
  for (const odd of [{ actor: { id: 7, type: null } }, { targets: ['team', null, { id: ['team'] }] }, { actor: 'robot', targets: { id: 'team' } }]) await guest.send(odd);
  const disagreements = await guest.page.evaluate(async () => {
    const { NOTHING, matches, toQuestion } = await import('/_emulator/page/filter.js');
    const { events } = await import('/_emulator/page/api.js');
    const all = (await events({ limit: 100 })).data;
    const wrong = [];
    for (const field of ['action', 'actor', 'target', 'organization']) {
      for (const value of ['team', 'robot', '7', 'null', 'team.signed_in', 'user', '%', 'TEAM_', '"team"', '"te"', '"user_1"', 'ë', '"', '""', '[']) {
        const filter = { ...NOTHING, [field]: value };
        const here = all.filter((entry) => matches(filter, entry)).map(({ sequence }) => sequence);
        const there = (await events({ ...toQuestion(filter), limit: 100 })).data.map(({ sequence }) => sequence);
        if (JSON.stringify(here) !== JSON.stringify(there)) wrong.push({ field, value, here, there });
      }
    }
    return wrong;
  });
  assert.deepEqual(disagreements, []);
}
