// Keys that work wherever the focus is, and the dialog that tells them.

import { by } from './dom.js';

const STORED = 'audit-emulator-keys';

// `actions` maps a key to what it does. Single letters can be switched off: some people speak to their machine.
export function listen(actions) {
  const dialog = by('keys');
  const toggle = by('keys-on');
  toggle.checked = stored() !== 'off';
  toggle.addEventListener('change', () => store(toggle.checked ? 'on' : 'off'));
  by('show-keys').addEventListener('click', () => dialog.showModal());
  by('close-keys').addEventListener('click', () => dialog.close());
  const all = { ...actions, '?': () => dialog.showModal() };
  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || dialog.open) return;
    const isLetter = event.key.length === 1;
    if (isLetter && (!toggle.checked || isTyping(event.target))) return;
    if (all[event.key]?.(event) === undefined) return;
    event.preventDefault();
  });
}

function isTyping(target) {
  return target.matches('textarea, select, input:not([type=checkbox])');
}

// Without a store, the choice holds for this visit.
function stored() {
  try {
    return localStorage.getItem(STORED);
  } catch {
    return null;
  }
}

function store(value) {
  try {
    localStorage.setItem(STORED, value);
  } catch {
    // Private windows may have none.
  }
}
