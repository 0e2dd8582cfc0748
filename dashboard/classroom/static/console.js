// The teacher's page: what goes on, what to say, and the buttons that move the session.
import { answer, ask, follow, token_of } from "./api.js";
import { ballots } from "./ballots.js";
import { clock } from "./clock.js";
import { debrief, place_of_part } from "./debrief.js";
import { at, doze, element, is_seen, mark, rows, say, show, texts, with_button } from "./dom.js";
import { gone } from "./gone.js";
import * as text from "./text.js";
import { day, listed, message } from "./texts.js";
import { sentences, spaced, step_in_words, team_of } from "./words.js";
import { copy, forget, keep, kept } from "./way_back.js";

const LONG = 16; // steps of a plan, from which on it has two rows
const AWAY = 20; // seconds without a sign of life
const token = token_of("console")?.split(".").at(-1);
let state = null,
  step = null,
  contact = true,
  poke = () => {};
const tick = clock(() => poke());

// What is refused is often done already, by another page of the teacher or by the clock, so that
// the page looks again.
async function teach(action, more = {}) {
  try {
    await answer("teacher", { token, body: { action, step: state.step.number, ...more } });
  } finally {
    await poke();
  }
}

const away_since = (seconds) =>
  seconds === null
    ? message("console-student-away")
    : seconds < 90
      ? message("console-student-away-seconds", { seconds: Math.round(seconds) })
      : message("console-student-away-minutes", { minutes: Math.round(seconds / 60) });

const OF_SEATS = ["choose", "keep", "accuse", "amend", "accept"]; // steps in which teams decide
const SECRET = ["keep", "accuse"]; // steps that have no ballot of paper
const has_phone = (seat) => state.students.some((one) => one.seat === seat.id && !one.on_paper);
const may_decide = (seat) =>
  seat.asked && seat.students.length > 0 && (!SECRET.includes(state.step.kind) || has_phone(seat));
const undecided = () =>
  OF_SEATS.includes(state.step.kind)
    ? state.seats.filter((seat) => may_decide(seat) && !seat.decided)
    : [];

function seats() {
  const {
      step: { kind },
      seats: all,
    } = state,
    choosing = OF_SEATS.includes(kind),
    open = undecided(),
    asked = all.some(may_decide);
  say(
    "seats-head",
    message("console-seats-taken", {
      taken: all.filter((seat) => seat.students.length).length,
      seats: all.length,
    }),
  );
  show("undecided", choosing);
  say(
    "undecided",
    open.length
      ? message("console-undecided", { seats: open.length })
      : message(asked ? "console-all-decided" : "console-nobody-asked"),
  );
  rows(
    "seats",
    [...open, ...all.filter((seat) => seat.students.length && !open.includes(seat))],
    ({ id }) => id,
    ({ name }) =>
      element(
        "li",
        {},
        element("div", {}, element("strong", {}, name), " ", element("small")),
        element("span", { className: "mark" }),
      ),
    (node, seat) => {
      say(node.querySelector("small"), listed(team_of(seat)));
      const [kind_of, words] =
        !choosing || !may_decide(seat)
          ? ["here", ""]
          : seat.decided
            ? ["decided", message("console-seat-decided")]
            : ["waiting", message("console-seat-undecided")];
      mark(node.lastChild, "data-mark", kind_of);
      say(node.lastChild, words);
    },
  );
  const empty = all
    .filter((seat) => !seat.students.length && seat.kind !== "press")
    .map((seat) => seat.name);
  const press = all.filter((seat) => seat.kind === "press"),
    silent = press.length > 0 && !press.some((seat) => seat.students.length);
  say(
    "model-seats",
    sentences(
      empty.length && message("console-model-seats", { seats: listed(empty) }),
      silent && message("console-silent-press"),
    ),
  );
}

