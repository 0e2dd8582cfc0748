// A student's phone: one thing to do at a time, in the order of the plan.
import {answer, follow, token_of} from "./api.js";
import {briefing} from "./briefing.js";
import {clock} from "./clock.js";
import {debrief, place_of_part} from "./debrief.js";
import {at, doze, element, is_seen, mark, rows, say, show, with_button} from "./dom.js";
import {exit} from "./exit.js";
import {gone} from "./gone.js";
import {guess} from "./guess.js";
import {accused, counts, curve, happened, headlines, moves, sanction_words} from "./news.js";
import {seating} from "./seating.js";
import * as text from "./text.js";
import {PARTS, count, day, listed, step_in_words, team_of, times} from "./words.js";
import {forget, keep, kept} from "./way_back.js";

const MOST_NAMES = 12, LONGEST_HEADLINE = 140;
const REFUSALS = ["refusal", "predict-refusal", "confirm-refusal", "press-refusal", "exit-refusal"];
const SECTIONS = ["seating", "waiting", "predict", "sanction", "vote", "wishing", "draft-all", "alias", "choose", "settled", "press", "news", "event", "headlines-all", "exit", "debrief", "over"];

const token = token_of("seat", true);
let first_guess = null, state = null, told = null, step = null, place = null, choosing = false, pending = null, named = null, poke = () => {};
const tick = clock(() => { say("words", "Time is up."); poke(); });

const seat_of = id => state.seats.find(seat => seat.id === id);
const own_seat = () => state.you?.seat ? seat_of(state.you.seat) : null;

async function send(path, body) {
  await answer(path, {token, body});
  await poke();
}

// Where somebody else answered, or the step is over, what is refused stands above what the page shows by then.
async function decide(value) {
  const sent = step;
  try { await send("decisions", {step: sent, value}); }
  catch (error) {
    if (error.status) await poke();
    if (state.mine || step !== sent) say("refusal", error.message);
    throw error;
  }
}

