// The stream is cut: the page says so, comes back by itself, and has missed nothing. A server that is another one is noticed.

import assert from 'node:assert/strict';
import http from 'node:http';
import { SCHEMA } from './visitor.mjs';

export default async function reconnecting(guest) {
  const { page, url, another } = guest;
  // What the browser itself says of a server that is gone, and of the answer of a wrong one.
  guest.expected = /^console: Failed to load resource/;
  await guest.register('team.signed_in', SCHEMA);
  const between = await proxy(url);
  guest.origins.add(between.url);
  await guest.open('', between.url);
  await guest.send();
  await guest.send();
  await guest.rows(2);
  assert.deepEqual(between.lasts, ['0']);

  // Cut, and not there for a while.
  between.cut();
  await guest.state('reconnecting');
  await guest.send({ metadata: {} });
  await guest.send();
  await page.locator('#notice', { hasText: `The emulator at ${new URL(between.url).host} doesn’t answer.` }).waitFor();
  assert.match(await page.locator('#notice').innerText(), /cargo audit-schema serve --port \d+/);
  assert.equal((await guest.rows(2)).length, 2);
  await back(guest, between);
  await guest.state('live');
  assert(await page.locator('#notice').isHidden());
  const rows = await guest.rows(4);
  assert.match(rows[1], /400 .*must have required property 'seats'/);
  assert.equal(between.lasts.at(-1), '2', 'the last message that was seen is named');

  // Cut without a pause: nothing twice.
  between.cut();
  await back(guest, between);
  await guest.send();
  await guest.rows(5);

  // What is asked for while nobody is there is shown when somebody is.
  between.cut();
  await guest.state('reconnecting');
  await page.getByLabel('Refused only').check();
  await guest.until(() => page.url().endsWith('?refused=1'), 'the filter in the address');
  await back(guest, between);
  await guest.rows(1);
  await page.getByLabel('Refused only').uncheck();
  await guest.rows(5);

  // Something else answers there.
  between.answer(502);
  between.cutStreams();
  await page.locator('#notice', { hasText: 'answers something else: the answer has the status 502' }).waitFor();
  between.answer(null);
  await wake(guest);
  await guest.state('live');

  // An emulator that was started again has another database.
  await guest.send({}, another.organization, another.url);
  between.target = another.url;
  between.cutStreams();
  await page.locator('#notice', { hasText: 'started anew' }).waitFor();
  assert.match((await guest.rows(1))[0], /must be an action that has a schema/);
  await guest.send({ action: 'team.second' }, another.organization, another.url);
  await guest.rows(2);
  await guest.noViolations();
  between.close();
}

// There again, and the page is told, so that it doesn't wait for the end of its pause.
async function back(guest, between) {
  between.mend();
  await wake(guest);
}

const wake = ({ page }) => page.evaluate(() => window.dispatchEvent(new Event('online')));

// Stands between the page and the emulator, and can be cut.
async function proxy(url) {
  const sockets = new Set();
  const streams = new Set();
  let isCut = false;
  let status = null;
  const lasts = [];
  const server = http.createServer((request, response) => {
    if (status) {
      response.writeHead(status, { 'content-type': 'text/html' }).end('<h1>Bad Gateway</h1>');
      return;
    }
    if (request.url === '/_emulator/stream') {
      lasts.push(request.headers['last-event-id']);
      streams.add(request.socket);
    }
    const target = new URL(self.target);
    const forward = http.request({ host: target.hostname, port: target.port, path: request.url, method: request.method, headers: { ...request.headers, host: target.host } }, (answer) => {
      response.writeHead(answer.statusCode, answer.headers);
      // Otherwise the head waits for the first message.
      response.flushHeaders();
      answer.pipe(response);
    });
    forward.on('error', () => response.destroy());
    request.socket.once('close', () => forward.destroy());
    forward.end();
  });
  server.on('connection', (socket) => {
    if (isCut) socket.destroy();
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  const self = {
    target: url,
    lasts,
    cut() { isCut = true; for (const socket of sockets) socket.destroy(); },
    mend() { isCut = false; },
    cutStreams() { for (const socket of streams) socket.destroy(); streams.clear(); },
    answer(given) { status = given; },
    close() { this.cut(); server.close(); },
  };
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  self.url = `http://127.0.0.1:${server.address().port}`;
  return self;
}
