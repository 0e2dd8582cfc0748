// What a student has pressed and the server has not confirmed yet. It is kept in this tab, across a
// reload, and sent again until the server takes it or refuses it with a sentence. However often it
// comes, it counts once: the server keeps one answer of a student in a step.
import { Refusal, answer } from "./api.js";

const KEY = "parley-class-unsent";

// A server that is busy, or that nobody reaches, has not decided anything.
const is_final = ({ status }) => status >= 400 && status < 500 && status !== 429;

// The outbox of the student with that *token*; *on_change* is called whenever an item's state is
// another. What was kept from before a reload is settled by *on_refusal*, where it is refused.
export function outbox(token, { on_change, on_refusal, poke }) {
  const key = `${KEY}-${token.slice(-8)}`,
    promises = new Map(); // by item: what tells whoever has pressed that it is settled
  let items = JSON.parse(sessionStorage.getItem(key) ?? "[]"),
    running = null;
  for (const item of items) if (item.state !== "sent") item.state = "unsent";

  function write() {
    if (items.length) sessionStorage.setItem(key, JSON.stringify(items));
    else sessionStorage.removeItem(key);
    on_change();
  }

  function mark(item, state) {
    item.state = state;
    write();
  }

  function settle(item, error = null) {
    items = items.filter((each) => each !== item);
    write();
    const promise = promises.get(item);
    if (promise && error) promise.reject(error);
    else if (promise) promise.resolve();
    else if (error) on_refusal(item, error);
  }

  // An item that was taken stays until the page has a state that tells of it. Returns whether it
  // is settled.
  async function send(item) {
    try {
      if (item.state !== "sent") {
        await answer(item.path, { token, body: item.body });
        mark(item, "sent");
      }
      if (!(await poke())) return false;
      settle(item);
    } catch (error) {
      if (!(error instanceof Refusal) || !is_final(error)) {
        mark(item, "unsent");
        return false;
      }
      await poke();
      settle(item, error);
    }
    return true;
  }

  async function send_all() {
    while (items.length && (await send(items[0])));
  }

  function try_again() {
    running ??= send_all().finally(() => {
      running = null;
    });
    return running;
  }
  addEventListener("online", try_again);

  return {
    try_again,
    // What is kept of that *step*, if anything.
    of: (step, path) => items.find((each) => each.path === path && each.body.step === step),
    // Sends *body* to *path*, whatever happens to the network; *words* say what it is. Settled once
    // the server has taken it or refused it.
    put(path, body, words) {
      const item = { path, body, words, state: "sending" };
      items.push(item);
      const settled = new Promise((resolve, reject) => promises.set(item, { resolve, reject }));
      write();
      try_again();
      return settled;
    },
    clear() {
      items = [];
      sessionStorage.removeItem(key);
    },
  };
}