// What stands on the page in each step: the heading, the words below it, and the sections.
const STEPS = {
  lobby(seat) {
    if (!seat || choosing) return seats_first(seat);
    say("waiting-words", "As soon as everybody is in, your teacher starts. Until then read your briefing.");
    rows("waiting-names", seat.students, name => name, name => element("li", {}, name));
    return {head: `Your seat: ${seat.name}`, words: "", sections: ["waiting"]};
  },
  predict() {
    const {prediction, mine} = state;
    if (!first_guess) { first_guess = guess(prediction); at("predict-guess").replaceChildren(first_guess.node); }
    show("predict-form", !mine);
    show("predict-after", mine);
    if (mine) say("predict-value", `${mine.value} ${prediction.unit}`);
    return {head: mine ? "Your guess is in" : "What do you expect?", words: mine ? "" : `${state.step.words}${own_seat() ? "" : " Then you take a seat."}`, sections: ["predict"]};
  },
  amend(seat) {
    const {talks, mine} = state, again = text.vote("vote", talks);
    if (seat.kind === "press") return {head: "The others say what they want", words: "You are the press: soon you read the chair’s draft, and write a headline on it.", sections: [...again, ...written()]};
    if (mine) {
      pending = null;
      settled("Your team wants", wishes_in_words(mine.value), seat);
      text.wanted("settled-wish", mine.value, talks.provisions);
      return {head: "Your wishes are in", words: "Next the chair makes one draft of all wishes.", sections: [...again, "settled"]};
    }
    text.amend(state, weigh);
    if (pending) text.wanted("confirm-wish", pending, talks.provisions);
    show("options", false);
    show("confirm", pending);
    return {head: pending ? agreed(seat) : "What should the text say?", words: pending ? "" : again.length ? "The blocked draft is on the table now. Change what you cannot live with." : "Change what your seat wants otherwise. Leave the rest as it is.", sections: pending ? ["choose"] : [...again, "wishing"]};
  },
  draft(seat) {
    const {talks, mine} = state, press = seat.kind === "press";
    text.ladders("draft", talks);
    say("draft-words", `${text.draft_in_words(talks)} ${text.rule_in_words(talks)}`);
    say("draft-note", text.by_model(talks));
    if (press && mine) settled("Published", mine.value, seat);
    return {head: press && !mine ? "Write the headline" : state.step.title, words: press ? "Only the draft is public, not who asked for what." : "The middle of all wishes. Can you live with it? Talk to others.", sections: [...!press ? [] : mine ? ["settled"] : ["press"], "draft-all", ...written()]};
  },
  accept(seat) {
    const {talks} = state;
    text.ladders("draft", talks);
    say("draft-words", text.rule_in_words(talks));
    say("draft-note", text.by_model(talks));
    if (seat.kind === "press") return {head: "The others decide on the draft", words: "You are the press: what would your readers make of it?", sections: ["draft-all", ...written()]};
    const shown = decision(seat, "Accept it, or block it?", "Everybody will see who blocks.", "What the others say you see when all are in.");
    return {...shown, sections: pending ? shown.sections : [...shown.sections, "draft-all"]};
  },
  text() {
    const {talks} = state, {head, words} = text.ending(talks);
    text.vote("vote", talks);
    text.ladders("draft", talks, false);
    say("draft-note", "");
    say("draft-words", "As it opens for signature, against the text as it was written.");
    return {head, words, sections: ["vote", "draft-all", ...written()]};
  },
  choose(seat) {
    if (seat.kind === "press") return {head: "The others are choosing", words: "You are the press. In the news you write the headline: talk about what you will look for.", sections: [...sanctioned(), ...written()]};
    const leaves = state.options.some(({value}) => value === "leave");
    return decision(seat, leaves ? "Stay, or leave?" : "Sign, or stay out?", state.step.words, "What the others do you see in the news.", sanctioned());
  },
  keep(seat) {
    const {own_conduct: own} = state;
    if (!own) return {head: "The states decide in secret", words: "Only states act in secret here. In the news you see whom their victims accuse: talk about when you would believe it.", sections: written()};
    say("alias", `Here you play ${own.name}, which nobody knows: only your team sees that it is you. ${seat.signed ? "You have signed." : "You have not signed: nobody holds you to the text, and you may do what it asks others to leave."}`);
    return decision(seat, seat.signed ? "Do you keep it?" : "Do you hold back?", state.step.words, "Only your team knows. In the news you see who is accused.", ["alias"]);
  },
  accuse(seat) {
    if (seat.kind === "press") return {head: "The others accuse", words: "You are the press: whom would you have accused, on what would you rest it, and who should be sanctioned for it?", sections: written()};
    const own = state.own_conduct;
    say("alias", own ? `You play ${own.name}. ${conduct_of(own)}` : "You play nobody of these countries. Whom do you believe? Only the teams of states count for a sanction.");
    const [head, words] = named ? [`Accuse ${named}: words, or a sanction?`, state.conduct.rule] : ["Whom do you accuse?", state.step.words];
    return decision(seat, head, words, "Whether somebody is sanctioned, you see in a moment; who was right, in the debrief.", ["alias"]);
  },
  news(seat) {
    const {world, mine, mine_before: before, own_conduct: own_country} = state, press = seat.kind === "press", whom = own_country ? "your seat" : seat.name;
    counts("counts", world);
    curve(at("news-curve"), world);
    moves(state, MOST_NAMES, "joined-others");
    say("world-head", `The list on ${day(world.date)}`);
    say("own-news", !before ? "" : before.by ? `Your team ${before.words}.` : before.holds
      ? `Nobody of your team answered in time, so your earlier choice holds: ${whom} ${before.words}.`
      : `Nobody of your team answered in time, so the model played for you: ${whom} ${before.words}.`);
    show("own-news", before);
    accused("accused", state.conduct);
    show("accused-all", state.conduct);
    say("accused-words", state.conduct?.countries.some(each => each.accused) ? "Under invented names, by their victims. An accusation may be wrong." : "None of the invented countries, so far.");
    sanctioned("news-sanction");
    say("own-conduct", state.own_conduct ? `You play ${state.own_conduct.name}. ${conduct_of(state.own_conduct)}` : "");
    if (press && mine) settled("Published", mine.value, seat);
    const own = !press ? [] : mine ? ["settled"] : ["press"];
    return {head: press && !mine ? "Write the headline" : state.step.title, words: press && !mine ? "Look at the numbers below first." : "Who surprises you?", sections: [...own, "news", ...written()]};
  },
  event() {
    say("event-words", state.event?.words ?? "The teacher tells you what happens.");
    return {head: state.step.title, words: "", sections: ["event", ...written()]};
  },
  exit() {
    exit(state.exit, decide);
    show("exit-form", !state.mine);
    show("exit-after", state.mine);
    return {head: state.step.title, words: state.mine ? "" : "Each of you alone.", sections: ["exit"]};
  },
  debrief() {
    debrief(at("debrief"), state);
    mark("simulator", "href", state.debrief.simulator);
    return {head: message(`part-${state.debrief.part}`), words: "", sections: ["debrief", ...(state.over ? ["over"] : [])]};
  },
};

const is_alone = seat => seat.students.length === 1;

// What a team is asked before it sends, which a student alone is not.
function agreed(seat) {
  say("confirm-final", `It is final for this step.${is_alone(seat) ? "" : " Does your whole team agree?"}`);
  return is_alone(seat) ? "Are you sure?" : "Are you all agreed?";
}

