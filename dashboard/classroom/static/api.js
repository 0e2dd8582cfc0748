// What the server is asked: one request, and the state of a session every two seconds.
import { timed } from "./server_clock.js";
import { message } from "./texts.js";

const SOON = 2000,
  HIDDEN = 15000,
  SLOWEST = 4000; // milliseconds between two questions
export const PATIENCE = 10000,
  LONG = 120000; // milliseconds for an answer, and for one that simulates

export class Refusal extends Error {
  constructor(message, status) {
    super(message);
    this.status = status;
  }
}

export async function ask(
  path,
  { token = null, body = undefined, headers = {}, patience = PATIENCE } = {},
) {
  const given = { ...headers };
  if (token) given.Authorization = `Bearer ${token}`;
  if (body !== undefined) given["Content-Type"] = "application/json";
  const stop = new AbortController(),
    timer = setTimeout(() => stop.abort(), patience);
  const asked = {
    method: body === undefined ? "GET" : "POST",
    headers: given,
    cache: "no-store",
    signal: stop.signal,
  };
  if (body !== undefined) asked.body = JSON.stringify(body);
  const take_time = timed();
  let response, bytes;
  try {
    response = await fetch(`/class/api/${path}`, asked);
    take_time(response);
    bytes = await response.arrayBuffer();
  } catch {
    throw new Refusal(message("no-contact"), 0);
  } finally {
    clearTimeout(timer);
  }
  if (response.ok || response.status === 304)
    return { status: response.status, tag: response.headers.get("ETag"), bytes };
  throw new Refusal(sentence(bytes) ?? message("no-answer"), response.status);
}

const parsed = (bytes) => JSON.parse(new TextDecoder().decode(bytes));
function sentence(bytes) {
  try {
    return parsed(bytes).message;
  } catch {
    return undefined;
  }
}

export const answer = async (path, options) => parsed((await ask(path, options)).bytes);

// The token of this tab in the role of *name*: from the fragment of the address, else kept since.
// Where the page may stand on a projector, it leaves the address; on a phone it stays, so that a
// tab closed by mistake opens again from the history.
export function token_of(name, stays = false) {
  const key = `parley-class-${name}`,
    given = location.hash.slice(1);
  if (given) sessionStorage.setItem(key, given);
  if (given && !stays) history.replaceState(null, "", location.pathname);
  return given || sessionStorage.getItem(key);
}

// Follows the state: *on_state* for each new one, never for one that is older than the last,
// *on_contact* with true or false, *on_end* where the server knows the token no longer. Slower
// while nobody looks or nobody answers. Returns what asks at once, and promises whether the server
// has answered.
export function follow(token, { on_state, on_contact, on_end }) {
  let tag = null,
    version = 0,
    failures = 0,
    timer = null,
    running = null,
    following = null,
    ended = false;

  function take_in(state, its_tag) {
    if (state.version < version) return;
    ({ version } = state);
    tag = its_tag;
    on_state(state);
  }

  async function turn() {
    clearTimeout(timer);
    try {
      const response = await ask("state", { token, headers: tag ? { "If-None-Match": tag } : {} });
      failures = 0;
      if (response.status === 200) take_in(parsed(response.bytes), response.tag);
      on_contact(true);
    } catch (error) {
      if (!(error instanceof Refusal)) reportError(error);
      ended = [401, 403, 404, 410].includes(error.status);
      if (ended) on_end(error.message);
      else {
        failures += 1;
        on_contact(false);
      }
    }
    if (!ended)
      timer = setTimeout(
        once,
        failures ? Math.min(SOON * 2 ** (failures - 1), SLOWEST) : document.hidden ? HIDDEN : SOON,
      );
    return !failures;
  }

  const start = () =>
    (running = turn().finally(() => {
      running = null;
    }));
  // One question at a time; whoever asks meanwhile waits for the next answer.
  function once() {
    if (ended) return Promise.resolve(false);
    if (!running) return start();
    following ??= running.then(() => {
      following = null;
      return once();
    });
    return following;
  }

  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) once();
  });
  addEventListener("online", once);
  once();
  return once;
}
