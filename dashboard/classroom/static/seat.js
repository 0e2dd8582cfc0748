// A student's phone: one thing to do at a time, in the order of the plan.
import { answer, follow, token_of } from "./api.js";
import { briefing } from "./briefing.js";
import { clock } from "./clock.js";
import { debrief, place_of_part } from "./debrief.js";
import { at, doze, element, is_seen, mark, rows, say, show, with_button } from "./dom.js";
import { exit } from "./exit.js";
import { gone } from "./gone.js";
import { guess } from "./guess.js";
import { accused, counts, curve, happened, headlines, moves, sanction_words } from "./news.js";
import { outbox } from "./outbox.js";
import { seating } from "./seating.js";
import * as text from "./text.js";
import { day, listed, message } from "./texts.js";
import { forget, keep, kept } from "./way_back.js";
import { step_in_words, team_of } from "./words.js";

const MOST_NAMES = 12,
  LONGEST_HEADLINE = 140;
const REFUSALS = ["refusal", "predict-refusal", "confirm-refusal", "press-refusal", "exit-refusal"];
const SECTIONS = [
  "seating",
  "waiting",
  "unsent",
  "predict",
  "sanction",
  "vote",
  "wishing",
  "draft-all",
  "alias",
  "choose",
  "settled",
  "press",
  "news",
  "event",
  "headlines-all",
  "exit",
  "debrief",
  "over",
];

// What an answer stands in place of until the server has it.
const ANSWERING = ["predict", "wishing", "choose", "press", "exit"];

const token = token_of("seat", true);
let first_guess = null,
  state = null,
  told = null,
  step = null,
  place = null,
  choosing = false,
  pending = null,
  named = null,
  unsent = null,
  poke = () => {};
const tick = clock(() => {
  say("words", message("seat-time-up"));
  poke();
});

const seat_of = (id) => state.seats.find((seat) => seat.id === id);
const own_seat = () => (state.you?.seat ? seat_of(state.you.seat) : null);

// Sends *body* of the present step, also through a lost network, with the seat in which it was
// pressed; *words* say what it is.
function hand_in(path, body, words) {
  at("head").focus();
  return unsent.put(path, { step, seat: state.you.seat, ...body }, words);
}

// Where somebody else answered, or the step or the seat is another by then, what is refused stands
// above what the page shows, else where it was pressed.
async function decide(value, words) {
  const [sent_in, sent_from] = [step, place];
  try {
    await hand_in("decisions", { value }, words);
  } catch (error) {
    if (step === sent_in && place === sent_from && !state.mine) throw error;
    refused({ words }, error);
  }
}

const refused = ({ words }, error) =>
  say("refusal", message("seat-refused", { answer: words, refusal: error.message }));

