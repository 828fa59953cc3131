// A JSON value as people read it: pretty, foldable, with remarks beside the parts that they are about.

import { button, element } from './dom.js';
import { count, json, visible } from './text.js';

// So many members of one object or list are shown at once, and those that have a remark.
const SHOWN = 200;

// `remarks` are `{path, message}`; every path leads to a part that is there.
export function jsonView(value, remarks = []) {
  return element('div', { class: 'json' }, node(undefined, value, tree(remarks), true));
}

// Remarks by path: `{path, own: [message], below: Map of part → tree, count}`.
function tree(remarks) {
  const root = leaf([]);
  for (const { path, message } of remarks) {
    let at = root;
    at.count += 1;
    for (const part of path) {
      if (!at.below.has(part)) at.below.set(part, leaf([...at.path, part]));
      at = at.below.get(part);
      at.count += 1;
    }
    if (!at.own.includes(message)) at.own.push(message);
  }
  return root;
}

const leaf = (path) => ({ path, own: [], below: new Map(), count: 0 });
const NONE = leaf([]);

function node(key, value, remarks = NONE, isLast = true) {
  if (typeof value !== 'object' || value === null) return scalar(key, value, remarks, isLast);
  const isList = Array.isArray(value);
  const keys = Object.keys(value);
  const [open, close] = isList ? '[]' : '{}';
  const end = isLast ? close : `${close},`;
  if (keys.length === 0) return line(key, element('span', {}, open, end), remarks);
  const size = isList ? count(keys.length, 'item') : count(keys.length, 'key');
  const folded = element('span', { class: 'folded' }, ` … ${end} `, element('span', { class: 'size' }, size), hidden(remarks));
  const summary = element('summary', { class: mark('line', remarks) }, name(key), open, folded, why(remarks));
  const members = element('div', { class: 'members' }, children(value, keys, isList, remarks));
  return element('details', { class: 'node', open: true }, summary, members, element('div', { class: 'line' }, end));
}

function hidden({ own, count: all }) {
  const inside = all - own.length;
  return inside > 0 ? element('span', { class: 'inside' }, ` ${count(inside, 'problem')} inside`) : null;
}

function children(value, keys, isList, remarks) {
  const one = (key, index) => node(isList ? undefined : key, value[key], remarks.below.get(key), index === keys.length - 1);
  if (keys.length <= SHOWN) return keys.map(one);
  const shown = keys.map((key, index) => (index < SHOWN || remarks.below.has(key) ? one(key, index) : null));
  const rest = button(`${(keys.length - SHOWN).toLocaleString('en')} more`, () => {
    rest.parentElement.replaceChildren(...keys.map(one));
  }, { class: 'more' });
  return [...shown, rest];
}

function scalar(key, value, remarks, isLast) {
  const kind = value === null ? 'null' : typeof value;
  return line(key, element('span', { class: kind }, json(value)), remarks, isLast ? '' : ',');
}

function line(key, shown, remarks, end = '') {
  return element('div', { class: mark('line', remarks) }, name(key), shown, end, why(remarks));
}

function name(key) {
  return key === undefined ? null : [element('span', { class: 'key' }, json(key)), ': '];
}

const mark = (classes, { own }) => (own.length > 0 ? `${classes} marked` : classes);

// A remark is found again by its path.
function why({ path, own }) {
  // Without the space, no line may break between a quote and what follows.
  return own.map((message) => [' ', element('span', { class: 'why', tabindex: '-1', 'data-path': JSON.stringify(path) }, visible(message))]);
}

// Folds or unfolds all but the outermost.
export function fold(view, isOpen) {
  for (const one of view.querySelectorAll('details')) one.open = isOpen;
  const outermost = view.querySelector('details');
  if (outermost) outermost.open = true;
}

// Brings a remark into view, and unfolds what it is in.
export function reveal(why) {
  for (let at = why.closest('details'); at; at = at.parentElement.closest('details')) at.open = true;
  why.focus({ preventScroll: true });
  why.scrollIntoView({ block: 'center' });
}