// What a team decides once: the options, then that all agree, then what was decided; with *more* sections above.
function decision(seat, head, words, afterwards, more = []) {
  const {options, mine, step: {kind}} = state;
  if (mine) {
    pending = named = null;
    settled("Decided", options.find(({value}) => value === mine.value)?.words ?? mine.value, seat);
    return {head: is_alone(seat) ? "You have decided" : "Your team has decided", words: afterwards, sections: [...more, "settled"]};
  }
  const countries = kind === "accuse" && !named, shown = named ? options.filter(({country}) => country === named) : countries ? options.filter(({value, country}) => !country || value === country) : options;
  rows("options", shown, ({value, words: what}) => `${named} ${value} ${what}`, option => {
    const [what, more_of_it] = countries ? [option.country ?? "Nobody", blamed(option.country)] : named ? option.value === named ? ["Words alone", "it is accused in public"] : ["A sanction, too", "states punish it, for instance in trade"] : [option.words];
    const press = () => countries && option.country ? name(option.country) : weigh(option.value);
    return element("button", {type: "button", className: "option", "data-value": option.value, onclick: press}, element("strong", {}, what), ...(more_of_it ? [element("small", {}, more_of_it)] : []));
  });
  at("options").className = countries ? "options many" : named ? "options pair" : "options";
  show("options", !pending);
  show("options-back", named && !pending);
  show("confirm", pending);
  return {head: pending ? agreed(seat) : head, words: pending ? "" : words, sections: [...more, "choose"]};
}

// How often victims have accused *country* so far.
function blamed(country) {
  const number = state.conduct.countries.find(({name: each}) => each === country)?.accused;
  return number ? `accused ${times(number)}` : "";
}

// Whom the states' teams have sanctioned, in *place*; the section for it once they have decided.
function sanctioned(place = "sanction-words") {
  const vote = state.conduct?.sanction;
  say(place, vote ? sanction_words(vote) : "");
  show(place, vote);
  return vote ? ["sanction"] : [];
}

// What a team alone knows of the country that it plays.
function conduct_of({value, accused: number, sanctioned: punished}) {
  const blame = number ? `accused ${times(number)}` : "not accused", end = punished ? " You are sanctioned." : "";
  if (value === null) return `The model decided for you; you were ${blame}.${end}`;
  return `${value === "keep" ? number ? `You held back, and were ${blame} all the same.` : "You held back, and nobody accused you." : `You acted in secret, and were ${blame}.`}${end}`;
}

const wishes_in_words = value => Object.keys(value).length ? count(Object.keys(value).length, "change") : "no change";
const written = () => state.headlines.length ? ["headlines-all"] : [];

// What the team decided, who submitted it, and who has seen it.
function settled(head, words, seat) {
  const {mine, you} = state, own = mine.by === you.name, seen = mine.confirmed.filter(name => name !== mine.by);
  say("settled-head", head);
  say("settled-value", words);
  say("settled-by", own && is_alone(seat) ? "It is sent." : own ? "You submitted it for your team." : `${mine.by} submitted it for your team.`);
  say("settled-seen", seen.length ? `Seen by ${listed(seen)}.` : own && seat.students.length > 1 ? "Nobody else of your team has confirmed it yet." : "");
  show("settled-seen", at("settled-seen").textContent);
  show("settled-confirm", !own && !mine.confirmed.includes(you.name));
}

// Once the session has begun, whoever had a seat may go back to it alone.
function seats_first(seat) {
  const begun = state.step.kind !== "lobby", before = begun && state.you?.last_seat ? seat_of(state.you.last_seat) : null;
  if (before?.model || before?.full) {
    return {head: "You have no seat now", words: `${before.model ? "The model plays" : "Others play"} ${before.name}. Ask your teacher for a seat.`, sections: []};
  }
  const open = begun ? state.seats.filter(each => each.offered) : state.seats;
  seating(at("seating"), before ? [before] : open, seat, id => send("seat", {seat: id}).then(() => { choosing = false; draw(); }));
  if (before) return {head: "Take your seat again", words: "For another one, ask your teacher.", sections: ["seating"]};
  const late = !open.length ? "Every seat is full: share the phone of a team." : open.some(each => each.students.length) ? "The session has begun. You join a team with the fewest students." : "The session has begun. Take a seat that nobody has taken.";
  return {head: begun && !open.length ? "No seat is free" : "Choose a seat", words: begun ? late : "Whom do you want to speak for? Up to four share a seat.", sections: ["seating"]};
}

// No real name stands beside conduct: where the page tells of it, the team has its invented name, or none.
function shown_name(seat) {
  const {own_conduct: own, step: {kind}} = state;
  if (!own || kind === "choose") return seat.name;
  return ["keep", "accuse"].includes(kind) ? own.name : "Your team";
}

