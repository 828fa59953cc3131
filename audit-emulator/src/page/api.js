// How the emulator is asked, and what it means when it doesn't answer.

// The emulator isn't there.
export class Gone extends Error {}
// It is, and says no.
export class Refused extends Error {}

// An answer that is a success.
export async function ask(path, { signal, headers } = {}) {
  let response;
  try {
    response = await fetch(path, { signal, headers, cache: 'no-store', credentials: 'omit' });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new Gone('no answer');
  }
  if (!response.ok) throw new Refused(await reason(response));
  return response;
}

async function reason(response) {
  const fallback = `the answer has the status ${response.status}`;
  try {
    const { message } = await response.json();
    return typeof message === 'string' ? message : fallback;
  } catch {
    return fallback;
  }
}

export async function askJson(path, signal) {
  const response = await ask(path, { signal });
  try {
    return await response.json();
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new Gone('the answer ended early');
  }
}

// A page of events, newest first: `data` and `before`.
export function events(parameters, signal) {
  return askJson(`/_emulator/events?${new URLSearchParams(parameters)}`, signal);
}

export const schemas = async (signal) => (await askJson('/_emulator/schemas', signal)).data;

export const start = (signal) => askJson('/_emulator/page/start', signal);