function students() {
  const {
      students: everybody,
      seats: places,
      step: { kind },
    } = state,
    all = everybody.filter((one) => !one.on_paper);
  const away = all.filter((one) => one.seen === null || one.seen > AWAY),
    on_paper = everybody.length - all.length;
  const answering = ["predict", "exit"].includes(kind);
  say(
    "students-head",
    message(
      all.length && on_paper
        ? "console-joined-and-on-paper"
        : all.length
          ? "console-joined"
          : on_paper
            ? "console-on-paper"
            : "console-nobody-joined",
      { students: all.length, away: away.length, seats: on_paper },
    ),
  );
  // Where each answers alone all of them stand here, else those alone whom the list of seats does
  // not tell enough of.
  const told = answering
    ? [...away, ...all.filter((one) => !away.includes(one))]
    : all.filter((one) => away.includes(one) || !one.seat);
  show("seats", !answering || !all.length);
  show("students", told.length);
  rows(
    "students",
    told,
    ({ number }) => number,
    ({ name }) =>
      element(
        "li",
        {},
        element("div", {}, element("b", {}, name), " ", element("small")),
        element("span", { className: "mark" }),
      ),
    (node, one) => {
      const gone = away.includes(one);
      say(
        node.querySelector("small"),
        places.find((seat) => seat.id === one.seat)?.name ?? message("console-student-no-seat"),
      );
      mark(
        node.lastChild,
        "data-mark",
        gone ? "away" : answering && one.decided ? "decided" : "here",
      );
      say(
        node.lastChild,
        gone
          ? away_since(one.seen)
          : message(
              !answering
                ? "console-student-here"
                : one.decided
                  ? "console-student-answered"
                  : "console-student-unanswered",
            ),
      );
    },
  );
  const options = (id, entries) =>
    rows(
      id,
      entries,
      ([value]) => value,
      ([value]) => element("option", { value }),
      (node, [, words]) => say(node, words),
    );
  options(
    "hand-student",
    all.map((one) => [String(one.number), one.name]),
  );
  options("hand-seat", [
    ["", message("console-no-seat")],
    ...places.map((seat) => [seat.id, seat.name]),
  ]);
  options(
    "release-seat",
    places.filter((seat) => seat.students.length).map((seat) => [seat.id, seat.name]),
  );
  show("hand-on", all.length && !state.over);
}

// What a teacher says otherwise where the press has no team, or phones do not find the server.
function script_of(kind) {
  if (kind === "lobby" && !state.phones) return `${kind}-told`;
  if (SECRET.includes(kind) && !state.seats.some(has_phone)) return `${kind}-without-phones`;
  return ["news", "draft"].includes(kind) &&
    !state.seats.some((seat) => seat.kind === "press" && seat.students.length)
    ? `${kind}-without-press`
    : kind;
}

function heading() {
  const {
    step: { kind, number, title, date },
    plan,
    debrief: about,
    paused,
    over,
  } = state;
  const part = kind === "debrief" ? about.part : null,
    next = plan.slice(number + 1).find((each) => !each.left_out),
    parts = about?.parts ?? [];
  say(
    "place",
    over
      ? message("step-over")
      : kind === "lobby"
        ? message("console-place-lobby")
        : paused
          ? message("console-place-paused")
          : part
            ? message("console-place-debrief", { place: place_of_part(about) })
            : `${step_in_words(state)}${date ? ` · ${day(date)}` : ""}`,
  );
  say("head", part ? message(`part-${part}`) : title);
  const running = !["lobby", "debrief"].includes(kind),
    last = part !== null && part === parts.at(-1);
  say("say-head", message(over && last ? "console-then" : "console-say"));
  say("script", message(over && last ? "script-over" : `script-${part ?? script_of(kind)}`));
  show("start", kind === "lobby");
  show("pause", state.step.ends !== null && !paused && !over);
  show("resume", paused);
  show("skip", running && !paused);
  say("skip", next ? message("console-next", { title: next.title }) : "");
  show("next", part && !last);
  if (part && !last)
    say(
      "next",
      message("console-next", { title: message(`part-${parts[parts.indexOf(part) + 1]}`) }),
    );
  show("back", part && part !== parts[0]);
  show("finish", last && !over);
  show("end", !over && !last);
  show("wipe", over);
  show("export", true);
  at("plan").className = plan.length > LONG ? "plan long" : "plan";
  rows(
    "plan",
    plan,
    (_, place) => place,
    (each) => element("li", {}, each.title),
    (node, each, place) => {
      node.className = place < number || over ? "past" : "";
      show(node, !each.left_out);
      if (place === number && !over) mark(node, "aria-current", "step");
      else node.removeAttribute("aria-current");
    },
  );
}