// What stands on the page in each step: the heading, the words below it, and the sections.
const STEPS = {
  lobby(seat) {
    if (!seat || choosing) return seats_first(seat);
    say("waiting-words", message("seat-waiting"));
    rows(
      "waiting-names",
      seat.students,
      (name) => name,
      (name) => element("li", {}, name),
    );
    return {
      head: message("seat-own-head", { seat: seat.name }),
      words: "",
      sections: ["waiting"],
    };
  },
  predict() {
    const { prediction, mine } = state;
    if (!first_guess) {
      first_guess = guess(prediction);
      at("predict-guess").replaceChildren(first_guess.node);
    }
    show("predict-form", !mine);
    show("predict-after", mine);
    if (mine)
      say(
        "predict-value",
        message("seat-guess-value", { number: mine.value, unit: prediction.unit }),
      );
    const { title, words } = state.step;
    return {
      head: mine ? message("seat-guess-in") : title,
      words: mine ? "" : own_seat() ? words : message("seat-guess-first", { words }),
      sections: ["predict"],
    };
  },
  amend(seat) {
    const { talks, mine } = state,
      again = text.vote("vote", talks);
    if (seat.kind === "press")
      return {
        head: message("seat-press-wishing"),
        words: message("seat-press-wishing-words"),
        sections: [...again, ...written()],
      };
    if (mine) {
      pending = null;
      settled(
        message("seat-wishes"),
        message("seat-wishes-number", { changes: changes_in(mine.value) }),
        seat,
      );
      text.wanted("settled-wish", mine.value, talks.provisions);
      return {
        head: message("seat-wishes-in"),
        words: message("seat-wishes-in-words"),
        sections: [...again, "settled"],
      };
    }
    text.amend(state, weigh);
    if (pending) text.wanted("confirm-wish", pending, talks.provisions);
    show("options", false);
    show("confirm", pending);
    return {
      head: pending ? agreed(seat) : message("step-amend"),
      words: pending ? "" : message(again.length ? "seat-wishing-again" : "seat-wishing-words"),
      sections: pending ? ["choose"] : [...again, "wishing"],
    };
  },
  draft(seat) {
    const { talks, mine } = state,
      press = seat.kind === "press";
    text.ladders("draft", talks);
    say("draft-words", `${text.draft_in_words(talks)} ${text.rule_in_words(talks)}`);
    say("draft-note", text.by_model(talks));
    if (press && mine) settled(message("seat-headline-published"), mine.value, seat);
    return {
      head: press && !mine ? message("seat-headline-write") : state.step.title,
      words: message(press ? "seat-press-draft-words" : "seat-draft-words"),
      sections: [...(!press ? [] : mine ? ["settled"] : ["press"]), "draft-all", ...written()],
    };
  },
  accept(seat) {
    const { talks } = state;
    text.ladders("draft", talks);
    say("draft-words", text.rule_in_words(talks));
    say("draft-note", text.by_model(talks));
    if (seat.kind === "press")
      return {
        head: message("seat-press-accept"),
        words: message("seat-press-accept-words"),
        sections: ["draft-all", ...written()],
      };
    const shown = decision(
      seat,
      message("seat-accept"),
      message("seat-accept-words"),
      message("seat-accept-after"),
    );
    return { ...shown, sections: pending ? shown.sections : [...shown.sections, "draft-all"] };
  },
  text() {
    const { talks } = state,
      { head, words } = text.ending(talks);
    text.vote("vote", talks);
    text.ladders("draft", talks, false);
    say("draft-note", "");
    say("draft-words", message("seat-text-opens"));
    return { head, words, sections: ["vote", "draft-all", ...written()] };
  },
  choose(seat) {
    if (seat.kind === "press")
      return {
        head: message("seat-press-choose"),
        words: message("seat-press-choose-words"),
        sections: [...sanctioned(), ...written()],
      };
    const leaves = state.options.some(({ value }) => value === "leave");
    return decision(
      seat,
      message(leaves ? "seat-stay" : "seat-sign"),
      state.step.words,
      message("seat-choose-after"),
      sanctioned(),
    );
  },
  keep(seat) {
    const { own_conduct: own } = state;
    if (!own)
      return {
        head: message("seat-no-secret"),
        words: message("seat-no-secret-words"),
        sections: written(),
      };
    say(
      "alias",
      message(seat.signed ? "seat-alias-signed" : "seat-alias-unsigned", { country: own.name }),
    );
    return decision(
      seat,
      message(seat.signed ? "seat-keep" : "seat-hold-back"),
      state.step.words,
      message("seat-keep-after"),
      ["alias"],
    );
  },
  accuse(seat) {
    if (seat.kind === "press")
      return {
        head: message("seat-press-accuse"),
        words: message("seat-press-accuse-words"),
        sections: written(),
      };
    const own = state.own_conduct;
    say("alias", own ? conduct_of(own) : message("seat-accuse-unplayed"));
    const [head, words] = named
      ? [message("seat-accuse-how", { country: named }), state.conduct.rule]
      : [message("seat-accuse"), state.step.words];
    return decision(seat, head, words, message("seat-accuse-after"), ["alias"]);
  },
  news(seat) {
    const { world, mine, mine_before: before, own_conduct: own_country } = state,
      press = seat.kind === "press";
    counts("counts", world);
    curve(at("news-curve"), world);
    moves(state, MOST_NAMES, "joined-others");
    say("world-head", message("seat-list-on", { day: day(world.date) }));
    say("own-news", before ? did(before, own_country ? null : seat.name) : "");
    show("own-news", before);
    accused("accused", state.conduct);
    show("accused-all", state.conduct);
    say(
      "accused-words",
      message(
        state.conduct?.countries.some((each) => each.accused)
          ? "seat-accused-words"
          : "seat-accused-none",
      ),
    );
    sanctioned("news-sanction");
    say("own-conduct", own_country ? conduct_of(own_country) : "");
    if (press && mine) settled(message("seat-headline-published"), mine.value, seat);
    const own = !press ? [] : mine ? ["settled"] : ["press"];
    return {
      head: press && !mine ? message("seat-headline-write") : state.step.title,
      words: message(press && !mine ? "seat-press-news-words" : "seat-news-words"),
      sections: [...own, "news", ...written()],
    };
  },
  event() {
    say("event-words", state.event?.words ?? message("seat-event-told"));
    return { head: state.step.title, words: "", sections: ["event", ...written()] };
  },
  exit() {
    exit(state.exit, decide);
    show("exit-form", !state.mine);
    show("exit-after", state.mine);
    return {
      head: state.step.title,
      words: state.mine ? "" : message("seat-questions-words"),
      sections: ["exit"],
    };
  },
  debrief() {
    debrief(at("debrief"), state);
    mark("simulator", "href", state.debrief.simulator);
    return {
      head: message(`part-${state.debrief.part}`),
      words: "",
      sections: ["debrief", ...(state.over ? ["over"] : [])],
    };
  },
};

