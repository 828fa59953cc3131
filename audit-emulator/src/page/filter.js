// Which events are wanted: the filter as a value, in an address, as a question to the emulator, and applied to what arrives.

export const FIELDS = ['action', 'actor', 'target', 'organization'];

export const NOTHING = Object.freeze({ action: '', actor: '', target: '', organization: '', refused: false });

// From the parameters of an address.
export function fromParameters(parameters) {
  const filter = { ...NOTHING, refused: parameters.get('refused') === '1' };
  for (const field of FIELDS) filter[field] = (parameters.get(field) ?? '').trim();
  return filter;
}

// Into the parameters of an address.
export function toParameters(filter, parameters) {
  for (const field of FIELDS) set(parameters, field, filter[field]);
  set(parameters, 'refused', filter.refused ? '1' : '');
}

function set(parameters, name, value) {
  if (value) parameters.set(name, value);
  else parameters.delete(name);
}

// A value in quotes is compared as a whole.
export const quoted = (value) => `"${value}"`;

function read(wanted) {
  const isWhole = wanted.length > 2 && wanted.startsWith('"') && wanted.endsWith('"');
  return isWhole ? { isWhole, text: wanted.slice(1, -1) } : { isWhole, text: wanted.toLowerCase() };
}

// As the emulator wants to be asked.
export function toQuestion(filter) {
  const question = {};
  for (const field of FIELDS) {
    const { isWhole, text } = read(filter[field]);
    if (text) question[isWhole ? field : `${field}_contains`] = text;
  }
  if (filter.refused) question.accepted = 'false';
  return question;
}

export const isNothing = (filter) => !filter.refused && FIELDS.every((field) => !filter[field]);

export const isSame = (a, b) => a.refused === b.refused && FIELDS.every((field) => a[field] === b[field]);

// What the emulator would say to the same question: texts are looked at, and nothing else.
export function matches(filter, entry) {
  const { action, actor, target, organization, refused } = filter;
  const event = entry.event ?? {};
  const targets = Array.isArray(event.targets) ? event.targets : [];
  return (!refused || !entry.accepted)
    && fits(action, [event.action])
    && fits(organization, [entry.organization_id])
    && (!actor || isCalled(event.actor, actor))
    && (!target || targets.some((one) => isCalled(one, target)));
}

function isCalled(entity, wanted) {
  return typeof entity === 'object' && entity !== null && fits(wanted, [entity.id, entity.name, entity.type]);
}

// Parts of words are enough, in capitals or not.
function fits(wanted, values) {
  const { isWhole, text } = read(wanted);
  if (!text) return true;
  return values.some((value) => typeof value === 'string' && (isWhole ? value === text : value.toLowerCase().includes(text)));
}

// For people: `action user.signed_in, refused only`.
export function inWords(filter) {
  const words = FIELDS.filter((field) => filter[field]).map((field) => `${field} ${read(filter[field]).isWhole ? filter[field] : `“${filter[field]}”`}`);
  if (filter.refused) words.push('refused only');
  return words.join(', ');
}
