// The briefing of a seat, in a language that the student chooses: open until it has been read, then
// folded.
import { answer } from "./api.js";
import { at, element, say, show, texts } from "./dom.js";

const LANGUAGE = "parley-class-language";
let shown = null,
  seat_shown = null,
  past = false,
  again = () => {};

const met = (id) => `parley-class-met-${id}`;
const key = (id) => `parley-class-read-${id}`;
const language = () => sessionStorage.getItem(LANGUAGE) ?? "en";

function choose(code) {
  sessionStorage.setItem(LANGUAGE, code);
  again();
  at("briefing").querySelector("summary").focus();
}

export async function briefing(seat, token, text, open, hidden) {
  again = () => briefing(seat, token, text, open, hidden);
  show("briefing", seat && !hidden && seat_shown === seat.id);
  if (!open && !past) {
    past = true;
    at("briefing").open = false;
  }
  if (open) past = false;
  const code = language(),
    wanted = seat && [seat.id, code, ...text].join("\n"); // the text may change in talks
  if (!seat || shown === wanted) return;
  shown = wanted;
  try {
    const told = await answer(
      `briefing?${new URLSearchParams({ seat: seat.id, language: code })}`,
      { token },
    );
    if (shown !== wanted) return;
    fill(told, code);
    if (seat_shown !== seat.id) {
      const read = sessionStorage.getItem(key(seat.id)) !== null;
      // of who comes late, too
      at("briefing").open = !read && (open || sessionStorage.getItem(met(seat.id)) === null);
      sessionStorage.setItem(met(seat.id), "yes");
      show("briefing-read", !read);
    }
    seat_shown = seat.id;
    show("briefing", !hidden);
  } catch {
    shown = null;
  } // the next state asks again
}

function fill({ text, public: known, aims, basis, words, others }, code) {
  at("briefing").lang = code;
  say("briefing-head", words.head);
  say("briefing-read", words.read);
  for (const [name, lines] of Object.entries({ text, aims, public: known })) {
    say(`briefing-${name}-head`, words[name]);
    texts(`briefing-${name}`, lines);
  }
  show("briefing-text-all", text.length);
  say("briefing-basis", basis);
  show("briefing-basis", basis);
  at("briefing-others").replaceChildren(
    ...others.map((other) =>
      element(
        "button",
        { type: "button", className: "plain", lang: other.code, onclick: () => choose(other.code) },
        other.words,
      ),
    ),
  );
}

at("briefing-read").addEventListener("click", () => {
  sessionStorage.setItem(key(seat_shown), "yes");
  at("briefing").open = false;
  show("briefing-read", false);
  at("briefing").querySelector("summary").focus();
});
