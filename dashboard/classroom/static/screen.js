// The screen that all of a class looks at.
import { follow, token_of } from "./api.js";
import { clock } from "./clock.js";
import { debrief, place_of_part } from "./debrief.js";
import { at, element, mark, rows, say, show, texts } from "./dom.js";
import { gone } from "./gone.js";
import { accused, counts, curve, happened, headlines, moves, sanction_words } from "./news.js";
import { turn_pages } from "./page_turner.js";
import { by_model, draft_in_words, ending, ladders, rule_in_words, vote } from "./text.js";
import { day, message } from "./texts.js";
import { sentences, spaced, step_in_words } from "./words.js";

const MOST_NAMES = 9,
  FEWER_NAMES = 6,
  CROWDED = 12,
  FEW = 8;
const token = token_of("screen");
let state = null,
  contact = true,
  poke = () => {};
const tick = clock(() => poke());
const number_pages = turn_pages(at("debrief"));

// The seats that somebody has taken: in the lobby how many sit there, while seats choose whether
// they have decided.
function seats(large, terse = false) {
  const taken = state.seats.filter((seat) => seat.students.length),
    others = state.seats.filter((seat) => !seat.students.length && seat.kind !== "press").length;
  const choose = taken.filter((seat) => seat.asked),
    done = choose.filter((seat) => seat.decided).length;
  rows(
    "seats",
    taken,
    ({ id }) => id,
    ({ name }) => element("li", {}, element("span", {}, name), element("small")),
    (node, seat) => {
      mark(node, "data-mark", large && seat.decided ? "decided" : "open");
      say(
        node.lastChild,
        !large
          ? String(seat.students.length)
          : message(
              !seat.asked
                ? "screen-seat-watches"
                : seat.decided
                  ? "screen-seat-decided"
                  : "screen-seat-thinks",
            ),
      );
    },
  );
  const model =
    others > 0 &&
    (taken.length
      ? message("screen-model-others", { seats: others })
      : message("screen-model-all"));
  const press = state.seats.filter((seat) => seat.kind === "press"),
    silent = press.length > 0 && !press.some((seat) => seat.students.length);
  say(
    "seated-words",
    large
      ? sentences(
          choose.length && message("screen-decided", { decided: done, seats: choose.length }),
          model,
          silent && message("screen-silent-press"),
        )
      : "",
  );
  show("seated-words", large);
  show("seats", true);
  at("seated").className =
    `seated${large ? " large" : ""}${large && taken.length > CROWDED ? ` crowded${terse ? " terse" : ""}` : ""}`;
}

const STEPS = {
  lobby() {
    const open = !state.locked;
    mark("lobby", "data-locked", state.locked);
    show("qr-box", state.phones && open);
    show("join-address", state.phones && open);
    show("join-code", open);
    say(
      "join-open",
      message(
        state.locked ? "screen-locked" : state.phones ? "screen-join-open" : "screen-join-told",
      ),
    );
    say("join-code", message(state.phones ? "screen-join-code" : "screen-join-told-code"));
    say("join-address", state.join);
    say("code", spaced(state.code));
    const source = `/class/qr.svg?code=${encodeURIComponent(state.code)}`;
    if (at("qr").getAttribute("src") !== source) {
      mark("qr", "src", source);
      mark("qr", "alt", message("screen-qr", { address: state.join }));
    }
    const sitting = state.seats.reduce((sum, seat) => sum + seat.students.length, 0),
      taken = state.seats.filter((seat) => seat.students.length).length;
    say(
      "lobby-count",
      message("screen-joined", { students: sitting, taken, seats: state.seats.length }),
    );
    seats(false);
    return {
      head: state.step.title,
      words: message(state.phones && open ? "screen-join-words" : "screen-empty-seats", {
        press: state.seats.filter((seat) => seat.kind === "press").length,
      }),
      sections: taken > CROWDED ? ["lobby"] : ["lobby", "seated"],
    };
  },
  predict() {
    say("statement-words", state.prediction.question);
    return {
      head: state.step.title,
      words: message("screen-predict-words"),
      sections: ["statement", ...answered()],
    };
  },
  amend() {
    seats(true);
    texts("text", [
      ...(state.text ?? []).slice(1, 2),
      sentences(message("screen-chair"), rule_in_words(state.talks)),
    ]);
    vote("vote", state.talks);
    const few =
      state.text?.length && state.seats.filter((seat) => seat.students.length).length <= FEW;
    return {
      head: state.step.title,
      words: state.step.words,
      sections: [...(state.talks.vote ? ["vote"] : few ? ["text-all"] : []), "seated"],
    };
  },
  draft() {
    ladders("draft", state.talks);
    return {
      head: state.step.title,
      words: sentences(draft_in_words(state.talks), by_model(state.talks)),
      sections: ["draft-all", ...written()],
    };
  },
  accept() {
    seats(true, true);
    at("seated").className = "seated large crowded terse low";
    show("seats", state.seats.filter((seat) => seat.students.length).length <= CROWDED);
    ladders("draft", state.talks, false);
    return {
      head: state.step.title,
      words: rule_in_words(state.talks),
      sections: ["draft-all", "seated"],
    };
  },
  text() {
    const { head, words } = ending(state.talks);
    vote("vote", state.talks);
    ladders("draft", state.talks, false);
    return { head, words, sections: ["vote", "draft-all"] };
  },
  choose() {
    const vote = state.conduct?.sanction;
    seats(true, vote);
    texts("text", state.text ?? []);
    say("sanction-words", vote ? sanction_words(vote) : "");
    return {
      head: state.step.title,
      words: state.step.words,
      sections: [
        "seated",
        ...(vote ? ["sanction"] : []),
        ...(!vote &&
        !state.happened.some((each) => each.new) &&
        state.text?.length &&
        state.seats.filter((seat) => seat.students.length).length <= FEW
          ? ["text-all"]
          : []),
      ],
    };
  },
  keep() {
    seats(true);
    return { head: state.step.title, words: message("screen-keep-words"), sections: ["seated"] };
  },
  accuse() {
    seats(true, true);
    const some = accused("countries", state.conduct);
    say("countries-words", message("screen-nobody-accused"));
    show("countries-words", !some);
    show("countries", some);
    return {
      head: state.step.title,
      words: state.step.words,
      sections: ["countries-all", "seated"],
    };
  },
  news() {
    world();
    return {
      head: state.step.title,
      words: message("screen-list-on", { date: day(state.world.date) }),
      sections: ["world"],
    };
  },
  event() {
    say("statement-words", state.event?.words ?? message("screen-no-event"));
    return { head: state.step.title, words: "", sections: ["statement"] };
  },
  exit() {
    say("statement-words", message("screen-exit-statement"));
    return {
      head: state.step.title,
      words: message("screen-exit-words"),
      sections: ["statement", ...answered()],
    };
  },
  debrief() {
    const { part } = state.debrief;
    debrief(at("debrief"), state);
    return { head: message(`part-${part}`), words: "", sections: ["debrief"] };
  },
};