function joining() {
  const lobby = state.step.kind === "lobby";
  show("joining", lobby);
  show("code-small", !lobby && !state.over);
  say("code-small", spaced(state.code));
  show("reach", !state.phones);
  show("qr", state.phones);
  const how = message(state.phones ? "console-join-open" : "console-join-here");
  say("join-open", state.locked ? message("console-joins-locked") : how);
  say("join-address", state.join);
  say("code", spaced(state.code));
  mark("own-phone", "href", `/class/join#${state.code}`);
  const { scenario, plan, seats: size } = state.settings;
  mark("to-print", "href", `/class/paper?${new URLSearchParams({ scenario, plan, seats: size })}`);
  const secret = state.plan.some((each) => SECRET.includes(each.kind));
  say(
    "without-phones",
    sentences(
      message("console-without-phones-words"),
      secret && message("console-without-phones-secret"),
    ),
  );
  const source = `/class/qr.svg?code=${encodeURIComponent(state.code)}`;
  if (at("qr").getAttribute("src") !== source) {
    mark("qr", "src", source);
    mark("qr", "alt", message("console-qr", { address: state.join }));
  }
}

// Whoever closes the tab comes back by the link, or in this browser from /class until the session
// is over.
function way_back() {
  const {
    code,
    title,
    over,
    step: { kind },
  } = state;
  show("way-back", over || kind === "lobby");
  say("way-back-words", message(over ? "console-way-back-over" : "console-way-back-words"));
  if (over) forget("teacher", code);
  else keep("teacher", code, { token, title });
}
at("copy-link").addEventListener("click", async () => {
  say(
    "copied",
    message((await copy(at("own-link").href)) ? "console-copied" : "console-not-copied"),
  );
});

// The seed is told once nothing is left to guess.
function seed() {
  const { seed, command } = state.settings;
  say("seed", command ? message("console-seed", { seed: String(seed), command }) : "");
  show("seed", command);
}

function talks() {
  const {
      talks: now,
      step: { kind },
    } = state,
    drawn = Boolean(now?.draft);
  show("talks", drawn || now?.vote);
  if (!now) return;
  show("vote", now.vote);
  text.vote("vote", kind === "text" || kind === "amend" ? now : { ...now, vote: null });
  const { head, words } = kind === "text" ? text.ending(now) : {};
  say(
    "draft-words",
    !drawn
      ? ""
      : head
        ? message("console-text-opens", { head, words })
        : sentences(text.draft_in_words(now), text.rule_in_words(now)),
  );
  show("draft-words", drawn);
  text.ladders("draft", now, kind !== "text");
}

function events() {
  const { events: all, may_happen, happened } = state;
  show("inject-all", happened.length || may_happen);
  say("inject-head", message(may_happen ? "console-inject-head" : "console-happened-head"));
  show("inject-some", may_happen && all.length);
  rows(
    "event",
    all,
    ({ id }) => id,
    ({ id, words }) => element("option", { value: id }, words),
  );
  say("event-words", may_happen ? all.find(({ id }) => id === at("event").value)?.words : "");
  texts(
    "happened",
    happened.map(({ words }) => words),
  );
}
at("event").addEventListener("change", events);

