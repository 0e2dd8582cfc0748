// The teacher's page: what goes on, what to say, and the buttons that move the session.
import {answer, ask, follow, token_of} from "./api.js";
import {ballots} from "./ballots.js";
import {clock} from "./clock.js";
import {debrief, place_of_part} from "./debrief.js";
import {at, doze, element, is_seen, mark, rows, say, show, texts, with_button} from "./dom.js";
import {gone} from "./gone.js";
import * as text from "./text.js";
import {PARTS, SCRIPT, count, day, listed, spaced, step_in_words, team_of} from "./words.js";
import {copy, forget, keep, kept} from "./way_back.js";

const LONG = 16;  // steps of a plan, from which on it has two rows
const AWAY = 20;  // seconds without a sign of life
const token = token_of("console")?.split(".").at(-1);
let state = null, step = null, contact = true, poke = () => {};
const tick = clock(() => poke());

// What is refused is often done already, by another page of the teacher or by the clock, so that the page looks again.
async function teach(action, more = {}) {
  try { await answer("teacher", {token, body: {action, step: state.step.number, ...more}}); }
  finally { await poke(); }
}

const ago = seconds => seconds < 90 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} min`;

const OF_SEATS = ["choose", "keep", "accuse", "amend", "accept"];  // steps in which teams decide
const undecided = () => OF_SEATS.includes(state.step.kind) ? state.seats.filter(seat => seat.asked && seat.students.length && !seat.decided) : [];

function seats() {
  const {step: {kind}, seats: all} = state, choosing = OF_SEATS.includes(kind), open = undecided(), asked = all.some(seat => seat.asked && seat.students.length);
  say("seats-head", `${count(all.filter(seat => seat.students.length).length, "seat")} of ${all.length} taken`);
  show("undecided", choosing);
  say("undecided", open.length ? `${open.length} undecided` : asked ? "all have decided" : "nobody is asked");
  rows("seats", [...open, ...all.filter(seat => seat.students.length && !open.includes(seat))], ({id}) => id, ({name}) => element("li", {}, element("div", {}, element("strong", {}, name), " ", element("small")), element("span", {className: "mark"})), (node, seat) => {
    say(node.querySelector("small"), listed(team_of(seat)));
    const [kind_of, words] = !choosing || !seat.asked ? ["here", ""] : seat.decided ? ["decided", "✓ decided"] : ["waiting", "undecided"];
    mark(node.lastChild, "data-mark", kind_of);
    say(node.lastChild, words);
  });
  const empty = all.filter(seat => !seat.students.length && seat.kind !== "press").map(seat => seat.name);
  say("model-seats", empty.length ? `The model plays ${listed(empty)}.` : "");
}

function students() {
  const {students: everybody, seats: places, step: {kind}} = state, all = everybody.filter(one => !one.on_paper);
  const away = all.filter(one => one.seen === null || one.seen > AWAY), on_paper = everybody.length - all.length;
  const answering = ["predict", "exit"].includes(kind);
  say("students-head", [
    ...(all.length || !on_paper ? [all.length ? `${count(all.length, "student")}${away.length ? `, ${away.length} away` : ""}` : "Nobody has joined yet"] : []),
    ...(on_paper ? [`${count(on_paper, "seat")} on paper`] : []),
  ].join(", "));
  rows("students", [...away, ...all.filter(one => !away.includes(one))], ({number}) => number, ({name}) => element("li", {}, element("div", {}, element("b", {}, name), " ", element("small")), element("span", {className: "mark"})), (node, one) => {
    const gone = away.includes(one);
    say(node.querySelector("small"), places.find(seat => seat.id === one.seat)?.name ?? "no seat yet");
    mark(node.lastChild, "data-mark", gone ? "away" : answering && one.decided ? "decided" : "here");
    say(node.lastChild, gone ? `away ${one.seen === null ? "" : ago(one.seen)}` : answering ? (one.decided ? "✓ answered" : "not yet") : "here");
  });
  const options = (id, entries) => rows(id, entries, ([value]) => value, ([value]) => element("option", {value}), (node, [, words]) => say(node, words));
  options("hand-student", all.map(one => [String(one.number), one.name]));
  options("hand-seat", [["", "no seat"], ...places.map(seat => [seat.id, seat.name])]);
  options("release-seat", places.filter(seat => seat.students.length).map(seat => [seat.id, seat.name]));
  show("hand-on", all.length && !state.over);
}

function heading() {
  const {step: {kind, number, title, date}, plan, debrief: about, paused, over} = state;
  const part = kind === "debrief" ? about.part : null, next = plan.slice(number + 1).find(each => !each.left_out), parts = about?.parts ?? [];
  say("place", over ? "The session is over" : kind === "lobby" ? "Wait until all are in, then press Start" : paused ? "Paused" : part ? `Debrief, ${place_of_part(about)}` : `${step_in_words(state)}${date ? ` · ${day(date)}` : ""}`);
  say("head", part ? message(`part-${part}`) : title);
  const running = !["lobby", "debrief"].includes(kind), last = part !== null && part === parts.at(-1);
  say("say-head", over && last ? "Then" : "Say");
  say("script", message(over && last ? "script-over" : `script-${part ?? kind}`));
  show("start", kind === "lobby");
  show("pause", state.step.ends !== null && !paused && !over);
  show("resume", paused);
  show("skip", running && !paused);
  say("skip", next ? `Next: ${next.title}` : "Next");
  show("next", part && !last);
  if (part && !last) say("next", `Next: ${message(`part-${parts[parts.indexOf(part) + 1}`)]}`);
  show("back", part && part !== parts[0]);
  show("finish", last && !over);
  show("end", !over);
  show("wipe", over);
  at("plan").className = plan.length > LONG ? "plan long" : "plan";
  rows("plan", plan, (_, place) => place, each => element("li", {}, each.title), (node, each, place) => {
    node.className = place < number || over ? "past" : "";
    show(node, !each.left_out);
    if (place === number && !over) mark(node, "aria-current", "step"); else node.removeAttribute("aria-current");
  });
}

function joining() {
  const lobby = state.step.kind === "lobby";
  show("joining", lobby);
  show("code-small", !lobby && !state.over);
  say("code-small", spaced(state.code));
  say("join-address", state.join);
  say("code", spaced(state.code));
  mark("own-phone", "href", `/class/join#${state.code}`);
  const {scenario, plan, seats: size} = state.settings;
  mark("to-print", "href", `/class/paper?${new URLSearchParams({scenario, plan, seats: size})}`);
  const source = `/class/qr.svg?code=${encodeURIComponent(state.code)}`;
  if (at("qr").getAttribute("src") !== source) { mark("qr", "src", source); mark("qr", "alt", `QR code of the address ${state.join} with the code`); }
}

