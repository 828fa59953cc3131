// Schemas: their versions, and what is different between two of them, key by key.

import assert from 'node:assert/strict';

const object = (properties, required, rest = {}) => ({ type: 'object', properties, ...(required ? { required } : {}), ...rest });

const FIRST = {
  actor: { metadata: object({ role: { type: 'string', enum: ['admin', 'member'] } }, ['role']) },
  targets: [{ type: 'team' }, { type: 'gone', metadata: object({ a: { type: 'string' } }) }],
  metadata: object({ seats: { type: 'integer' }, plan: { type: 'string', maxLength: 20 }, old: { type: 'string' } }, ['seats']),
};
const SECOND = {
  actor: { metadata: object({ role: { enum: ['admin', 'owner'], type: 'string' } }) },
  targets: [{ type: 'team', metadata: object({ size: { type: 'number' } }) }, { type: 'project' }],
  metadata: object({ seats: { type: 'number' }, plan: { type: 'string', maxLength: 40 }, method: { type: 'string' } }, ['seats', 'method'], { additionalProperties: false }),
};

const DIFFERENCES = [
  'actor | role | required | required | optional',
  'actor | role | enum | "admin", "member" | "admin", "owner"',
  'target team | size | added | – | number',
  'target gone | – | removed | object, keys: a | –',
  'target project | – | added | – | no metadata declared',
  'event | – | additionalProperties | – | false',
  'event | method | added | – | string, required',
  'event | old | removed | string | –',
  'event | plan | maxLength | 20 | 40',
  'event | seats | type | "integer" | "number"',
];

export default async function schemas(guest) {
  const { page } = guest;
  await guest.open('?view=schemas');
  await page.getByRole('heading', { name: 'No schemas yet' }).waitFor();

  await guest.register('team.signed_in', FIRST);
  await guest.register('team.signed_in', SECOND);
  // The same as the first, in another order.
  await guest.register('team.signed_in', JSON.parse(JSON.stringify(FIRST, (_, value) => (value && typeof value === 'object' && !Array.isArray(value) ? Object.fromEntries(Object.entries(value).reverse()) : value))));
  await guest.register('only.one', { targets: [{ type: 'thing' }] });
  await page.getByRole('button', { name: 'Reload' }).click();
  assert.deepEqual(await guest.rows(2), ['only.one 1 version', 'team.signed_in 3 versions']);

  await page.getByRole('option', { name: /only\.one/ }).click();
  await page.getByText('There is one version only').waitFor();
  assert.match(await page.locator('.version .json').innerText(), /"type": "thing"/);

  await page.getByRole('option', { name: /team\.signed_in/ }).click();
  await compare(page, 1, 2);
  assert.deepEqual(await differences(page), DIFFERENCES);
  assert.deepEqual(await page.locator('.differences mark').allInnerTexts(), ['"member"', '"owner"']);
  assert.equal(await page.locator('.version').count(), 2);

  // The address holds the choice.
  await page.reload();
  await page.locator('.differences').waitFor();
  assert.deepEqual(await differences(page), DIFFERENCES);
  await compare(page, 1, 3);
  await page.getByText('Versions 1 and 3 mean the same.').waitFor();
  await compare(page, 3, 3);
  await page.getByText('The same version twice').waitFor();

  await page.getByLabel('Find an action').fill('only');
  assert.equal((await guest.rows(1)).length, 1);
  await guest.open('?view=schemas&schema=not.there');
  await page.getByText('There is no schema for not.there here.').waitFor();

  // One that is registered meanwhile is there when the window is looked at again.
  await guest.register('brand.new', { targets: [{ type: 'thing' }] });
  await page.evaluate(() => window.dispatchEvent(new Event('focus')));
  await guest.rows(3);
  await guest.noViolations();
}

async function compare(page, from, to) {
  await page.getByLabel('From version').selectOption(String(from));
  await page.getByLabel('to version').selectOption(String(to));
}

function differences(page) {
  return page.locator('.differences tbody tr').evaluateAll((rows) => rows.map((row) => [...row.cells].map((cell) => cell.textContent).join(' | ')));
}
