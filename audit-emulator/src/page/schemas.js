// The schemas: every action, two of its versions side by side, and what is different between them.

import * as address from './address.js';
import * as api from './api.js';
import { button, by, copyButton, element } from './dom.js';
import { differences } from './difference.js';
import { jsonView } from './json-view.js';
import { Listbox } from './listbox.js';
import { clock, count, json, visible } from './text.js';

const NO_SCHEMA = 'No action has a schema yet. One comes with POST /audit_logs/actions/ACTION/schemas, or for a whole folder with cargo audit-schema push.';

export class Schemas {
  // What is chosen, from the page's address.
  constructor({ schema, from, to }) {
    Object.assign(this, { action: schema, from, to, known: [], text: null });
    this.listbox = new Listbox(by('actions'), {
      open: (row) => {
        this.choose(row.dataset.action);
        by('schema').focus({ preventScroll: true });
      },
      move: (row) => this.choose(row.dataset.action),
    });
    by('find-action').addEventListener('input', () => this.#list());
    by('reload-schemas').addEventListener('click', () => this.load(true));
    window.addEventListener('focus', () => !by('panel-schemas').hidden && this.load());
  }

  // Asks for them, and shows them where something is new.
  async load(isForced = false) {
    try {
      const known = await api.schemas();
      const text = JSON.stringify(known);
      if (!isForced && text === this.text) return;
      Object.assign(this, { known, text });
      this.#list();
      this.#show();
    } catch (error) {
      by('schema').replaceChildren(said('The schemas can’t be read', error instanceof api.Gone ? 'The emulator doesn’t answer.' : error.message),
        button('Try again', () => this.load(true)));
      this.text = null;
    }
  }

  choose(action, from = null, to = null) {
    Object.assign(this, { action, from, to });
    address.writeParts({ schema: action, from, to });
    this.listbox.choose([...this.listbox.box.children].find((row) => row.dataset.action === action));
    this.#show();
  }

  #list() {
    const wanted = by('find-action').value.trim().toLowerCase();
    const found = this.known.filter(({ action }) => action.toLowerCase().includes(wanted));
    const rows = found.map(({ action, versions }, index) => element('div', {
      role: 'option', id: `action-${index}`, class: 'row action-row', 'data-action': action, 'aria-selected': String(action === this.action),
    }, element('bdi', {}, visible(action)), element('span', { class: 'type' }, count(versions.length, 'version'))));
    this.listbox.box.replaceChildren(...rows);
    this.listbox.set(rows.find((row) => row.dataset.action === this.action) ?? null);
    this.listbox.box.hidden = rows.length === 0;
  }

  #show() {
    const place = by('schema');
    const known = this.known.find(({ action }) => action === this.action);
    if (known) {
      place.replaceChildren(...this.#chosen(known));
    } else if (this.known.length === 0) {
      place.replaceChildren(said('No schemas yet', NO_SCHEMA));
    } else {
      const missing = this.action ? `There is no schema for ${visible(this.action)} here. ` : '';
      place.replaceChildren(said('Choose an action', `${missing}${count(this.known.length, 'action has', 'actions have')} a schema.`));
    }
  }

  #chosen({ action, versions }) {
    const newest = versions.at(-1);
    const pick = (number, otherwise) => versions.find(({ version }) => version === number) ?? otherwise;
    const to = pick(this.to, newest);
    const from = pick(this.from, versions[versions.indexOf(to) - 1] ?? versions[0]);
    const title = element('h2', {}, element('bdi', {}, visible(action)));
    const head = element('div', { class: 'head' }, title, element('span', { class: 'muted' }, count(versions.length, 'version')));
    if (versions.length === 1) {
      return [head, element('p', { class: 'muted one-version' }, 'There is one version only, so there is nothing to compare. Registering the action again makes the next.'), version(newest)];
    }
    return [head, this.#choice(versions, from, to), ...changes(from, to), element('div', { class: 'versions' }, from === to ? version(to) : [version(from), version(to)])];
  }

  #choice(versions, from, to) {
    const select = (id, label, chosen) => {
      const options = versions.map(({ version: number, created_at: at }) => element('option', { value: String(number), selected: number === chosen.version }, `${number} (${clock(at)})`));
      const made = element('select', { id, onchange: () => this.#compare(id) }, options);
      return element('div', { class: 'field' }, element('label', { for: id }, label), made);
    };
    return element('div', { class: 'choice' }, select('version-from', 'From version', from), select('version-to', 'to version', to));
  }

  #compare(changedBy) {
    this.choose(this.action, Number(by('version-from').value), Number(by('version-to').value));
    by(changedBy).focus();
  }
}

function said(title, text) {
  return element('div', { class: 'empty' }, element('h2', {}, title), element('p', {}, text));
}

function version({ version: number, created_at: at, schema }) {
  const title = element('h3', {}, `Version ${number} `, element('time', { class: 'muted', datetime: at, title: at }, clock(at)));
  const head = element('div', { class: 'does' }, title, copyButton('Copy JSON', () => JSON.stringify(schema, null, 2)));
  return element('section', { class: 'version', 'aria-label': `Version ${number}` }, head, jsonView(schema));
}

function changes(from, to) {
  if (from === to) return [element('p', { class: 'muted same' }, 'The same version twice: choose another to compare it with.')];
  const found = differences(from.schema, to.schema);
  if (found.length === 0) return [element('p', { class: 'muted same' }, `Versions ${from.version} and ${to.version} mean the same.`)];
  const head = ['Where', 'Key', 'What', `Version ${from.version}`, `Version ${to.version}`].map((text) => element('th', { scope: 'col' }, text));
  const caption = element('caption', {}, `${count(found.length, 'difference')} from version ${from.version} to ${to.version}`);
  return [element('table', { class: 'differences' }, caption, element('thead', {}, element('tr', {}, head)), element('tbody', {}, found.map(change)))];
}

function change({ place, path, what, from, to }) {
  const cell = (value, label) => element('td', { 'data-label': label }, shown(value));
  return element('tr', { class: ['added', 'removed'].includes(what) ? what : 'changed' },
    element('td', { 'data-label': 'Where' }, element('bdi', {}, visible(place))),
    element('td', { 'data-label': 'Key' }, element(path === '' ? 'span' : 'code', {}, visible(path) || '–')),
    element('td', { 'data-label': 'What' }, element('span', { class: 'what' }, visible(what))),
    cell(wording(what, from, to), 'Before'), cell(wording(what, to, from), 'After'));
}

// Lists of allowed values show which are gone or new.
function wording(what, value, other) {
  if (value === null) return '–';
  if (what === 'required') return value ? 'required' : 'optional';
  if (what === 'enum' && Array.isArray(value)) {
    const has = new Set((Array.isArray(other) ? other : []).map((one) => JSON.stringify(one)));
    return value.map((one) => ({ text: json(one), isAlone: !has.has(JSON.stringify(one)) }));
  }
  return typeof value === 'string' && ['added', 'removed'].includes(what) ? visible(value) : json(value);
}

function shown(value) {
  if (typeof value === 'string') return element('span', { class: 'value' }, value);
  const parts = value.map(({ text, isAlone }, index) => [index > 0 ? ', ' : '', element(isAlone ? 'mark' : 'span', {}, text)]);
  return element('span', { class: 'value' }, parts);
}