const is_alone = (seat) => seat.students.length === 1;

// What a team is asked before it sends, which a student alone is not.
function agreed(seat) {
  say("confirm-final", message(is_alone(seat) ? "seat-final" : "seat-final-team"));
  return message(is_alone(seat) ? "seat-sure" : "seat-agreed");
}

// What a team decides once: the options, then that all agree, then what was decided; with *more*
// sections above.
function decision(seat, head, words, afterwards, more = []) {
  const {
    options,
    mine,
    step: { kind },
  } = state;
  if (mine) {
    pending = named = null;
    settled(
      message("seat-decided"),
      options.find(({ value }) => value === mine.value)?.words ?? mine.value,
      seat,
    );
    return {
      head: message(is_alone(seat) ? "seat-decided-alone" : "seat-decided-team"),
      words: afterwards,
      sections: [...more, "settled"],
    };
  }
  const countries = kind === "accuse" && !named,
    shown = named
      ? options.filter(({ country }) => country === named)
      : countries
        ? options.filter(({ value, country }) => !country || value === country)
        : options;
  rows(
    "options",
    shown,
    ({ value, words: what }) => `${named} ${value} ${what}`,
    (option) => {
      const [what, more_of_it] = countries
        ? [option.country ?? message("seat-nobody"), blamed(option.country)]
        : !named
          ? [option.words]
          : option.value === named
            ? [message("seat-words-alone"), message("seat-words-alone-means")]
            : [message("seat-sanction-too"), message("seat-sanction-too-means")];
      const press = () =>
        countries && option.country ? name(option.country) : weigh(option.value);
      return element(
        "button",
        { type: "button", className: "option", "data-value": option.value, onclick: press },
        element("strong", {}, what),
        ...(more_of_it ? [element("small", {}, more_of_it)] : []),
      );
    },
  );
  at("options").className = countries ? "options many" : named ? "options pair" : "options";
  show("options", !pending);
  show("options-back", named && !pending);
  show("confirm", pending);
  return {
    head: pending ? agreed(seat) : head,
    words: pending ? "" : words,
    sections: [...more, "choose"],
  };
}

// What was pressed and is not settled yet, in place of where it was pressed.
function on_its_way({ words, state: sent }, sections) {
  say("unsent-value", words);
  say("unsent-words", message(`seat-kept-${sent}`));
  mark("unsent", "data-state", sent);
  return {
    head: message(`seat-way-${sent}`),
    words: "",
    sections: ["unsent", ...sections.filter((name) => !ANSWERING.includes(name))],
  };
}

// How often victims have accused *country* so far.
function blamed(country) {
  const number = state.conduct.countries.find(({ name: each }) => each === country)?.accused;
  return number ? message("seat-accused", { times: number }) : "";
}

// Whom the states' teams have sanctioned, in *place*; the section for it once they have decided.
function sanctioned(place = "sanction-words") {
  const vote = state.conduct?.sanction;
  say(place, vote ? sanction_words(vote) : "");
  show(place, vote);
  return vote ? ["sanction"] : [];
}

// What a team alone knows of the country that it plays.
function conduct_of({ name: country, value, accused: number, sanctioned: punished }) {
  const conduct = message(`seat-conduct-${value ?? "model"}`, { country, times: number ?? 0 });
  return punished ? message("seat-sanctioned", { conduct }) : conduct;
}

// What a team did in the last choice, or what was done for it, under the *name* of its seat where
// that may stand there.
function did({ words, by, holds }, name) {
  if (by) return message("seat-did", { did: words });
  if (name) return message(holds ? "seat-did-holds" : "seat-did-model", { seat: name, did: words });
  return message(holds ? "seat-did-holds-unnamed" : "seat-did-model-unnamed", { did: words });
}

const changes_in = (wishes) => Object.keys(wishes).length;
const written = () => (state.headlines.length ? ["headlines-all"] : []);