// Who waits to be let in, each with two buttons, and whether anybody may join.
function door() {
  const { waiting, locked, over } = state;
  show("door", waiting.length && !over);
  say("door-head", message("console-door", { students: waiting.length }));
  rows(
    "door-names",
    waiting,
    ({ number }) => number,
    ({ number, name }) => {
      const admit = element("button", { type: "button", className: "quiet" }),
        turn_away = element("button", { type: "button", className: "quiet danger" }, "✕");
      admit.textContent = message("console-admit");
      mark(admit, "aria-label", message("console-admit-name", { name }));
      mark(turn_away, "aria-label", message("console-turn-away", { name }));
      turn_away.title = message("console-turn-away", { name });
      for (const [button, action] of [
        [admit, "admit"],
        [turn_away, "turn-away"],
      ])
        button.addEventListener("click", () =>
          with_button(button, "door-refusal", () => teach(action, { student: number })),
        );
      return element("li", {}, element("b", {}, name), admit, turn_away);
    },
  );
  show("joins", !over);
  say("joins-words", message(locked ? "console-joins-locked" : "console-joins-open"));
  say("lock", message(locked ? "console-unlock" : "console-lock"));
  mark("joins", "data-locked", locked);
}

function draw() {
  say("title", state.title);
  joining();
  door();
  way_back();
  heading();
  seats();
  students();
  talks();
  events();
  seed();
  ballots(state, async (body) => {
    await answer("ballots", { token, body });
    await poke();
  });
  show("debrief", state.debrief);
  if (state.debrief) debrief(at("debrief"), state);
  notify();
  tick(state);
  show("main", true);
  document.title = message("console-title-of", { head: at("head").textContent });
  const focus = document.activeElement;
  if (step !== null && focus !== document.body && !is_seen(focus)) at("head").focus();
  if (step !== state.step.number) say("refusal", "");
  step = state.step.number;
}

function notify() {
  if (!contact) say("notice", message("console-no-contact"));
  show("notice", !contact);
}

// A link that opens the shared screen in a window of its own, with a token that reads it alone.
let linking = false;
async function link_screen() {
  if (linking || !at("screen").hidden) return;
  linking = true;
  const key = `parley-class-screen-of-${token.slice(-8)}`;
  try {
    const own = sessionStorage.getItem(key) ?? (await answer("screen", { token, body: {} })).token;
    sessionStorage.setItem(key, own);
    at("screen").href = `/class/screen#${own}`;
    show("screen", true);
  } catch {
    /* tried again with the next state */
  }
  linking = false;
}

// Asks before something is done. *words* says what is asked as the session stands, and null once
// nothing is: then the question goes away, as a No, also while it is open.
let asks = () => null;
const sure = (words, more, yes) =>
  new Promise((resolve) => {
    const box = at("sure");
    say("sure-more", more);
    say("sure-yes", yes);
    box.returnValue = "";
    box.onclose = () => {
      asks = () => null;
      resolve(box.returnValue === "yes");
    };
    asks = words;
    box.showModal();
    still_asked();
  });
function still_asked() {
  if (!at("sure").open) return;
  const words = asks();
  if (words === null) at("sure").close("");
  else say("sure-words", words);
}
at("sure-yes").addEventListener("click", () => at("sure").close("yes"));
at("sure-no").addEventListener("click", () => at("sure").close(""));

const MOVES = ["start", "resume", "skip", "next", "finish", "back", "pause"].map(at);
const on = (id, work) =>
  at(id).addEventListener("click", (event) =>
    with_button(event.currentTarget, "refusal", async () => {
      try {
        await work();
      } finally {
        doze(...MOVES);
      }
    }),
  );
for (const action of ["pause", "resume"]) on(action, () => teach(action));
const nobody_sits = () =>
  state.step.kind === "lobby" && !state.seats.some((seat) => seat.students.length);
