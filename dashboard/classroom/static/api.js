// What the server is asked: one request, and the state of a session every two seconds.
const SOON = 2000, HIDDEN = 15000, SLOWEST = 16000, PATIENCE = 8000;  // milliseconds

export class Refusal extends Error {
  constructor(message, status) { super(message); this.status = status; }
}

export async function ask(path, {token = null, body = undefined, headers = {}} = {}) {
  const given = {...headers};
  if (token) given.Authorization = `Bearer ${token}`;
  if (body !== undefined) given["Content-Type"] = "application/json";
  const asked = {method: body === undefined ? "GET" : "POST", headers: given, cache: "no-store", signal: AbortSignal.timeout(PATIENCE)};
  if (body !== undefined) asked.body = JSON.stringify(body);
  let response;
  try { response = await fetch(`/class/api/${path}`, asked); }
  catch { throw new Refusal("The computer that runs the session does not answer. Check the Wi-Fi and try again.", 0); }
  if (response.ok || response.status === 304) return response;
  const {message} = await response.json().catch(() => ({}));
  throw new Refusal(message ?? "The computer that runs the session could not answer. Try again.", response.status);
}

export const answer = async (path, options) => (await ask(path, options)).json();

// The token of this tab in the role of *name*: from the fragment of the address, else kept since. Where the page may stand on a
// projector, it leaves the address; on a phone it stays, so that a tab closed by mistake opens again from the history.
export function token_of(name, stays = false) {
  const key = `parley-class-${name}`, given = decodeURIComponent(location.hash.slice(1));
  if (given) sessionStorage.setItem(key, given);
  if (given && !stays) history.replaceState(null, "", location.pathname);
  return given || sessionStorage.getItem(key);
}

// Follows the state: *on_state* for each new one, *on_contact* with true or false, *on_end* where the server knows the token no
// longer. Slower while nobody looks or nobody answers. Returns what asks at once.
export function follow(token, {on_state, on_contact, on_end}) {
  let tag = null, failures = 0, timer = null, asking = false, again = false;

  async function once() {
    if (asking) { again = true; return; }
    clearTimeout(timer);
    asking = true;
    try {
      const response = await ask("state", {token, headers: tag ? {"If-None-Match": tag} : {}});
      failures = 0;
      if (response.status === 200) {
        const state = await response.json();
        tag = response.headers.get("ETag");
        on_state(state);
      }
      on_contact(true);
    } catch (error) {
      if ([401, 403, 404, 410].includes(error.status)) { on_end(error.message); return; }
      failures += 1;
      on_contact(false);
      if (!(error instanceof Refusal)) throw error;
    } finally { asking = false; }
    const wait = failures ? Math.min(SOON * 2 ** (failures - 1), SLOWEST) : document.hidden ? HIDDEN : SOON;
    timer = setTimeout(once, again ? 0 : wait);
    again = false;
  }

  const now = () => { if (!document.hidden) once(); };
  document.addEventListener("visibilitychange", now);
  addEventListener("online", now);
  once();
  return once;
}