// Whoever closes the tab comes back by the link, or in this browser from /class until the session is over.
function way_back() {
  const {code, title, over, step: {kind}} = state;
  show("way-back", over || kind === "lobby");
  say("way-back-words", over ? "This browser offers the session no more. Copy your link if you want to come back for the table, or to wipe it."
    : "Copy your link and keep it to yourself: whoever has it leads the session. In this browser the page Class session offers it, too, until you end it.");
  if (over) forget("teacher", code); else keep("teacher", code, {token, title});
}
at("copy-link").addEventListener("click", async () => {
  say("copied", await copy(at("own-link").href) ? "Copied. Paste it where only you look." : "Not copied: use the link at the end of this page.");
});

// The seed is told once nothing is left to guess.
function seed() {
  const {seed, command} = state.settings;
  say("seed", command ? `Seed of this world: ${seed}. Whoever opens a session with “${command}” and decides the same sees the same world.` : "");
  show("seed", command);
}

function talks() {
  const {talks: now, step: {kind}} = state, drawn = Boolean(now?.draft);
  show("talks", drawn || now?.vote);
  if (!now) return;
  show("vote", now.vote);
  text.vote("vote", kind === "text" || kind === "amend" ? now : {...now, vote: null});
  const {head, words} = kind === "text" ? text.ending(now) : {};
  say("draft-words", !drawn ? "" : head ? `${head}. ${words}` : `${text.draft_in_words(now)} ${text.rule_in_words(now)}`);
  show("draft-words", drawn);
  text.ladders("draft", now, kind !== "text");
}

function events() {
  const {events: all, may_happen, happened} = state;
  show("inject-all", happened.length || may_happen);
  say("inject-head", may_happen ? "Let something happen" : "What has happened");
  show("inject-some", may_happen && all.length);
  rows("event", all, ({id}) => id, ({id, words}) => element("option", {value: id}, words));
  say("event-words", may_happen ? all.find(({id}) => id === at("event").value)?.words : "");
  texts("happened", happened.map(({words}) => words));
}
at("event").addEventListener("change", events);

function draw() {
  say("title", state.title);
  joining();
  way_back();
  heading();
  seats();
  students();
  talks();
  events();
  seed();
  ballots(state, async body => { await answer("ballots", {token, body}); await poke(); });
  show("debrief", state.debrief);
  if (state.debrief) debrief(at("debrief"), state);
  notify();
  tick(state);
  show("main", true);
  document.title = `${at("head").textContent} · Teacher · Parley`;
  const focus = document.activeElement;
  if (step !== null && focus !== document.body && !is_seen(focus)) at("head").focus();
  if (step !== state.step.number) say("refusal", "");
  step = state.step.number;
}

