// The filter's controls: what is typed, what is suggested, what is cleared.

import { by, element } from './dom.js';
import { FIELDS, fromParameters, isNothing, isSame, NOTHING } from './filter.js';

// Who types is waited for.
const PATIENCE = 250;
// So many suggestions a field.
const KNOWN = 200;

export class FilterForm {
  #timer = null;
  #known = Object.fromEntries(FIELDS.map((field) => [field, new Set()]));

  // `change(filter)` is told what is wanted now.
  constructor(filter, change) {
    this.filter = filter;
    this.change = change;
    this.form = by('filter');
    this.form.addEventListener('submit', (event) => event.preventDefault());
    // A form of several fields without a button isn't submitted by this key.
    this.form.addEventListener('keydown', (event) => event.key === 'Enter' && event.target.matches('input') && this.#apply());
    this.form.addEventListener('input', (event) => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#apply(), event.target.type === 'checkbox' ? 0 : PATIENCE);
    });
    this.form.addEventListener('focusin', (event) => this.#suggest(event.target.name));
    by('filter-clear').addEventListener('click', () => {
      this.set(NOTHING);
      by('filter-action').focus();
    });
    this.#write();
  }

  set(filter) {
    clearTimeout(this.#timer);
    if (isSame(filter, this.filter)) return;
    this.filter = filter;
    this.#write();
    this.change(filter);
  }

  #apply() {
    clearTimeout(this.#timer);
    const said = new URLSearchParams();
    for (const field of FIELDS) said.set(field, this.form.elements[field].value);
    said.set('refused', this.form.elements.refused.checked ? '1' : '');
    const filter = fromParameters(said);
    if (isSame(filter, this.filter)) return;
    this.filter = filter;
    by('filter-clear').hidden = isNothing(filter);
    this.change(filter);
  }

  #write() {
    for (const field of FIELDS) this.form.elements[field].value = this.filter[field];
    this.form.elements.refused.checked = this.filter.refused;
    by('filter-clear').hidden = isNothing(this.filter);
  }

  // Remembers what an event could be found by.
  learn({ event, organization_id: organization }) {
    const { action, actor, targets } = event ?? {};
    this.#remember('action', action);
    this.#remember('organization', organization);
    this.#rememberEntity('actor', actor);
    for (const one of Array.isArray(targets) ? targets.slice(0, 20) : []) this.#rememberEntity('target', one);
  }

  #rememberEntity(field, entity) {
    if (typeof entity !== 'object' || entity === null) return;
    for (const value of [entity.type, entity.name, entity.id]) this.#remember(field, value);
  }

  #remember(field, value) {
    const known = this.#known[field];
    if (typeof value === 'string' && value !== '' && value.length <= 200 && known.size < KNOWN) known.add(value);
  }

  #suggest(field) {
    if (!FIELDS.includes(field)) return;
    by(`known-${field}`).replaceChildren(...[...this.#known[field]].sort().map((value) => element('option', { value })));
  }
}
