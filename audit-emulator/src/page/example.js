// The requests that a first event needs, as commands: made of a registered schema, or of one that comes with them.

const FIRST = 'user.signed_in';
const FIRST_SCHEMA = { targets: [{ type: 'team' }], metadata: { type: 'object', properties: { method: { type: 'string' } } } };

// Commands, each with what it does. `start` is the address and an organization; `schemas` are those of the emulator.
export function commands({ url, organization }, schemas, now = new Date()) {
  const known = schemas.map(({ action, versions }) => ({ action, ...versions.at(-1) }));
  const candidates = known.length > 0 ? known : [{ action: FIRST, version: 1, schema: FIRST_SCHEMA }];
  const events = candidates.map(({ action, version, schema }) => event(action, version, schema, now));
  // The shortest says most.
  const [shortest] = events.sort((a, b) => JSON.stringify(a).length - JSON.stringify(b).length);
  const path = `${url}/audit_logs/actions/${FIRST}/schemas`;
  const register = known.length > 0 ? [] : [{ does: 'Register a schema for its action:', command: curl(path, FIRST_SCHEMA) }];
  const body = { organization_id: organization, event: shortest };
  return [...register, { does: 'Send an event:', command: curl(`${url}/audit_logs/events`, body) }];
}

function curl(url, body) {
  const lines = [`curl ${quoted(url)}`, "-H 'Authorization: Bearer sk_test_emulator'", "-H 'Content-Type: application/json'", `-d ${quoted(JSON.stringify(body, null, 2))}`];
  return lines.join(' \\\n  ');
}

// For a shell: nothing in it means anything.
const quoted = (text) => (/^[\w:/.[\]-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);

function event(action, version, schema, now) {
  const types = [...new Set((schema.targets ?? []).map(({ type }) => type))];
  const targets = types.map((type) => withMetadata({ type, id: `${type}_1` }, schema.targets.find((one) => one.type === type).metadata));
  const actor = withMetadata({ type: 'user', id: 'user_1', name: 'Ada' }, schema.actor?.metadata);
  const context = { location: '203.0.113.7', user_agent: 'curl' };
  return withMetadata({ action, version, occurred_at: now.toISOString(), actor, targets, context }, schema.metadata);
}

// Adds the metadata, which has to be there wherever the schema has it, with the keys that are required.
function withMetadata(entity, schema) {
  if (typeof schema !== 'object' || schema === null) return entity;
  const required = Array.isArray(schema.required) ? schema.required : [];
  const metadata = Object.fromEntries(required.map((key) => [key, value(schema.properties?.[key] ?? {})]));
  return { ...entity, metadata };
}

function value({ type, enum: allowed, const: only, minimum = 1 }) {
  if (only !== undefined) return only;
  if (Array.isArray(allowed)) return allowed[0];
  switch (Array.isArray(type) ? type[0] : type) {
    case 'boolean': return true;
    case 'integer': return Math.ceil(minimum);
    case 'number': return minimum;
    default: return 'example';
  }
}
