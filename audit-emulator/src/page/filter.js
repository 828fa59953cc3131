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

// As the emulator wants to be asked.
export function toQuestion(filter) {
  const question = {};
  for (const field of FIELDS) if (filter[field]) question[field] = filter[field];
  if (filter.refused) question.accepted = 'false';
  return question;
}

export const isNothing = (filter) => !filter.refused && FIELDS.every((field) => !filter[field]);

export const isSame = (a, b) => a.refused === b.refused && FIELDS.every((field) => a[field] === b[field]);

// What the emulator would say to the same question: whole values are compared, texts only.
export function matches(filter, entry) {
  const { action, actor, target, organization, refused } = filter;
  const event = entry.event ?? {};
  const targets = Array.isArray(event.targets) ? event.targets : [];
  return (!refused || !entry.accepted)
    && (!action || event.action === action)
    && (!organization || entry.organization_id === organization)
    && (!actor || isCalled(event.actor, actor))
    && (!target || targets.some((one) => isCalled(one, target)));
}

function isCalled(entity, wanted) {
  return typeof entity === 'object' && entity !== null && [entity.id, entity.name, entity.type].includes(wanted);
}

// For people: `action user.signed_in, refused only`.
export function inWords(filter) {
  const words = FIELDS.filter((field) => filter[field]).map((field) => `${field} “${filter[field]}”`);
  if (filter.refused) words.push('refused only');
  return words.join(', ');
}
