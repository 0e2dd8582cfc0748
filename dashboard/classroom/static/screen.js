// The screen that all of a class looks at.
import {follow, token_of} from "./api.js";
import {clock} from "./clock.js";
import {debrief, PARTS_IN_ORDER} from "./debrief.js";
import {at, element, mark, rows, say, show} from "./dom.js";
import {counts, curve, headlines, moves} from "./news.js";
import {PARTS, count, day, spaced} from "./words.js";

const MOST_NAMES = 16, CROWDED = 12;
const token = token_of("screen");
let state = null, contact = true, poke = () => {};
const tick = clock(() => poke());

function seats(large) {
  const choosing = state.step.kind === "choose";
  rows("seats", state.seats, ({id}) => id, ({name}) => element("li", {}, element("span", {}, name), element("small")), (node, seat) => {
    const decided = choosing && seat.decided, mark_of = decided ? "decided" : "open";
    mark(node, "data-mark", mark_of);
    say(node.lastChild, choosing && seat.kind !== "press" && (seat.students.length || decided) ? (decided ? "has decided" : "is thinking") : seat.students.length ? String(seat.students.length) : "the model");
  });
  at("seated").className = `seated${large ? " large" : ""}${large && state.seats.length > CROWDED ? " crowded" : ""}`;
}

const STEPS = {
  lobby() {
    say("join-address", state.join);
    say("code", spaced(state.code));
    const source = `/class/qr.svg?code=${encodeURIComponent(state.code)}`;
    if (at("qr").getAttribute("src") !== source) { mark("qr", "src", source); mark("qr", "alt", `QR code of the address ${state.join} with the code`); }
    const sitting = state.seats.reduce((sum, seat) => sum + seat.students.length, 0);
    say("lobby-count", sitting ? `${count(sitting, "student has", "students have")} a seat` : "Nobody has a seat yet");
    seats(false);
    return {head: "Join on your phone", words: "Type your name, then take a seat. The model plays every seat that stays empty.", sections: ["lobby", "seated"]};
  },
  predict() { seats(true); return {head: state.prediction.question, words: "Each of you alone, on your phone.", sections: ["seated"]}; },
  choose() { seats(true); return {head: state.step.title, words: state.step.words, sections: ["seated"]}; },
  news() {
    world();
    return {head: state.step.title, words: `The list on ${day(state.world.date)}`, sections: ["world"]};
  },
  event() {
    say("event-words", state.event?.words ?? "Listen to your teacher.");
    return {head: state.step.title, words: "", sections: ["event"]};
  },
  exit() { seats(false); return {head: "Before we talk", words: "Answer on your phone, each of you alone.", sections: state.world ? (world(), ["world"]) : []}; },
  debrief() {
    const {part} = state.debrief;
    debrief(at("debrief"), state);
    return {head: PARTS[part].head, words: "", sections: ["debrief"]};
  },
};

function world() {
  counts("counts", state.world);
  curve(at("curve"), state.world);
  moves(state, MOST_NAMES);
  show("headlines-all", state.headlines.length);
  headlines("headlines", state.headlines.slice(0, 4));
}

function draw() {
  const {head, words, sections} = STEPS[state.step.kind]();
  for (const name of ["lobby", "seated", "event", "world", "debrief"]) show(name, sections.includes(name));
  if (sections.includes("world")) curve(at("curve"), state.world);
  if (sections.includes("debrief")) debrief(at("debrief"), state);
  const {kind, number} = state.step, part = PARTS_IN_ORDER.indexOf(state.debrief?.part);
  say("title", state.title);
  say("head", head);
  say("words", words);
  say("place", state.over ? "The session is over" : kind === "debrief" ? `Debrief: ${part + 1} of ${PARTS_IN_ORDER.length}` : kind === "lobby" ? "" : `Step ${number} of ${state.plan.length - 1}`);
  show("late", !["lobby", "debrief"].includes(kind));
  at("late").replaceChildren(`Late? ${state.join} · `, element("b", {}, spaced(state.code)));
  document.title = `${head} · Parley`;
  notify();
  tick(state);
  show("main", true);
}

function notify() {
  const words = !contact ? "No contact; the page goes on by itself" : state?.paused ? "Paused" : "";
  if (words) say("notice", words);
  show("notice", words);
}

if (token) {
  poke = follow(token, {
    on_state: now => { state = now; draw(); },
    on_contact: reached => { contact = reached; notify(); },
    on_end: message => { show("main", false); say("gone", message); show("gone", true); },
  });
} else { say("gone", "Open this page from the teacher's page: “Open the projector page”."); show("gone", true); }