function notify() {
  if (!contact) say("notice", "No contact with the server; this page goes on by itself.");
  show("notice", !contact);
}

// A link that opens the shared screen in a window of its own, with a token that reads it alone.
let linking = false;
async function link_screen() {
  if (linking || !at("screen").hidden) return;
  linking = true;
  const key = `parley-class-screen-of-${token.slice(-8)}`;
  try {
    const own = sessionStorage.getItem(key) ?? (await answer("screen", {token, body: {}})).token;
    sessionStorage.setItem(key, own);
    at("screen").href = `/class/screen#${own}`;
    show("screen", true);
  } catch { /* tried again with the next state */ }
  linking = false;
}

const sure = (words, more, yes) => new Promise(resolve => {
  say("sure-words", words);
  say("sure-more", more);
  say("sure-yes", yes);
  const box = at("sure");
  box.returnValue = "";
  box.onclose = () => resolve(box.returnValue === "yes");
  box.showModal();
});
at("sure-yes").addEventListener("click", () => at("sure").close("yes"));
at("sure-no").addEventListener("click", () => at("sure").close(""));

const MOVES = ["start", "resume", "skip", "next", "finish", "back", "pause"].map(at);
const on = (id, work) => at(id).addEventListener("click", event => with_button(event.currentTarget, "refusal", async () => {
  try { await work(); } finally { doze(...MOVES); }
}));
for (const action of ["pause", "resume"]) on(action, () => teach(action));
on("start", async () => {
  await looked();
  if (state.seats.some(seat => seat.students.length) || await sure("Nobody has a seat yet", "If you start, the model plays every seat until somebody comes, or you type in paper ballots.", "Start all the same")) await teach("start");
});
// What follows for seats that have not decided as the class goes on.
function if_they_do_not(kind) {
  if (kind === "accuse") return "If you go on, they accuse nobody, and do not count for a sanction.";
  if (["amend", "accept"].includes(kind)) return "If you go on, the model answers for them.";
  return "If you go on, their earlier choice holds, and where there is none the model plays.";
}
const silent = () => ["predict", "exit"].includes(state.step.kind) ? state.students.filter(one => !one.decided) : [];
// The step, after a look at who has answered by now.
async function looked() {
  const {number} = state.step;
  await poke();
  if (state.step.number !== number) throw new Error("The session has moved on in the meantime.");
}
on("skip", async () => {
  await looked();
  const open = undecided().length, missing = silent().length;
  if (missing && !await sure(`${count(missing, "student has", "students have")} not answered`, "If you go on, their answers are missing in the debrief.", "Go on")) return;
  if (!open || await sure(`${count(open, "seat is", "seats are")} undecided`, if_they_do_not(state.step.kind), "Go on")) await teach("skip");
});
on("next", () => teach("next-part"));
on("back", () => teach("back-part"));
on("inject", () => teach("inject", {event: at("event").value}));
on("hand", () => teach("seat", {student: Number(at("hand-student").value), seat: at("hand-seat").value || null}));
on("release", () => teach("release", {seat: at("release-seat").value}));
for (const id of ["finish", "end"]) on(id, async () => { if (await sure("End the session?", "Nobody can answer afterwards. The debrief stays open, and the table can be downloaded.", "End it")) await teach("end"); });
let wiped = false;
on("wipe", async () => {
  if (!await sure("Wipe everything?", "Names, choices and answers are deleted for good.", "Wipe it")) return;
  wiped = true;
  try { await teach("wipe"); } catch (error) { wiped = false; throw error; }
});
on("export", async () => {
  const {bytes} = await ask("export.csv", {token}), table = new Blob([bytes], {type: "text/csv"});
  const link = element("a", {href: URL.createObjectURL(table), download: `class-session-${state.code}.csv`});
  link.click();
  URL.revokeObjectURL(link.href);
});

if (token) {
  poke = follow(token, {
    on_state: now => { state = now; draw(); link_screen(); },
    on_contact: reached => { contact = reached; notify(); },
    on_end: message => {
      if (state) forget("teacher", state.code);
      gone(wiped ? "Wiped: nothing of this session is left" : message, "/class", "Open a session");
    },
  });
  at("own-link").href = `/class/console#${token}`;
} else gone("This page belongs to a session", "/class", Object.keys(kept("teacher")).length ? "Go on with the session you opened" : "Open a session");
