// Which events the page holds: a window of the newest, what waits outside of it, and how both move. No elements here.

import * as api from './api.js';
import { matches, NOTHING, toQuestion } from './filter.js';

// So many are held at once; older and newer ones are asked for again.
export const HELD = 500;
const PAGE = 100;
// Who has missed more than that looks at the newest instead of at all of them in turn.
const FAR_BEHIND = 1_000;
// Arrivals are shown together, so often.
const BEAT = 80;

// `view` has `reset(entries)`, `prepend(entries)`, `append(entries)`, `dropNewest(n)`, `dropOldest(n)`,
// `mustHold(n)`: whether its reader would lose the place by n more, `changed()`, and `restarted()`.
export class Feed {
  filter = NOTHING;
  // Newest first.
  entries = [];
  // Arrived and not shown, newest first, and their number: when there are too many, they aren't kept.
  waiting = [];
  waitingCount = 0;
  // Where older ones begin; null where there are none.
  before = null;
  isLoading = true;
  // Whether nothing at all has ever arrived, as far as is known.
  isEmpty = true;

  #view;
  #last = null;
  #arrived = [];
  #timer = null;
  #load = new AbortController();
  // Whether what was asked for last has never come.
  #isStale = true;
  #isAskingOlder = false;

  constructor(view) {
    this.#view = view;
  }

  // Before each connection: what is there, and the sequence after which the stream is wanted.
  async catchUp(signal) {
    const newest = (await api.events({ limit: 1 }, signal)).data[0];
    if (this.#last !== null && await this.#isAnother(newest, signal)) {
      this.#last = null;
      this.#view.restarted();
    }
    const missed = this.#last === null ? Infinity : (newest?.sequence ?? 0) - this.#last.sequence;
    if (missed > FAR_BEHIND) {
      this.#last = newest ?? { sequence: 0 };
      this.isEmpty = newest === undefined;
      if (missed !== Infinity && this.#view.mustHold(1)) this.#wait([], missed);
      else this.#isStale = true;
    }
    if (this.#isStale) await this.reload(signal);
    return this.#last.sequence;
  }

  // Whether the emulator was started again, with another database.
  async #isAnother(newest, signal) {
    const { sequence, received_at: received } = this.#last;
    if (sequence === 0) return false;
    if (!newest || newest.sequence < sequence) return true;
    const [same] = (await api.events({ limit: 1, before: sequence + 1 }, signal)).data;
    return same?.sequence !== sequence || same.received_at !== received;
  }

  async setFilter(filter) {
    this.filter = filter;
    await this.reload();
  }

  // The newest that match, and nothing waiting.
  async reload(signal) {
    this.#load.abort();
    this.#load = new AbortController();
    const mine = this.#load.signal;
    this.isLoading = true;
    this.#isStale = true;
    this.#view.changed();
    const both = signal ? AbortSignal.any([signal, mine]) : mine;
    try {
      const page = await api.events({ ...toQuestion(this.filter), limit: PAGE }, both);
      if (mine.aborted) return;
      this.#hold(page);
    } catch (error) {
      // Nobody is there: the stream finds out by itself, and asks again when it is back.
      if (!both.aborted && signal) throw error;
    }
  }

  #hold(page) {
    this.isLoading = false;
    this.#isStale = false;
    this.entries = page.data;
    this.before = page.before;
    if (page.data.length > 0) this.isEmpty = false;
    this.waiting = [];
    this.waitingCount = 0;
    this.#view.reset(this.entries);
    this.#view.changed();
  }

  arrive(entry) {
    if (entry.sequence <= this.#last.sequence) return;
    this.#last = entry;
    this.isEmpty = false;
    if (matches(this.filter, entry)) this.#arrived.push(entry);
    this.#timer ??= setTimeout(() => this.#flush(), BEAT);
  }

  #flush() {
    this.#timer = null;
    if (this.isLoading) {
      this.#timer = setTimeout(() => this.#flush(), BEAT);
      return;
    }
    const shown = this.entries[0]?.sequence ?? 0;
    const batch = this.#arrived.filter((entry) => entry.sequence > shown && matches(this.filter, entry)).reverse();
    this.#arrived = [];
    if (batch.length === 0) this.#view.changed();
    else if (this.waitingCount > 0 || this.#view.mustHold(batch.length)) this.#wait(batch, batch.length);
    else this.#prepend(batch);
  }

  #wait(batch, number) {
    this.waitingCount += number;
    this.waiting = [...batch, ...this.waiting].slice(0, HELD);
    this.#view.changed();
  }

  #prepend(batch) {
    const kept = batch.slice(0, HELD);
    this.entries = [...kept, ...this.entries];
    this.#view.prepend(kept);
    const tooMany = this.entries.length - HELD;
    if (tooMany > 0) {
      this.entries.length = HELD;
      this.before = this.entries.at(-1).sequence;
      this.#view.dropOldest(tooMany);
    }
    this.#view.changed();
  }

  // What waits is shown.
  async showNewest() {
    if (this.waitingCount > this.waiting.length) return this.reload();
    const batch = this.waiting;
    this.waiting = [];
    this.waitingCount = 0;
    if (batch.length > 0) this.#prepend(batch);
    return undefined;
  }

  // Older ones at the end; where that is too many, the newest go, and wait to be asked for again.
  async older() {
    const { before } = this;
    if (before === null || this.isLoading || this.#isAskingOlder) return;
    this.#isAskingOlder = true;
    const mine = this.#load.signal;
    const page = await api.events({ ...toQuestion(this.filter), limit: PAGE, before }, mine).catch(() => null);
    this.#isAskingOlder = false;
    // The end may have moved meanwhile: then these don't follow it. Who still wants older ones asks again.
    if (!page || mine.aborted || before !== this.before) return;
    this.before = page.before;
    this.entries = [...this.entries, ...page.data];
    this.#view.append(page.data);
    const tooMany = this.entries.length - HELD;
    if (tooMany > 0) {
      this.entries = this.entries.slice(tooMany);
      this.waiting = [];
      this.waitingCount += tooMany;
      this.#view.dropNewest(tooMany);
    }
    this.#view.changed();
  }
}
