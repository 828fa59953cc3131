// The connection that tells what arrives: read, watched, and made again from the last message on.

import { ask, Gone } from './api.js';

// The emulator sends a comment every 15 seconds; without one for so long, the connection is dead.
const SILENCE = 40_000;
const PAUSES = [300, 1_000, 2_000, 4_000];

// Keeps a connection for as long as the page is looked at. `listener` has
// `catchUp(signal)`: what was missed; answers the sequence after which messages are wanted,
// `message(entry)`, and `state(name, error)`: connecting, live, reconnecting or resting.
export class Stream {
  #listener;
  #running = null;
  #wake = () => {};

  constructor(listener) {
    this.#listener = listener;
    // Browsers allow few connections to one address: pages in the background give theirs back.
    document.addEventListener('visibilitychange', () => (document.hidden ? this.stop() : this.start()));
    window.addEventListener('online', () => this.#wake());
  }

  start() {
    if (this.#running || document.hidden) return;
    this.#running = new AbortController();
    this.#run(this.#running.signal);
  }

  stop() {
    if (!this.#running) return;
    this.#running.abort();
    this.#running = null;
    this.#listener.state('resting');
  }

  async #run(signal) {
    this.#listener.state('connecting');
    for (let failures = 0; !signal.aborted;) {
      let problem = null;
      try {
        await this.#connect(signal, () => { failures = 0; });
      } catch (error) {
        problem = error;
      }
      if (signal.aborted) return;
      // An end without a problem is the server's: it stops.
      this.#listener.state('reconnecting', failures > 0 ? problem ?? new Gone('the stream ended') : null);
      await this.#pause(PAUSES[Math.min(failures, PAUSES.length - 1)], signal);
      failures += 1;
    }
  }

  async #connect(outer, connected) {
    const last = await this.#listener.catchUp(outer);
    const inner = new AbortController();
    const signal = AbortSignal.any([outer, inner.signal]);
    const headers = { Accept: 'text/event-stream', 'Last-Event-ID': String(last) };
    const { body } = await ask('/_emulator/stream', { signal, headers });
    connected();
    this.#listener.state('live');
    await messages(body, () => inner.abort(), (data) => this.#listener.message(JSON.parse(data)));
  }

  #pause(duration, signal) {
    return new Promise((resolve) => {
      this.#wake = resolve;
      setTimeout(resolve, duration);
      signal.addEventListener('abort', resolve, { once: true });
    });
  }
}

async function messages(body, silent, message) {
  const split = splitter(message);
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  for (;;) {
    const timer = setTimeout(silent, SILENCE);
    try {
      const { value, done } = await reader.read();
      if (done) return;
      split(value);
    } finally {
      clearTimeout(timer);
    }
  }
}

// Takes text as it comes, in whatever pieces; hands out the data of each message. Comments and other fields say nothing here.
export function splitter(message) {
  let rest = '';
  let data = [];
  return (text) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop();
    for (const line of lines.map((one) => one.replace(/\r$/, ''))) {
      if (line.startsWith('data:')) data.push(line.slice(line[5] === ' ' ? 6 : 5));
      if (line !== '' || data.length === 0) continue;
      message(data.join('\n'));
      data = [];
    }
  };
}
