// Barriers, as far as a machine finds them: names of controls, contrast in both schemes, roles; and room on a narrow screen.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { SCHEMA } from './visitor.mjs';

export default async function accessibility(guest) {
  const { page } = guest;
  const axe = await readFile(process.env.PAGE_AXE, 'utf8');
  await guest.open();
  await page.locator('.command').first().waitFor();
  await check(guest, axe, 'an empty list');
  await guest.register('team.signed_in', SCHEMA);
  await guest.register('team.signed_in', { ...SCHEMA, targets: [{ type: 'team' }, { type: 'project' }] });
  await guest.send({ version: 1 });
  await guest.send({ version: 1, metadata: { seats: 'many' } });
  await guest.rows(2);
  for (const colorScheme of ['light', 'dark']) {
    // Names and roles are the same in both.
    const rules = colorScheme === 'light' ? undefined : ['color-contrast'];
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width: 1280, height: 800 });
    await guest.open('?event=2');
    await page.locator('.why').waitFor();
    await check(guest, axe, `a refused event, ${colorScheme}`, rules);
    await page.keyboard.press('2');
    await page.getByRole('option', { name: /team\.signed_in/ }).click();
    await page.locator('.differences').waitFor();
    await check(guest, axe, `schemas, ${colorScheme}`, rules);
    await page.keyboard.press('?');
    await check(guest, axe, `the keys, ${colorScheme}`, rules);
    await edges(guest, colorScheme);
  }
  await narrow(guest, axe);
  await forced(guest);
  await motion(guest);
  await guest.noViolations();
}

