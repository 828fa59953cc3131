// What the page's own address holds: the view, the filter, what is open. A copied address shows the same again.

import { fromParameters, toParameters } from './filter.js';

// What the address says now.
export function read() {
  const parameters = new URLSearchParams(location.search);
  return {
    view: parameters.get('view') === 'schemas' ? 'schemas' : 'events',
    filter: fromParameters(parameters),
    event: whole(parameters.get('event')),
    schema: parameters.get('schema'),
    from: whole(parameters.get('from')),
    to: whole(parameters.get('to')),
  };
}

function whole(text) {
  const number = Number(text);
  return text && Number.isSafeInteger(number) && number > 0 ? number : null;
}

export const writeFilter = (filter) => write((parameters) => toParameters(filter, parameters));

// Sets parameters; those without a value are left out.
export function writeParts(parts) {
  write((parameters) => {
    for (const [name, value] of Object.entries(parts)) {
      if (value === null || value === undefined || value === '') parameters.delete(name);
      else parameters.set(name, value);
    }
  });
}

function write(change) {
  const parameters = new URLSearchParams(location.search);
  change(parameters);
  const query = parameters.toString();
  history.replaceState(null, '', query ? `/?${query}` : '/');
}
