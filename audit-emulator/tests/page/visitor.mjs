// Somebody who looks at the page of one emulator, and whose application sends events to it.

import assert from 'node:assert/strict';

// Machines that build something else meanwhile are slow.
const PATIENCE = Number(process.env.PAGE_PATIENCE ?? 20_000);

export async function visitor(browser, emulator, another) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  context.setDefaultTimeout(PATIENCE);
  const guest = new Visitor(context, emulator, another);
  await guest.prepare();
  return guest;
}

class Visitor {
  log = [];
  // Errors that a case brings about itself.
  expected = /^$/;
  origins = new Set();

  constructor(context, emulator, another) {
    Object.assign(this, { context, another, ...emulator });
    this.origins.add(emulator.url);
  }

  async prepare() {
    await this.context.addInitScript(() => {
      globalThis.violations = [];
      document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => globalThis.violations.push(`${violatedDirective} ${blockedURI}`));
    });
    this.page = await this.context.newPage();
    this.page.on('console', (message) => ['error', 'warning'].includes(message.type()) && this.log.push(`console: ${message.text()}`));
    this.page.on('pageerror', (error) => this.log.push(`error: ${error.stack}`));
    this.page.on('dialog', (dialog) => { this.log.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
    // Everything the context asks for, also what other pages of it would.
    this.context.on('request', (request) => {
      const url = new URL(request.url());
      if (!this.origins.has(url.origin) || url.protocol !== 'http:') this.log.push(`request: ${request.url()}`);
    });
  }

  // What holds in every case: nothing is logged, nothing is blocked because nothing tries, no request leaves the origin.
  checkBehaviour() {
    assert.deepEqual(this.log.filter((line) => !this.expected.test(line)), []);
    assert.deepEqual(this.seenViolations ?? [], []);
  }

  async noViolations() {
    this.seenViolations = await this.page.evaluate(() => globalThis.violations);
    assert.deepEqual(this.seenViolations, []);
  }

  async open(query = '', base = this.url) {
    await this.page.goto(`${base}/${query}`);
    await this.state('live');
  }

  state(name) {
    return this.page.locator(`#state[data-state=${name}]`).waitFor();
  }

  // The texts of the rows, once there are so many.
  async rows(number) {
    const rows = this.page.getByRole('option').filter({ visible: true });
    await this.until(async () => (await rows.count()) === number, async () => `${number} rows, there are ${await rows.count()}`);
    return rows.evaluateAll((all) => all.map((row) => row.innerText.replaceAll(/\s+/g, ' ').trim()));
  }

  async until(holds, what) {
    for (const end = Date.now() + PATIENCE; ;) {
      if (await holds()) return;
      if (Date.now() > end) assert.fail(`waited in vain for ${typeof what === 'function' ? await what() : what}`);
      await new Promise((resolve) => { setTimeout(resolve, 20); });
    }
  }

  async register(action, schema) {
    const answer = await this.#post(`/audit_logs/actions/${action}/schemas`, schema);
    assert.equal(answer.status, 201);
  }

  // The status; `event` holds what is different from one that obeys `team.signed_in`.
  async send(event = {}, organization = this.organization, base = this.url) {
    const body = { organization_id: organization, event: { ...usual(), ...event } };
    for (const [key, value] of Object.entries(body.event)) if (value === undefined) delete body.event[key];
    return (await this.#post('/audit_logs/events', body, base)).status;
  }

  async #post(path, body, base = this.url) {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${this.key}` };
    const answer = await fetch(`${base}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    await answer.arrayBuffer();
    return answer;
  }
}

export const SCHEMA = {
  actor: { metadata: { type: 'object', properties: { role: { type: 'string', enum: ['admin', 'member'] } } } },
  targets: [{ type: 'team' }],
  metadata: {
    type: 'object', properties: { seats: { type: 'integer', minimum: 1 }, plan: { type: 'string' } }, required: ['seats'], additionalProperties: false,
  },
};

export const usual = () => ({
  action: 'team.signed_in',
  version: 1,
  occurred_at: '2026-02-02T16:35:39.317Z',
  actor: { type: 'user', id: 'user_1', name: 'Zoë', metadata: {} },
  targets: [{ type: 'team', id: 'team_1', name: 'Blue' }],
  context: { location: '203.0.113.7', user_agent: 'test' },
  metadata: { seats: 3 },
});
