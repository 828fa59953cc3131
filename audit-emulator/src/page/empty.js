// What is said where no event is shown: how the first one is sent, or that the filter lets none through.

import * as api from './api.js';
import { button, copyButton, element } from './dom.js';
import { commands } from './example.js';
import { inWords } from './filter.js';

// What the filter asks for, where there are events; nothing where there are none.
export const whyEmpty = ({ filter, isEmpty }) => (isEmpty ? '' : inWords(filter));

export function emptyState(place, why, clear) {
  if (why === '') first(place);
  else nothingMatches(place, why, clear);
}

function nothingMatches(place, why, clear) {
  place.replaceChildren(
    element('h2', {}, 'No event matches'),
    element('p', {}, `The filter asks for ${why}. It finds parts of values, in capitals or not; a value in "quotes" is compared as a whole. An event that matches will appear here as it arrives.`),
    button('Show all events', clear),
  );
}

// It is said at once; the commands follow when it is known what they have to hold.
async function first(place) {
  const title = element('h2', {}, 'No events yet');
  const wait = element('p', {}, 'They appear here as they arrive, accepted and refused ones.');
  place.replaceChildren(title, wait);
  try {
    const [start, schemas] = await Promise.all([api.start(), api.schemas()]);
    if (!title.isConnected) return;
    const key = start.any_key
      ? 'Any key that begins with sk_ is taken.'
      : 'This emulator takes only the keys that it was started with: put one in for sk_test_emulator.';
    place.replaceChildren(title, wait, ...commands(start, schemas).flatMap(command), element('p', { class: 'muted' }, key));
  } catch {
    // Nobody is there: the notice says so, and the list comes again with the connection.
  }
}

function command({ does, command: text }) {
  return [
    element('div', { class: 'does' }, element('p', {}, does), copyButton('Copy', () => text)),
    element('pre', { class: 'command', tabindex: '0', 'aria-label': does }, element('code', {}, text)),
  ];
}