// `rules` are all of them, or those that are named.
async function check({ page }, axe, view, rules) {
  // Evaluated by the browser's own tools, which the policy doesn't bind.
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe);
  const found = await page.evaluate((runOnly) => globalThis.axe.run(document, { resultTypes: ['violations'], ...(runOnly ? { runOnly } : {}) }), rules);
  const told = found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join('\n  ')}`);
  assert.deepEqual(told, [], view);
  assert(found.violations && found.url.startsWith('http://127.0.0.1'));
  const nameless = await page.locator('button, input, select, [role=listbox], [role=option], [role=tab], summary').evaluateAll((all) => all
    .filter((one) => one.checkVisibility())
    .filter((one) => !(one.labels?.[0]?.textContent || one.getAttribute('aria-label') || one.textContent || '').trim())
    .map((one) => one.outerHTML));
  assert.deepEqual(nameless, [], view);
}

async function narrow(guest, axe) {
  const { page } = guest;
  await page.setViewportSize({ width: 360, height: 640 });
  const fits = async (view) => {
    const wide = await page.evaluate(() => [...document.querySelectorAll('body *')]
      .filter((one) => one.checkVisibility() && !one.closest('.unseen, thead') && one.getBoundingClientRect().right > innerWidth + 1 && getComputedStyle(one.parentElement).overflow === 'visible')
      .filter((one) => { for (let at = one.parentElement; at; at = at.parentElement) if (getComputedStyle(at).overflowX === 'hidden' && at !== document.body) return false; return true; })
      .map((one) => one.outerHTML.slice(0, 120)));
    assert.deepEqual(wide, [], view);
  };
  await page.keyboard.press('Escape');
  await page.keyboard.press('1');
  await page.keyboard.press('Escape');
  await guest.rows(2);
  await fits('the list');
  await page.locator('#event-2').click();
  await fits('an event');
  await check(guest, axe, 'a narrow event');
  // What is covered isn't reached.
  assert.equal(await page.locator('#list-side').evaluate((side) => side.inert), true);
  await page.getByRole('button', { name: 'Close the event' }).click();
  assert.equal(await page.locator('#list-side').evaluate((side) => side.inert), false);
  await page.keyboard.press('2');
  await page.locator('.differences').waitFor();
  await fits('schemas');
  // Two halves would be an empty one: a short list takes what it needs, and the rest is the schema's.
  const [list, rows, schema] = await page.evaluate(() => ['.actions .scroll', '#actions', '#schema'].map((one) => document.querySelector(one).getBoundingClientRect().height));
  assert(list - rows < 2, `the list has ${list} pixels for ${rows}`);
  assert(schema > 640 / 2, `the schema has ${schema} pixels`);
  await phoneSchemas(guest);
}

// Many actions, of which none is chosen: they have the room.
async function phoneSchemas(guest) {
  const { page } = guest;
  await page.evaluate(() => {
    document.getElementById('schema').replaceChildren(Object.assign(document.createElement('div'), { className: 'empty', textContent: 'Choose an action' }));
    const [row] = document.querySelectorAll('.action-row');
    document.getElementById('actions').append(...Array.from({ length: 40 }, () => row.cloneNode(true)));
  });
  const [list, schema] = await page.evaluate(() => ['.actions .scroll', '#schema'].map((one) => document.querySelector(one).getBoundingClientRect()));
  assert(list.height > 640 / 2 && schema.bottom <= 641, `the list has ${list.height} pixels, the schema ends at ${schema.bottom}`);
}

// The borders of fields stand out from both of their sides, at 3:1.
async function edges({ page }, colorScheme) {
  await page.keyboard.press('Escape');
  const ratios = await page.evaluate(() => {
    const luminance = (color) => {
      const [red, green, blue] = color.match(/\d+/g).map((part) => part / 255).map((part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const ground = (at) => {
      const { backgroundColor } = getComputedStyle(at);
      return backgroundColor === 'rgba(0, 0, 0, 0)' && at.parentElement ? ground(at.parentElement) : backgroundColor;
    };
    const ratio = (a, b) => {
      const [low, high] = [luminance(a), luminance(b)].sort((one, other) => one - other);
      return (high + 0.05) / (low + 0.05);
    };
    return [...document.querySelectorAll('.field input, .field select')].flatMap((field) => {
      const edge = getComputedStyle(field).borderTopColor;
      return [ratio(edge, ground(field)), ratio(edge, ground(field.parentElement))];
    });
  });
  assert(ratios.length >= 10 && ratios.every((one) => one >= 3), `${colorScheme}: ${ratios}`);
}

// In the system's few colours: what is open, where the keyboard is, and which tab is chosen differ from the rest.
async function forced({ page, ...guest }) {
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.emulateMedia({ forcedColors: 'active', colorScheme: 'light' });
  await page.goto(`${guest.url}/?event=2`);
  await page.locator('.why').waitFor();
  await page.locator('#list').focus();
  await page.keyboard.press('End');
  await page.keyboard.press('Home');
  await page.locator('#details[data-sequence="2"]').waitFor();
  const style = (selector, name) => page.locator(selector).evaluate((one, key) => getComputedStyle(one)[key], name);
  assert.notEqual(await style('#event-2', 'backgroundColor'), await style('#event-1', 'backgroundColor'), 'what is open');
  await page.keyboard.press('Escape');
  await page.locator('#list').focus();
  await page.keyboard.press('End');
  assert.equal(await style('.row.current', 'outlineStyle'), 'solid', 'where the keyboard is');
  assert.notEqual(await style('#tab-events', 'borderBottomColor'), await style('#tab-schemas', 'borderBottomColor'), 'which tab is chosen');
  await page.emulateMedia({ forcedColors: 'none' });
}

async function motion({ page }) {
  const animation = () => page.evaluate(() => {
    const state = document.getElementById('state');
    const before = state.dataset.state;
    state.dataset.state = 'reconnecting';
    const name = getComputedStyle(state.querySelector('.dot')).animationName;
    state.dataset.state = before;
    return name;
  });
  assert.equal(await animation(), 'beat');
  await page.emulateMedia({ reducedMotion: 'reduce' });
  assert.equal(await animation(), 'none');
}
