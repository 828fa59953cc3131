// Why an event was refused: each error, and the part of the request that it is about.

// The request's body as it was sent, as far as it is known.
export function request(entry) {
  const body = {};
  if (entry.organization_id !== null) body.organization_id = entry.organization_id;
  if (entry.event !== null) body.event = entry.event;
  return body;
}

// Every problem: `path` into the request's body, `at` and `message` for people, `rule` (where in the schema), and `isPart`: whether it
// only says why one item isn't what a list has to contain, which isn't that item's fault. Its path is the list's.
export function problems(entry) {
  const { refusal } = entry;
  if (!refusal) return [];
  if (refusal.errors.length > 0) return refusal.errors.map((error) => problem(error, refusal.errors));
  // What has no list of errors has one: its organization isn't there.
  const path = entry.status === 404 ? ['organization_id'] : [];
  return [{ path, at: path.join('.'), message: refusal.message, rule: '', isPart: false }];
}

function problem(error, all) {
  const message = inWords(error, all);
  if (typeof error.instancePath === 'string') {
    const list = all.find((one) => one.keyword === 'contains' && isBelow(error, one));
    const path = ['event', ...pointer((list ?? error).instancePath), ...extra(error)];
    return { path, at: error.instancePath || 'event', message, rule: error.schemaPath ?? '', isPart: list !== undefined };
  }
  const field = String(error.field ?? '');
  return { path: field === 'body' ? [] : field.split('.'), at: field, message, rule: error.code ?? '', isPart: false };
}

const isBelow = (error, { schemaPath }) => typeof error.schemaPath === 'string' && error.schemaPath.startsWith(`${schemaPath}/`);

// The parts of a JSON pointer.
export function pointer(text) {
  return text.split('/').slice(1).map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

// These are about a member, and name its parent.
function extra({ params }) {
  const named = params?.additionalProperty ?? params?.propertyName ?? params?.unevaluatedProperty;
  return typeof named === 'string' ? [named] : [];
}

// Ajv's message, with the part of `params` that it leaves out.
function inWords(error, all) {
  const { message, keyword, params, field } = error;
  const said = message ?? `${field ?? 'the request'} is wrong`;
  switch (keyword) {
    case 'enum': return `${said}: ${(params?.allowedValues ?? []).map((value) => JSON.stringify(value)).join(', ')}`;
    case 'const': return `${said}: ${JSON.stringify(params?.allowedValue)}`;
    case 'additionalProperties': return `${said}: '${params?.additionalProperty}'`;
    case 'contains': return `${said}${missing(all.filter((one) => isBelow(one, error)))}`;
    default: return said;
  }
}

// What a list doesn't have, where its items say it with one voice.
function missing(parts) {
  const wanted = [...new Set(parts.filter(({ keyword }) => keyword === 'const').map(({ params }) => JSON.stringify(params?.allowedValue)))];
  return wanted.length === 1 ? `: none is ${wanted[0]}` : '';
}

// The longest beginning of the path that is there: a missing member is shown at its parent.
export function nearest(value, path) {
  let at = value;
  const there = [];
  for (const part of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, part)) break;
    at = at[part];
    there.push(part);
  }
  return there;
}
