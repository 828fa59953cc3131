// Events that would like to be more than text: nothing of them runs, is fetched, or turns the page around.

import assert from 'node:assert/strict';

const HTML = '"><img src=x onerror="globalThis.broken=1"><script>globalThis.broken=2</script><style>*{display:none}</style>';
const LINK = 'javascript:globalThis.broken=3';
const TURNED = '\u202egnp.exe\u2066\u200b\u0000\u2028';
const LONG = 'x'.repeat(500);
const KEYS = ['"quoted"', "it's", '</script>', '__proto__', 'constructor', 'toString', 'innerHTML', '\u202eyek', '', ' ', 'a/b~c', '&lt;b&gt;'];

export default async function hostile(guest) {
  const { page } = guest;
  const metadata = JSON.parse(`{${KEYS.map((key) => `${JSON.stringify(key)}: ${JSON.stringify(HTML)}`).join(', ')}}`);
  await guest.register('team.signed_in', { targets: [{ type: 'team' }], metadata: { type: 'object', properties: { [HTML]: { type: 'string', enum: [HTML, LINK] } } } });
  await guest.register('team.signed_in', { targets: [{ type: HTML }, { type: 'team' }], metadata: { type: 'object', properties: { [LINK]: { type: 'string', description: HTML } } } });
  const status = await guest.send({
    actor: { type: HTML, id: LINK, name: HTML, metadata },
    targets: [{ type: 'team', id: LONG, name: TURNED, metadata: { [HTML]: LINK } }, HTML, { type: LINK, id: LONG }],
    context: { location: LINK, user_agent: HTML },
    metadata: { text: LONG, html: HTML, link: LINK, turned: TURNED, [HTML]: 1 },
  });
  assert.equal(status, 422);
  await guest.send({ action: HTML, version: 1 }, HTML);
  await guest.send({ action: 'team.signed_in', version: 1, actor: { type: 'user', id: '1', name: HTML, metadata }, metadata: { [HTML]: HTML } });
  await guest.open(`?actor=${encodeURIComponent(HTML)}`);
  await guest.rows(2);
  await page.getByRole('button', { name: 'Clear' }).click();
  const rows = await guest.rows(3);
  assert(rows.some((row) => row.includes('<img src=x onerror=')), 'the text itself is shown');

  for (const sequence of [1, 2, 3]) {
    await page.locator(`#event-${sequence}`).click();
    await page.locator(`#details[data-sequence="${sequence}"]`).waitFor();
    await onlyOurs(page);
    await whole(guest, sequence);
  }
  // Characters that aren't seen are written down.
  await page.locator('#event-1').click();
  const text = await page.locator('body').evaluate((body) => body.innerText);
  assert.match(text, /"turned": "\\u202egnp\.exe\\u2066\\u200b\\u0000\\u2028"/);
  assert.doesNotMatch(text, /[\u202a-\u202e\u2066-\u2069\u200b\u200e\u200f]/);
  const wide = () => page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
  assert.equal(await wide(), false);

  await guest.open(`?view=schemas&event=${encodeURIComponent(HTML)}&from=${encodeURIComponent(HTML)}&schema=${encodeURIComponent(HTML)}`);
  await page.getByText(`There is no schema for ${HTML} here.`).waitFor();
  await onlyOurs(page);
  await page.getByRole('option', { name: /team\.signed_in/ }).click();
  await page.locator('.differences').waitFor();
  await onlyOurs(page);
  await page.setViewportSize({ width: 360, height: 640 });
  assert.equal(await wide(), false);
  await guest.noViolations();
}

// No element that we didn't make, no attribute that does anything, and nothing has run.
async function onlyOurs(page) {
  const found = await page.evaluate(() => ({
    broken: globalThis.broken ?? null,
    foreign: document.querySelectorAll('img, style, iframe, object, embed, svg, a, body script').length,
    active: [...document.querySelectorAll('*')].filter((one) => [...one.attributes].some(({ name, value }) => name.startsWith('on') || (['href', 'src'].includes(name) && !value.startsWith('/_emulator/page/')))).length,
  }));
  assert.deepEqual(found, { broken: null, foreign: 0, active: 0 });
}

// What is shown is the JSON of the event, to the letter.
async function whole({ page }, sequence) {
  const [shown, wanted] = await page.evaluate(async (before) => {
    const entry = (await (await fetch(`/_emulator/events?limit=1&before=${before}`)).json()).data[0];
    const view = document.querySelector('#details .json').cloneNode(true);
    for (const extra of view.querySelectorAll('.why, .folded')) extra.remove();
    const { request } = await import('/_emulator/page/refusal.js');
    return [JSON.stringify(JSON.parse(view.textContent)), JSON.stringify(request(entry))];
  }, sequence + 1);
  assert.equal(shown, wanted);
}