function draw() {
  const seat = own_seat(), {kind, number} = state.step, fresh = step !== number;
  if (fresh || place !== state.you?.seat) { pending = named = null; choosing = choosing && kind === "lobby"; }
  if (fresh) for (const name of REFUSALS) say(name, "");
  const needs_seat = !seat && (["choose", "keep", "accuse", "amend", "draft", "accept", "news", "event"].includes(kind) || (kind === "predict" && state.mine));
  const {head, words, sections} = needs_seat ? seats_first(null) : STEPS[kind](seat);
  const focus = document.activeElement;
  for (const name of SECTIONS) show(name, sections.includes(name));
  for (const name of ["settled-wish", "confirm-wish"]) show(name, kind === "amend");
  headlines("headlines", state.headlines);
  happened(state);
  say("head", head);
  say("words", words);
  show("words", words);
  say("place", state.over ? "The session is over" : kind === "lobby" ? state.title : kind === "debrief" ? `Debrief: ${place_of_part(state.debrief)}` : `${step_in_words(state)} · ${head === state.step.title ? day(state.step.date) : state.step.title}`);
  say("who", seat ? shown_name(seat) : state.you?.name ?? "Class session");
  say("team", seat ? `${state.you.name}${seat.students.length > 1 ? ` with ${listed(team_of(seat).filter(name => name !== state.you.name))}` : ""}` : state.you?.last_seat ? "no seat now" : "no seat yet");
  document.title = `${head} · Parley`;
  briefing(seat, token, state.text ?? [], kind === "lobby" && !choosing, ["keep", "accuse", "exit", "debrief"].includes(kind) || (kind === "news" && state.own_conduct !== null));
  notify();
  tick(state);
  show("main", true);
  if (told !== null && told !== head) say("clock-words", [head, words].filter(Boolean).map(each => /[.?!]$/.test(each) ? each : `${each}.`).join(" "));
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
  const wishes = state.step.kind === "amend", words = wishes ? `We want ${wishes_in_words(value)}` : state.options.find(option => option.value === value).words;
  say("confirm-seat", state.step.kind !== "choose" && state.own_conduct ? state.own_conduct.name : own_seat().name);
  say("confirm-words", words);
  say("confirm-yes", wishes ? "Yes: send our wishes" : `Yes: ${words.charAt(0).toLowerCase()}${words.slice(1)}`);
  doze(at("confirm-yes"));
  draw();
  at("confirm-words").focus();
}

let contact = true;
function notify() {
  const words = !contact ? "No contact. The page goes on by itself as soon as the Wi-Fi is back." : state?.paused ? "Paused. Your teacher goes on in a moment." : "";
  if (words) say("notice", words);
  mark("notice", "data-kind", contact ? "paused" : "lost");
  show("notice", words);
}

at("confirm-yes").addEventListener("click", event => with_button(event.currentTarget, "confirm-refusal", async () => { await decide(pending); at("head").focus(); }));
at("confirm-no").addEventListener("click", () => { const value = pending; pending = null; draw(); if (state.step.kind === "amend") at("wish-send").focus(); else at("options").querySelector(`[data-value="${CSS.escape(value)}"]`)?.focus(); });
at("options-back").addEventListener("click", () => { const country = named; named = null; draw(); at("options").querySelector(`[data-value="${CSS.escape(country)}"]`)?.focus(); });
at("settled-confirm").addEventListener("click", event => with_button(event.currentTarget, "refusal", async () => { await send("confirm", {step: state.step.number}); at("head").focus(); }));
at("other-seat").addEventListener("click", () => { choosing = true; draw(); at("head").focus(); });

at("predict-form").addEventListener("submit", event => {
  event.preventDefault();
  with_button(at("predict-send"), "predict-refusal", async () => { await decide(first_guess.value()); at("head").focus(); });
});

const left_of_headline = () => say("press-left", `${LONGEST_HEADLINE - at("press-words").value.length} characters are left.`);
at("press-words").addEventListener("input", left_of_headline);
left_of_headline();
at("press-form").addEventListener("submit", event => {
  event.preventDefault();
  with_button(at("press-send"), "press-refusal", async () => {
    const words = at("press-words").value.trim();
    if (!words) throw new Error("Write your headline first.");
    await decide(words);
    at("press-words").value = "";
    left_of_headline();
    at("head").focus();
  });
});

function leave(message) {
  for (const [code, own] of Object.entries(kept("student"))) if (own.token === token) forget("student", code);
  gone(message, "/class/join", "Join with a code");
}

if (token) {
  poke = follow(token, {
    on_state: now => {
      state = now;
      if (state.over) forget("student", state.code); else keep("student", state.code, {token, name: state.you.name});
      draw();
    },
    on_contact: reached => { contact = reached; notify(); },
    on_end: leave,
  });
} else leave("You are in no session yet");
