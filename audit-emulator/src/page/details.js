// One event, opened: what became of it, every reason of a refusal, and the request's JSON with each reason at its place.

import { button, by, copyButton, element } from './dom.js';
import { fold, jsonView, reveal } from './json-view.js';
import { nearest, problems, request } from './refusal.js';
import { brief, clock, count, visible } from './text.js';

export class Details {
  // `close()` is told when its button is used; `filterBy(field, value)` likewise.
  constructor({ close, filterBy }) {
    Object.assign(this, { panel: by('details'), close, filterBy, entry: null, next: 0 });
  }

  show(entry) {
    this.entry = entry;
    this.next = 0;
    this.panel.dataset.sequence = entry.sequence;
    if (entry.event === null) {
      this.#showUnread(entry);
      return;
    }
    const body = request(entry);
    const found = problems(entry).map((problem) => ({ ...problem, path: nearest(body, problem.path) }));
    const view = jsonView(body, found.filter(({ isPart }) => !isPart));
    this.whys = [...view.querySelectorAll('.why')];
    this.panel.replaceChildren(
      this.#head(entry),
      facts(entry),
      found.length > 0 ? this.#refusal(entry, found) : '',
      this.#tools(entry, body, view),
      view,
    );
    this.#reveal();
  }

  // Of a request that couldn't be read there is the reason and nothing else.
  #showUnread(entry) {
    this.whys = [];
    const why = element('section', { class: 'refusal', 'aria-label': 'Why it was refused' },
      element('h3', {}, visible(entry.refusal?.message ?? '')), element('p', { class: 'muted' }, 'The request couldn’t be read as an event, so nothing of it was kept.'));
    this.panel.replaceChildren(this.#head(entry), facts(entry), why);
    this.#reveal();
  }

  #reveal() {
    this.panel.hidden = false;
    this.panel.scrollTop = 0;
  }

  hide() {
    this.entry = null;
    this.panel.hidden = true;
    this.panel.replaceChildren();
  }

  focus() {
    by('details-title')?.focus({ preventScroll: true });
  }

  // The next reason, beside its part.
  nextProblem() {
    if (!this.entry || this.whys.length === 0) return;
    reveal(this.whys[this.next % this.whys.length]);
    this.next += 1;
  }

  #head(entry) {
    const title = element('h2', { id: 'details-title', tabindex: '-1' }, element('bdi', {}, named(entry)));
    const answer = element('span', { class: entry.accepted ? 'badge accepted' : 'badge refused' }, `${entry.status} ${entry.accepted ? 'accepted' : 'refused'}`);
    return element('div', { class: 'head' }, title, answer, button('×', () => this.close(), { class: 'quiet close', 'aria-label': 'Close the event' }));
  }

  #refusal(entry, found) {
    const { code, message } = entry.refusal;
    const title = element('h3', {}, `${visible(message)} `, code ? element('code', {}, code) : '');
    const items = found.map((problem) => element('li', {},
      element('button', { type: 'button', class: 'problem', onclick: () => this.#go(problem) },
        problem.message.startsWith(problem.at) ? '' : [element('code', { class: 'at' }, brief(problem.at)), ' '], visible(problem.message)),
      element('span', { class: 'rule' }, brief(problem.rule))));
    const many = element('p', { class: 'muted' }, `${count(found.length, 'problem')}; each stands beside its part below.`);
    // A reason that stands alone is the title already.
    const list = entry.refusal.errors.length > 0 ? [many, element('ul', {}, items)] : [];
    return element('section', { class: 'refusal', 'aria-label': 'Why it was refused' }, title, list);
  }

  #go({ path, message }) {
    const at = JSON.stringify(path);
    const there = this.whys.filter((one) => one.dataset.path === at);
    const why = there.find((one) => one.textContent === visible(message)) ?? there[0];
    if (why) reveal(why);
  }

  #tools(entry, body, view) {
    const text = () => JSON.stringify(body, null, 2);
    const copy = copyButton('Copy JSON', text);
    copy.id = 'copy-event';
    const tools = [copy, button('Fold', () => fold(view, false)), button('Unfold', () => fold(view, true))];
    return element('div', { class: 'tools' }, tools, element('span', { class: 'only' }, 'Only this: ', this.#only(entry)));
  }

  #only(entry) {
    const event = entry.event ?? {};
    const target = Array.isArray(event.targets) ? event.targets[0] : undefined;
    const values = { action: event.action, actor: event.actor?.id, target: target?.id, organization: entry.organization_id };
    const usable = Object.entries(values).filter(([, value]) => typeof value === 'string' && value.trim() === value && value !== '');
    return usable.map(([field, value]) => button(field, () => this.filterBy(field, value), { class: 'link', title: brief(value) }));
  }
}

// What an event is called; one that couldn't be read has no name.
export function named({ event }) {
  return event === null ? 'Unreadable request' : brief(event?.action) || 'No action';
}

function facts(entry) {
  const fact = (name, ...shown) => element('div', {}, element('dt', {}, name), element('dd', {}, shown));
  return element('dl', { class: 'facts' },
    fact('Received', element('time', { datetime: entry.received_at, title: entry.received_at }, clock(entry.received_at))),
    fact('Number', String(entry.sequence)),
    entry.id ? fact('Stored as', element('code', {}, entry.id)) : null);
}