// What the team decided, who submitted it, and who has seen it.
function settled(head, words, seat) {
  const { mine, you } = state,
    own = mine.by === you.name,
    seen = mine.confirmed.filter((name) => name !== mine.by);
  say("settled-head", head);
  say("settled-value", words);
  say(
    "settled-by",
    own
      ? message(is_alone(seat) ? "seat-sent-alone" : "seat-sent-by-you")
      : message("seat-sent-by", { name: mine.by }),
  );
  say(
    "settled-seen",
    seen.length
      ? message("seat-seen", { names: listed(seen) })
      : own && seat.students.length > 1
        ? message("seat-unseen")
        : "",
  );
  show("settled-seen", at("settled-seen").textContent);
  const agreeing = unsent.of(state.step.number, "confirm");
  show("settled-confirm", !own && !mine.confirmed.includes(you.name) && !agreeing);
  show("settled-unsent", agreeing);
  if (agreeing) say("settled-unsent", message(`seat-agreeing-${agreeing.state}`));
}

async function take(seat) {
  await answer("seat", { token, body: { seat } });
  await poke();
}

// Once the session has begun, whoever had a seat may go back to it alone.
function seats_first(seat) {
  const begun = state.step.kind !== "lobby",
    before = begun && state.you?.last_seat ? seat_of(state.you.last_seat) : null;
  if (before?.model || before?.full) {
    return {
      head: message("seat-lost"),
      words: message(before.model ? "seat-lost-to-the-model" : "seat-lost-to-others", {
        seat: before.name,
      }),
      sections: [],
    };
  }
  const open = begun ? state.seats.filter((each) => each.offered) : state.seats;
  seating(at("seating"), before ? [before] : open, seat, (id) =>
    take(id).then(() => {
      choosing = false;
      draw();
    }),
  );
  if (before)
    return {
      head: message("seat-again"),
      words: message("seat-again-words"),
      sections: ["seating"],
    };
  if (begun && !open.length)
    return {
      head: message("seat-no-seat-free"),
      words: message("seat-no-seat-free-words"),
      sections: ["seating"],
    };
  const shared = open.some((each) => each.students.length);
  return {
    head: message("seat-choose"),
    words: message(!begun ? "seat-choose-words" : shared ? "seat-late-shared" : "seat-late"),
    sections: ["seating"],
  };
}

// No real name stands beside conduct: where the page tells of it, the team has its invented name,
// or none.
function shown_name(seat) {
  const {
    own_conduct: own,
    step: { kind },
  } = state;
  if (!own || kind === "choose") return seat.name;
  return ["keep", "accuse"].includes(kind) ? own.name : message("seat-unnamed");
}

// Where the session is, above that *head*; below a title stands the date of its step.
function place_in_session(head) {
  const {
    over,
    title,
    debrief: about,
    step: { kind, title: what, date },
  } = state;
  if (over) return message("step-over");
  if (kind === "lobby") return title;
  if (kind === "debrief") return message("debrief-at", { place: place_of_part(about) });
  return message("seat-place", {
    step: step_in_words(state),
    what: head === what ? day(date) : what,
  });
}

// Whoever holds this phone, and the others in the team.
function names_in(seat) {
  const { name } = state.you;
  return seat.students.length > 1
    ? message("seat-team", {
        name,
        others: listed(team_of(seat).filter((other) => other !== name)),
      })
    : name;
}

function draw() {
  const seat = own_seat(),
    { kind, number } = state.step,
    fresh = step !== number;
  if (fresh || place !== state.you?.seat) {
    pending = named = null;
    choosing = choosing && kind === "lobby";
  }
  if (fresh) for (const name of REFUSALS) say(name, "");
  const needs_seat =
    !seat &&
    (["choose", "keep", "accuse", "amend", "draft", "accept", "news", "event"].includes(kind) ||
      (kind === "predict" && state.mine));
  const shown = needs_seat ? seats_first(null) : STEPS[kind](seat),
    kept = needs_seat || state.mine ? null : unsent.of(number, "decisions");
  const { head, words, sections } = kept ? on_its_way(kept, shown.sections) : shown;
  const focus = document.activeElement;
  for (const name of SECTIONS) show(name, sections.includes(name));
  for (const name of ["settled-wish", "confirm-wish"]) show(name, kind === "amend");
  headlines("headlines", state.headlines);
  happened(state);
  say("head", head);
  say("words", words);
  show("words", words);
  say("place", place_in_session(head));
  say("who", seat ? shown_name(seat) : (state.you?.name ?? message("class-session")));
  say(
    "team",
    seat ? names_in(seat) : message(state.you?.last_seat ? "seat-none-now" : "seat-none-yet"),
  );
  document.title = message("page-title", { head });
  briefing(
    seat,
    token,
    state.text ?? [],
    kind === "lobby" && !choosing,
    ["keep", "accuse", "exit", "debrief"].includes(kind) ||
      (kind === "news" && state.own_conduct !== null),
  );
  notify();
  tick(state);
  show("main", true);
  if (told !== null && told !== head)
    say(
      "clock-words",
      [head, words]
        .filter(Boolean)
        .map((each) => (/[.?!]$/.test(each) ? each : `${each}.`))
        .join(" "),
    );
  told = head;
  if (fresh && step !== null) {
    scrollTo(0, 0);
    if (focus && focus !== document.body && !is_seen(focus)) at("head").focus();
  }
  step = number;
  place = state.you?.seat;
}

