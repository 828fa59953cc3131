// How texts and times of events are shown: nothing invisible stays invisible, nothing turns the line around.

// Control characters, marks of direction, and spaces of no width. (The two joiners that scripts and emoji need are left.)
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

// The text with such characters written as JSON writes them.
export function visible(text) {
  return text.replace(UNSEEN, (unseen) => `\\u${unseen.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

// A value as JSON, all of it readable.
export const json = (value) => visible(JSON.stringify(value));

// For a cell of a list: of anything, one short line.
export function brief(value, chars = 160) {
  if (value === undefined || value === null) return '';
  const text = typeof value === 'string' ? visible(value) : json(value);
  return text.length > chars ? `${text.slice(0, chars)}…` : text;
}

// `14:03:59.120`, with the day in front where it isn't today.
export function clock(iso, now = new Date()) {
  const time = new Date(iso);
  if (Number.isNaN(time.getTime())) return brief(iso);
  const two = (number) => String(number).padStart(2, '0');
  const clocked = `${two(time.getHours())}:${two(time.getMinutes())}:${two(time.getSeconds())}`;
  if (time.toDateString() !== now.toDateString()) return `${two(time.getMonth() + 1)}-${two(time.getDate())} ${clocked}`;
  return `${clocked}.${String(time.getMilliseconds()).padStart(3, '0')}`;
}

export const count = (number, one, many = `${one}s`) => `${number.toLocaleString('en')} ${number === 1 ? one : many}`;