// How many have answered alone, a pip for each.
function answered() {
  const { students, in: number } = state.answered;
  say(
    "answered-words",
    number === students
      ? message("screen-all-answered")
      : message("screen-answered-words", { answered: number, students }),
  );
  rows(
    "pips",
    Array.from({ length: students }),
    (_, place) => place,
    () => element("i"),
    (node, _, place) => {
      node.className = place < number ? "in" : "";
    },
  );
  return students ? ["answered"] : [];
}

// The headlines of the present step, where it has any.
function written() {
  const own = state.headlines.filter(({ step }) => step === state.step.number);
  headlines("draft-headlines", own);
  return own.length ? ["draft-press"] : [];
}

function world() {
  counts("counts", state.world);
  curve(at("curve"), state.world);
  moves(
    state,
    state.happened.some((each) => each.new) || state.seats.length > CROWDED
      ? FEWER_NAMES
      : MOST_NAMES,
  );
  show("accused-all", accused("accused", state.conduct));
  const vote = state.conduct?.sanction;
  show("news-sanction", vote);
  say("news-sanction", vote ? sanction_words(vote) : "");
  const press = state.seats.some((seat) => seat.kind === "press" && seat.students.length);
  const written = state.headlines.filter(({ step }) => step === state.step.number);
  show("headlines-all", written.length || press);
  say("headlines-words", written.length ? "" : message("screen-no-headline"));
  headlines("headlines", written);
}

function draw() {
  const { head, words, sections } = STEPS[state.step.kind]();
  for (const name of [
    "lobby",
    "sanction",
    "seated",
    "text-all",
    "statement",
    "answered",
    "vote",
    "draft-all",
    "draft-press",
    "countries-all",
    "world",
    "debrief",
  ])
    show(name, sections.includes(name));
  if (sections.includes("world")) curve(at("curve"), state.world);
  if (sections.includes("debrief")) debrief(at("debrief"), state);
  const { kind } = state.step;
  happened(state, kind === "news");
  say("title", state.title);
  say("head", head);
  say("words", words);
  say(
    "place",
    state.over
      ? message("step-over")
      : kind === "debrief"
        ? message("debrief-at", { place: place_of_part(state.debrief) })
        : kind === "lobby"
          ? ""
          : step_in_words(state),
  );
  show("stopped", state.paused && !state.over);
  show("late", !["lobby", "debrief"].includes(kind));
  at("late").replaceChildren(
    ...(state.locked
      ? [message("screen-locked")]
      : [
          message(state.phones ? "screen-late" : "screen-late-told", { address: state.join }),
          " ",
          element("b", {}, spaced(state.code)),
        ]),
  );
  document.title = message("screen-title-of", {
    code: spaced(state.code),
    head,
    session: state.title,
  });
  notify();
  tick(state);
  show("main", true);
  number_pages();
}

function notify() {
  if (!contact) say("notice", message("screen-no-contact"));
  show("notice", !contact);
}

if (token) {
  poke = follow(token, {
    on_state: (now) => {
      state = now;
      draw();
    },
    on_contact: (reached) => {
      contact = reached;
      notify();
    },
    on_end: gone,
  });
} else gone(message("screen-gone"));
