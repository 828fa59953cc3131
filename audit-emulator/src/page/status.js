// What is said about the connection and about arrivals, and how often.

import { Gone } from './api.js';
import { by, button, element } from './dom.js';
import { count } from './text.js';

const WORDS = { connecting: 'connecting', live: 'live', reconnecting: 'reconnecting', resting: 'resting' };
// People who listen are told of arrivals no more often than that.
const QUIET = 5_000;

export class Status {
  #isAboutConnection = false;

  constructor() {
    by('where').textContent = `on this machine, ${location.host}`;
  }

  show(name, error) {
    const state = by('state');
    if (state.dataset.state !== name) {
      state.dataset.state = name;
      by('state-text').textContent = WORDS[name];
    }
    if (error) this.#trouble(error);
    else if (name === 'live' && this.#isAboutConnection) this.#hide();
  }

  #trouble(error) {
    const text = error instanceof Gone
      ? [`The emulator at ${location.host} doesn’t answer. Start it again with `, element('code', {}, `cargo audit-schema serve --port ${location.port}`), '; this page goes on by itself.']
      : [`The emulator at ${location.host} answers something else: ${error.message}. This page keeps trying.`];
    this.#say(text);
    this.#isAboutConnection = true;
  }

  // Another emulator stands where the old one stood.
  restarted() {
    this.#say(['The emulator was started anew, with other events. Those of before are gone from this list. ', button('Good', () => this.#hide())]);
    this.#isAboutConnection = false;
  }

  #say(children) {
    const notice = by('notice');
    const said = element('p', {}, children);
    // An alert is read out whenever it changes.
    if (!notice.hidden && notice.textContent === said.textContent) return;
    notice.replaceChildren(said);
    notice.hidden = false;
  }

  #hide() {
    by('notice').hidden = true;
    by('notice').replaceChildren();
    this.#isAboutConnection = false;
  }
}

// Counts arrivals, and tells their number now and then.
export class Arrivals {
  #number = 0;
  #refused = 0;
  #timer = null;

  add(entries) {
    this.#number += entries.length;
    this.#refused += entries.filter((entry) => !entry.accepted).length;
    this.#timer ??= setTimeout(() => this.#tell(), QUIET);
  }

  #tell() {
    const refused = this.#refused > 0 ? `, ${this.#refused.toLocaleString('en')} refused` : '';
    by('arrivals').textContent = `${count(this.#number, 'new event')}${refused}`;
    this.#number = 0;
    this.#refused = 0;
    this.#timer = null;
  }
}
