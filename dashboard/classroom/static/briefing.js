// The briefing of a seat: open until it has been read, then folded.
import {answer} from "./api.js";
import {at, say, show, texts} from "./dom.js";

let shown = null, past = false;

const met = id => `parley-class-met-${id}`;
const key = id => `parley-class-read-${id}`;

export async function briefing(seat, token, text, open, hidden) {
  texts("briefing-text", text);
  show("briefing-text-all", text.length);
  show("briefing", seat && !hidden && shown === seat.id);
  if (!open && !past) { past = true; at("briefing").open = false; }
  if (open) past = false;
  if (!seat || shown === seat.id) return;
  shown = seat.id;
  try {
    const {name, public: known, aims, basis} = await answer(`briefing?seat=${encodeURIComponent(seat.id)}`, {token});
    if (shown !== seat.id) return;
    say("briefing-head", `Your briefing: ${name}`);
    texts("briefing-public", known);
    texts("briefing-aims", aims);
    say("briefing-basis", basis);
    show("briefing-basis", basis);
    const read = sessionStorage.getItem(key(seat.id)) !== null;
    at("briefing").open = !read && (open || sessionStorage.getItem(met(seat.id)) === null);  // of who comes late, too
    sessionStorage.setItem(met(seat.id), "yes");
    show("briefing-read", !read);
    show("briefing", !hidden);
  } catch { shown = null; }  // the next state asks again
}

at("briefing-read").addEventListener("click", () => {
  sessionStorage.setItem(key(shown), "yes");
  at("briefing").open = false;
  show("briefing-read", false);
  at("briefing").querySelector("summary").focus();
});
