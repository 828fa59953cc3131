// How elements are made: what comes from an event is text, and never markup.

// An element with attributes, listeners (`onclick: …`) and children; strings become text.
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (typeof value === 'function') made.addEventListener(key.slice(2), value);
    else made.setAttribute(key, value === true ? '' : value);
  }
  made.append(...children.flat(Infinity).filter((child) => child !== undefined && child !== null));
  return made;
}

export const button = (text, onclick, attributes = {}) => element('button', { type: 'button', onclick, ...attributes }, text);

export const by = (id) => document.getElementById(id);

// A button that copies, and says so.
export function copyButton(label, text) {
  const made = button(label, async () => {
    made.textContent = (await copy(text())) ? 'Copied' : 'Not copied: select it and press Ctrl+C';
    setTimeout(() => { made.textContent = label; }, 1_500);
  }, { class: 'copy' });
  return made;
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text);
  }
}

// Browsers keep the clipboard from pages that are neither local nor encrypted; the old way still works there.
function copyBySelection(text) {
  const area = element('textarea', { class: 'unseen', 'aria-hidden': 'true', tabindex: '-1' });
  area.value = text;
  const focused = document.activeElement;
  document.body.append(area);
  area.select();
  const done = document.execCommand('copy');
  area.remove();
  focused?.focus();
  return done;
}
