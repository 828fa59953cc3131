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
  }
  await narrow(guest, axe);
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
