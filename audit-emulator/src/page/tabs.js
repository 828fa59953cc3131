// Two tabs, of which one is shown.

import * as address from './address.js';
import { by } from './dom.js';

const NAMES = ['events', 'schemas'];

export class Tabs {
  // `shown(name)` is told which one is there now.
  constructor(shown) {
    this.shown = shown;
    for (const [index, name] of NAMES.entries()) {
      const tab = by(`tab-${name}`);
      tab.addEventListener('click', () => this.show(name));
      tab.addEventListener('keydown', (event) => {
        const to = { ArrowRight: index + 1, ArrowLeft: index - 1, Home: 0, End: -1 }[event.key];
        if (to === undefined) return;
        event.preventDefault();
        const next = NAMES.at(to % NAMES.length);
        this.show(next);
        by(`tab-${next}`).focus();
      });
    }
  }

  show(name) {
    this.current = name;
    for (const one of NAMES) {
      const tab = by(`tab-${one}`);
      tab.setAttribute('aria-selected', String(one === name));
      tab.tabIndex = one === name ? 0 : -1;
      by(`panel-${one}`).hidden = one !== name;
    }
    address.writeParts({ view: name === 'events' ? null : name });
    this.shown(name);
  }
}