on("start", async () => {
  await looked();
  if (
    !nobody_sits() ||
    (await sure(
      () => (nobody_sits() ? message("console-nobody-sits") : null),
      message("console-nobody-sits-words"),
      message("console-start-anyway"),
    ))
  )
    await teach("start");
});
// What follows for seats that have not decided as the class goes on.
function unless_decided(kind) {
  if (kind === "accuse") return message("console-unless-accused");
  return message(
    ["amend", "accept"].includes(kind) ? "console-unless-talked" : "console-unless-chosen",
  );
}
const silent = () =>
  ["predict", "exit"].includes(state.step.kind) ? state.students.filter((one) => !one.decided) : [];
// The step, after a look at who has answered by now.
async function looked() {
  const { number } = state.step;
  await poke();
  if (state.step.number !== number) throw new Error(message("console-moved-on"));
}
on("skip", async () => {
  await looked();
  const { number, kind } = state.step,
    counted = (who, words) => () =>
      state.step.number === number && who().length ? words(who().length) : null;
  if (
    silent().length &&
    !(await sure(
      counted(silent, (students) => message("console-unanswered", { students })),
      message("console-unanswered-words"),
      message("console-go-on-anyway"),
    ))
  )
    return;
  if (
    !undecided().length ||
    (await sure(
      counted(undecided, (seats) => message("console-open-seats", { seats })),
      unless_decided(kind),
      message("console-go-on-anyway"),
    ))
  )
    await teach("skip");
});
on("next", () => teach("next-part"));
on("back", () => teach("back-part"));
on("inject", () => teach("inject", { event: at("event").value }));
on("hand", () =>
  teach("seat", { student: Number(at("hand-student").value), seat: at("hand-seat").value || null }),
);
on("lock", () => teach(state.locked ? "unlock" : "lock"));
on("admit-all", () => teach("admit"));
on("turn-all-away", async () => {
  if (
    await sure(
      () =>
        state.waiting.length
          ? message("console-sure-turn-away", { students: state.waiting.length })
          : null,
      message("console-sure-turn-away-words"),
      message("console-sure-turn-away-yes"),
    )
  )
    await teach("turn-away");
});
on("remove", async () => {
  const student = Number(at("hand-student").value),
    named = () => state.students.find(({ number }) => number === student);
  if (
    await sure(
      () => (named() ? message("console-sure-remove", { name: named().name }) : null),
      message("console-sure-remove-words"),
      message("console-sure-remove-yes"),
    )
  )
    await teach("remove", { student });
});
on("release", () => teach("release", { seat: at("release-seat").value }));
for (const id of ["finish", "end"])
  on(id, async () => {
    if (
      await sure(
        () => message("console-sure-end"),
        message("console-sure-end-words"),
        message("console-sure-end-yes"),
      )
    )
      await teach("end");
  });
let wiped = false;
on("wipe", async () => {
  if (
    !(await sure(
      () => message("console-sure-wipe"),
      message("console-sure-wipe-words"),
      message("console-sure-wipe-yes"),
    ))
  )
    return;
  wiped = true;
  try {
    await teach("wipe");
  } catch (error) {
    wiped = false;
    throw error;
  }
});
on("export", async () => {
  const { bytes } = await ask("export.csv", { token }),
    table = new Blob([bytes], { type: "text/csv" });
  const link = element("a", {
    href: URL.createObjectURL(table),
    download: `class-session-${state.code}.csv`,
  });
  link.click();
  URL.revokeObjectURL(link.href);
});

if (token) {
  poke = follow(token, {
    on_state: (now) => {
      state = now;
      draw();
      still_asked();
      link_screen();
    },
    on_contact: (reached) => {
      contact = reached;
      notify();
    },
    on_end: (why) => {
      if (state) forget("teacher", state.code);
      for (const id of ["export", "end", "wipe"]) show(id, false);
      gone(wiped ? message("console-wiped") : why, "/class", message("console-open-session"));
    },
  });
  at("own-link").href = `/class/console#${token}`;
} else
  gone(
    message("console-no-session"),
    "/class",
    message(Object.keys(kept("teacher")).length ? "console-go-on" : "console-open-session"),
  );
