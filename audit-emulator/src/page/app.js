// The page: its parts, made and joined.

import * as address from './address.js';
import * as api from './api.js';
import { Details } from './details.js';
import { by } from './dom.js';
import { EventList } from './events.js';
import { Feed } from './feed.js';
import { FilterForm } from './filter-form.js';
import { NOTHING, quoted } from './filter.js';
import { listen } from './keys.js';
import { Schemas } from './schemas.js';
import { Arrivals, Status } from './status.js';
import { Stream } from './stream.js';
import { Tabs } from './tabs.js';

const first = address.read();
const status = new Status();
const arrivals = new Arrivals();

const list = new EventList({ show, clear: () => form.set(NOTHING) });
const feed = new Feed({
  reset: (entries) => { entries.forEach((entry) => form.learn(entry)); list.reset(entries); },
  prepend: (entries) => { entries.forEach((entry) => form.learn(entry)); arrivals.add(entries); list.prepend(entries); },
  append: (entries) => { entries.forEach((entry) => form.learn(entry)); list.append(entries); },
  dropNewest: (number) => list.dropNewest(number),
  dropOldest: (number) => list.dropOldest(number),
  mustHold: (number) => list.mustHold(number),
  changed: () => list.changed(),
  restarted: () => { close(); status.restarted(); },
});
list.feed = feed;
feed.filter = first.filter;

const form = new FilterForm(first.filter, (filter) => {
  address.writeFilter(filter);
  feed.setFilter(filter);
});
const details = new Details({ close, filterBy: (field, value) => { close(); form.set({ ...form.filter, [field]: quoted(value) }); } });
const schemas = new Schemas(first);
const tabs = new Tabs((name) => name === 'schemas' && schemas.load());

// Narrow windows have room for the list or the event.
const narrow = matchMedia('(max-width: 56rem)');
narrow.addEventListener('change', cover);

function cover() {
  const isOpen = details.entry !== null;
  by('split').classList.toggle('open', isOpen);
  by('list-side').inert = isOpen && narrow.matches;
  by('filter').inert = isOpen && narrow.matches;
}

function show(entry, isAsked) {
  const wasInside = details.panel.contains(document.activeElement);
  details.show(entry);
  list.choose(entry);
  address.writeParts({ event: entry.sequence });
  cover();
  if (isAsked || wasInside) details.focus();
  return true;
}

function close() {
  if (!details.entry) return undefined;
  const wasInside = by('details').contains(document.activeElement);
  details.hide();
  list.choose(null);
  address.writeParts({ event: null });
  cover();
  if (wasInside) list.listbox.box.focus({ preventScroll: true });
  return true;
}

const current = () => (tabs.current === 'events' ? list.listbox : schemas.listbox);

function step(rows) {
  const { box } = current();
  if (box.hidden) return undefined;
  const isFirst = current().current === null;
  if (!details.panel.contains(document.activeElement)) box.focus({ preventScroll: true });
  // The list's first row is current as soon as it has the focus.
  if (!isFirst) current().step(rows);
  else if (!current().current) current().edge(true);
  return true;
}

function edge(isFirst) {
  if (isFirst && tabs.current === 'events' && feed.waitingCount > 0) list.newest();
  else current().edge(isFirst);
  return true;
}

listen({
  j: () => step(1),
  k: () => step(-1),
  g: () => edge(true),
  G: () => edge(false),
  n: () => details.nextProblem() ?? true,
  c: () => by('copy-event')?.click() ?? true,
  r: () => toggleRefused(),
  1: () => tabs.show('events') ?? true,
  2: () => tabs.show('schemas') ?? true,
  '/': () => by(tabs.current === 'events' ? 'filter-action' : 'find-action').focus() ?? true,
  Escape: () => close() ?? leave(),
});

function toggleRefused() {
  if (tabs.current !== 'events') return undefined;
  form.set({ ...form.filter, refused: !form.filter.refused });
  return true;
}

// Out of a control, back to the list.
function leave() {
  if (!document.activeElement.matches('input, select')) return undefined;
  current().box.focus({ preventScroll: true });
  return true;
}

tabs.show(first.view);
const stream = new Stream({
  catchUp: (signal) => feed.catchUp(signal),
  message: (entry) => feed.arrive(entry),
  state: (name, error) => status.show(name, error),
});
stream.start();

// The event that the address names.
if (first.event !== null) {
  const { data } = await api.events({ limit: 1, before: first.event + 1 }).catch(() => ({ data: [] }));
  if (data[0]?.sequence === first.event) show(data[0], false);
  else address.writeParts({ event: null });
}
