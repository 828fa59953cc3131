// The list of events: its rows, where its reader is, and what is said when it has none.

import { by, element } from './dom.js';
import { emptyState, whyEmpty } from './empty.js';
import { named } from './details.js';
import { Listbox } from './listbox.js';
import { problems } from './refusal.js';
import { brief, clock, count } from './text.js';

export class EventList {
  // `show(entry, byKeyboard)` opens an event; `feed` is set by who made both.
  constructor({ show, clear }) {
    this.feed = null;
    this.entries = new Map();
    this.isScrolled = false;
    this.opened = null;
    this.whyEmpty = null;
    this.clear = clear;
    this.scroll = by('scroll');
    const entryOf = (row) => this.entries.get(row);
    this.listbox = new Listbox(by('list'), {
      open: (row) => show(entryOf(row), true),
      move: (row) => this.opened !== null && show(entryOf(row), false),
      end: () => this.feed.older(),
    });
    this.scroll.addEventListener('scroll', () => this.#scrolled(), { passive: true });
    by('newer').addEventListener('click', () => this.newest());
    by('older').addEventListener('click', () => this.feed.older());
  }

  // Shows what waits, at its beginning.
  async newest() {
    await this.feed.showNewest();
    this.scroll.scrollTop = 0;
    this.isScrolled = false;
    this.listbox.edge(true);
    this.listbox.box.focus({ preventScroll: true });
  }

  #scrolled() {
    // A list that isn't there has no place to lose.
    if (this.scroll.offsetParent === null) return;
    this.isScrolled = this.scroll.scrollTop > 4;
    if (!this.isScrolled && this.feed.waitingCount > 0 && this.feed.waitingCount <= this.feed.waiting.length) this.feed.showNewest();
  }

  // Whoever has scrolled, or would see the current row go, keeps the place.
  mustHold(arriving) {
    if (this.isScrolled) return true;
    const { current } = this.listbox;
    if (!current) return false;
    const bottom = current.offsetTop + current.offsetHeight * (1 + arriving);
    return bottom > this.scroll.clientHeight && this.scroll.clientHeight > 0;
  }

  reset(entries) {
    const current = this.listbox.current && this.entries.get(this.listbox.current)?.sequence;
    this.entries.clear();
    const rows = entries.map((entry) => this.#row(entry));
    this.listbox.box.replaceChildren(...rows);
    this.listbox.set(rows.find((row) => this.entries.get(row).sequence === current) ?? null, { scroll: false });
    this.scroll.scrollTop = 0;
    this.isScrolled = false;
  }

  prepend(entries) {
    this.listbox.box.prepend(...entries.map((entry) => this.#row(entry)));
  }

  append(entries) {
    this.listbox.box.append(...entries.map((entry) => this.#row(entry)));
  }

  dropOldest(number) {
    this.#drop([...this.listbox.box.children].slice(-number));
  }

  // The rows below stay where they are.
  dropNewest(number) {
    const { scrollTop, scrollHeight } = this.scroll;
    this.#drop([...this.listbox.box.children].slice(0, number));
    this.scroll.scrollTop = scrollTop - (scrollHeight - this.scroll.scrollHeight);
    this.isScrolled = true;
  }

  #drop(rows) {
    for (const row of rows) {
      this.entries.delete(row);
      if (row === this.listbox.current) this.listbox.set(null);
      row.remove();
    }
  }

  // Marks the event that is open, if it is in the list.
  choose(entry) {
    this.opened = entry;
    this.listbox.choose(entry && by(`event-${entry.sequence}`));
  }

  changed() {
    const { waitingCount, before, entries, isLoading } = this.feed;
    const newer = by('newer');
    newer.hidden = waitingCount === 0;
    newer.textContent = `${count(waitingCount, 'newer event')} ↑`;
    by('older').hidden = before === null || entries.length === 0;
    this.listbox.box.hidden = entries.length === 0;
    this.#sayEmpty(entries.length === 0 && !isLoading ? whyEmpty(this.feed) : null);
  }

  #sayEmpty(why) {
    if (why === this.whyEmpty) return;
    this.whyEmpty = why;
    by('empty').hidden = why === null;
    if (why !== null) emptyState(by('empty'), why, this.clear);
  }

  #row(entry) {
    const event = entry.event ?? {};
    const isOpen = this.opened?.sequence === entry.sequence;
    const row = element('div', {
      role: 'option', id: `event-${entry.sequence}`, class: entry.accepted ? 'row' : 'row refused', 'aria-selected': isOpen ? 'true' : 'false',
    },
    element('time', { datetime: entry.received_at, title: entry.received_at }, clock(entry.received_at)),
    element('span', { class: 'answer', title: entry.accepted ? 'accepted' : 'refused' }, String(entry.status)),
    element('span', { class: 'action' }, element('bdi', {}, named(entry)), ' ', reason(entry)),
    element('span', { class: 'actor' }, entity(event.actor)),
    element('span', { class: 'targets' }, targets(event.targets)),
    element('span', { class: 'organization' }, element('bdi', {}, brief(entry.organization_id))));
    this.entries.set(row, entry);
    return row;
  }
}

function reason(entry) {
  const [first, ...others] = problems(entry).filter(({ isPart }) => !isPart);
  if (!first) return null;
  const more = others.length > 0 ? ` (and ${others.length} more)` : '';
  return element('span', { class: 'reason' }, brief(first.message.startsWith(first.at) ? first.message : `${first.at} ${first.message}`), more);
}

function entity(one) {
  if (typeof one !== 'object' || one === null) return element('bdi', {}, brief(one));
  const { name, id, type } = one;
  return [element('bdi', {}, brief(name ?? id, 80)), ' ', element('bdi', { class: 'type' }, brief(type, 40))];
}

function targets(all) {
  if (!Array.isArray(all)) return element('bdi', {}, brief(all));
  if (all.length === 0) return element('span', { class: 'type' }, 'none');
  const more = all.length > 1 ? element('span', { class: 'type' }, ` +${all.length - 1}`) : null;
  return [entity(all[0]), more];
}