// Whoever is accused is named first; then the team says how.
function name(country) {
  named = country;
  draw();
  at("head").focus();
}

// A choice is made in two taps: the option, and that all agree.
function weigh(value) {
  pending = value;
  const wishes = state.step.kind === "amend",
    words = wishes
      ? message("seat-wishing-sure", { changes: changes_in(value) })
      : state.options.find((option) => option.value === value).words;
  say(
    "confirm-seat",
    state.step.kind !== "choose" && state.own_conduct ? state.own_conduct.name : own_seat().name,
  );
  say("confirm-words", words);
  say(
    "confirm-yes",
    wishes
      ? message("seat-wishing-yes")
      : message("seat-yes", { words, small: `${words.charAt(0).toLowerCase()}${words.slice(1)}` }),
  );
  doze(at("confirm-yes"));
  draw();
  at("confirm-words").focus();
}

let contact = true;
function notify() {
  const words = !contact ? message("seat-no-contact") : state?.paused ? message("seat-paused") : "";
  if (words) say("notice", words);
  mark("notice", "data-kind", contact ? "paused" : "lost");
  show("notice", words);
}

at("confirm-yes").addEventListener("click", (event) =>
  with_button(event.currentTarget, "confirm-refusal", async () => {
    await decide(pending, at("confirm-words").textContent);
    at("head").focus();
  }),
);
at("confirm-no").addEventListener("click", () => {
  const value = pending;
  pending = null;
  draw();
  if (state.step.kind === "amend") at("wish-send").focus();
  else
    at("options")
      .querySelector(`[data-value="${CSS.escape(value)}"]`)
      ?.focus();
});
at("options-back").addEventListener("click", () => {
  const country = named;
  named = null;
  draw();
  at("options")
    .querySelector(`[data-value="${CSS.escape(country)}"]`)
    ?.focus();
});
at("settled-confirm").addEventListener("click", (event) =>
  with_button(event.currentTarget, "refusal", async () => {
    await hand_in("confirm", {}, at("settled-confirm").textContent);
    at("head").focus();
  }),
);
at("other-seat").addEventListener("click", () => {
  choosing = true;
  draw();
  at("head").focus();
});

at("predict-form").addEventListener("submit", (event) => {
  event.preventDefault();
  with_button(at("predict-send"), "predict-refusal", async () => {
    const number = first_guess.value();
    await decide(number, message("seat-guess-value", { number, unit: state.prediction.unit }));
    at("head").focus();
  });
});

const left_of_headline = () =>
  say(
    "press-left",
    message("seat-headline-left", {
      characters: LONGEST_HEADLINE - at("press-words").value.length,
    }),
  );
at("press-words").addEventListener("input", left_of_headline);
left_of_headline();
at("press-form").addEventListener("submit", (event) => {
  event.preventDefault();
  with_button(at("press-send"), "press-refusal", async () => {
    const words = at("press-words").value.trim();
    if (!words) throw new Error(message("seat-headline-empty"));
    await decide(words, words);
    at("press-words").value = "";
    left_of_headline();
    at("head").focus();
  });
});

function leave(head) {
  for (const [code, own] of Object.entries(kept("student")))
    if (own.token === token) forget("student", code);
  show("door", false);
  gone(head, "/class/join", message("seat-join"));
}

if (token) {
  unsent = outbox(token, {
    on_change: () => state && !state.waits && draw(),
    on_refusal: refused,
    poke: () => poke(),
  });
  poke = follow(token, {
    on_state: (now) => {
      state = now;
      if (state.over) forget("student", state.code);
      else keep("student", state.code, { token, name: state.you.name });
      show("door", state.waits);
      show("main", !state.waits);
      if (state.waits) say("door-name", state.you.name);
      else draw();
    },
    on_contact: (reached) => {
      contact = reached;
      notify();
      if (reached && !state.paused) unsent.try_again();
    },
    on_end: (head) => {
      unsent.clear();
      leave(head);
    },
  });
} else leave(message("seat-no-session"));
