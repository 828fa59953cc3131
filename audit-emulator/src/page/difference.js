// What is different between two versions of an action's schema, key by key. Values only, no elements.

const has = (object, key) => typeof object === 'object' && object !== null && Object.hasOwn(object, key);

// Each: `place` (actor, target, event), `path` (key, or '' for the place itself), `what` (added, removed, required, type, enum …), `from`, `to`.
export function differences(before, after) {
  return [
    ...compare('actor', '', before.actor?.metadata, after.actor?.metadata),
    ...targets(before.targets ?? [], after.targets ?? []),
    ...compare('event', '', before.metadata, after.metadata),
  ];
}

// A type that is declared twice is two rules, told apart by their order.
function targets(before, after) {
  const [old, fresh] = [byType(before), byType(after)];
  const names = [...new Set([...old.keys(), ...fresh.keys()])];
  return names.flatMap((name) => {
    const place = `target ${name}`;
    if (!old.has(name)) return [{ place, path: '', what: 'added', from: null, to: describe(fresh.get(name).metadata) }];
    if (!fresh.has(name)) return [{ place, path: '', what: 'removed', from: describe(old.get(name).metadata), to: null }];
    return compare(place, '', old.get(name).metadata, fresh.get(name).metadata);
  });
}

function byType(list) {
  const found = new Map();
  for (const target of list) {
    let name = target.type;
    for (let number = 2; found.has(name); number += 1) name = `${target.type} (${number})`;
    found.set(name, target);
  }
  return found;
}

// Two JSON Schemas of an object: none says as much as an empty one.
function compare(place, path, before = {}, after = {}) {
  if (!isObject(before) || !isObject(after)) return changed(place, path, 'schema', before, after);
  return [...keywords(place, path, before, after), ...members(place, path, before, after), ...nested(place, path, before, after)];
}

const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

function keywords(place, path, before, after) {
  const apart = ['properties', 'required', 'items'];
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((name) => !apart.includes(name)).sort();
  return names.flatMap((name) => {
    // That metadata is an object needs no saying.
    if (path === '' && name === 'type' && (before.type ?? 'object') === (after.type ?? 'object')) return [];
    return changed(place, path, name, own(before, name), own(after, name));
  });
}

const own = (object, key) => (has(object, key) ? object[key] : undefined);

function changed(place, path, what, from, to) {
  return sorted(from) === sorted(to) ? [] : [{ place, path, what, from: from ?? null, to: to ?? null }];
}

function members(place, path, before, after) {
  const [old, fresh] = [before.properties ?? {}, after.properties ?? {}];
  const names = [...new Set([before, after].flatMap((one) => [...Object.keys(one.properties ?? {}), ...list(one.required)]))].sort();
  return names.flatMap((name) => {
    const inner = path === '' ? name : `${path}.${name}`;
    const wasRequired = list(before.required).includes(name);
    const isRequired = list(after.required).includes(name);
    if (!has(old, name) && has(fresh, name)) return [{ place, path: inner, what: 'added', from: null, to: describe(fresh[name], isRequired) }];
    if (has(old, name) && !has(fresh, name)) return [{ place, path: inner, what: 'removed', from: describe(old[name], wasRequired), to: null }];
    const flip = wasRequired === isRequired ? [] : [{ place, path: inner, what: 'required', from: wasRequired, to: isRequired }];
    return [...flip, ...(has(old, name) ? compare(place, inner, old[name], fresh[name]) : [])];
  });
}

function nested(place, path, before, after) {
  return has(before, 'items') || has(after, 'items') ? compare(place, `${path}[]`, own(before, 'items'), own(after, 'items')) : [];
}

const list = (value) => (Array.isArray(value) ? value : []);

// In a few words: `string, required, at most 64 characters`.
export function describe(schema, isRequired = false) {
  if (!isObject(schema)) return 'no metadata declared';
  const { type, enum: allowed, maxLength, properties } = schema;
  const words = [Array.isArray(type) ? type.join(' or ') : type ?? 'any type', isRequired ? 'required' : ''];
  if (Array.isArray(allowed)) words.push(`one of ${allowed.map((value) => JSON.stringify(value)).join(', ')}`);
  if (maxLength !== undefined) words.push(`at most ${maxLength} characters`);
  if (isObject(properties)) words.push(`keys: ${Object.keys(properties).sort().join(', ') || 'none'}`);
  return words.filter((word) => word !== '').join(', ');
}

// The same text for the same meaning: members of objects in order.
function sorted(value) {
  return JSON.stringify(value, (_, one) => (isObject(one) ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1))) : one));
}
