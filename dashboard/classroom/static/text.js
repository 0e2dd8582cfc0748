// The talks over the text: what a team wants, the chair's draft, the vote and what opens.
import {at, element, rows, say, show, texts} from "./dom.js";
import {capital, count, listed, whole} from "./words.js";

const RUNGS = {out: "left out", weaker: "weaker", written: "as written", deeper: "deeper", full: "in full"};

// One draft: a line for each provision, with the rungs that it may stand on, where it stood and where it stands now.
export function ladders(place, talks, asked = true) {
  rows(place, talks.draft ?? [], ({id}) => id, ({name, rungs}) => element("li", {},
    element("strong", {}, capital(name)), element("span", {className: "rungs", "aria-hidden": "true"}, ...rungs.map(() => element("i"))),
    element("span", {className: "to"}), element("small", {className: "dimmed"})), (node, {rungs, before, after, more, less}) => {
    const [from, to] = [rungs.indexOf(before), rungs.indexOf(after)], moved = from !== to;
    node.className = moved ? to > from ? "moved up" : "moved down" : "";
    [...node.querySelectorAll("i")].forEach((dot, number) => {
      dot.className = number === to ? "is-now" : number === from ? "is-before" : number > Math.min(from, to) && number < Math.max(from, to) ? "is-between" : "";
    });
    say(node.children[2], moved ? `${RUNGS[before]} → ${RUNGS[after]}` : `stays ${RUNGS[after]}`);
    say(node.lastChild, asked ? wishes(more, less, talks.seats) : "");
  });
}

function wishes(more, less, seats) {
  const [first, second] = [[more, "more"], [less, "less"]].filter(([number]) => number);
  if (!first) return "nobody wants more or less";
  return `${whole(first[0])} of ${whole(seats)} ${first[0] === 1 ? "wants" : "want"} ${first[1]}${second ? `, ${whole(second[0])} ${second[1]}` : ""}`;
}

const moves_in = draft => draft.filter(({before, after}) => before !== after).length;
export const by_model = ({model}) => model ? `For ${count(model, "seat")} the model answers (assumed).` : "";
export function draft_in_words({draft}) {
  const moves = moves_in(draft), rest = draft.length - moves;
  return moves ? `${count(moves, "provision moves", "provisions move")}, ${whole(rest)} ${rest === 1 ? "stays" : "stay"}.` : "No provision moves: no wish had more than half of the seats.";
}
export const rule_in_words = ({needed, seats}) => needed === seats ? `It is adopted only if all ${whole(seats)} seats accept it.` : `It is adopted if ${whole(needed)} of the ${whole(seats)} seats accept it.`;

// What came of a vote: the numbers, and who blocks, each by its name. Returns the sections to show, none before a vote.
export function vote(place, talks) {
  const node = at(place), {vote: last, needed, seats} = talks;
  show(node, last);
  if (!last) return [];
  const [words, names, note] = node.children;
  say(words, `${whole(last.accept)} of ${whole(seats)} seats accept; ${whole(needed)} had to. ${last.blockers.length ? "Blocked by:" : ""}`);
  rows(names, last.blockers, ({name}) => name, ({name}) => element("li", {}, name, " ", element("small")), (item, {model}) => say(item.lastChild, model ? "the model" : ""));
  show(names, last.blockers.length);
  show(note, last.blockers.some(({model}) => model));
  return [place];
}

// How the talks ended: the heading, and a line below it.
export function ending({vote: last, draft, convenor}) {
  const own = convenor ? `the text of ${convenor}` : "the convenor’s text";
  if (!last.adopted) return {head: "The talks have failed", words: `Twice the draft found too few. So ${own} opens for signature, as it was written.`};
  const changed = moves_in(draft);
  return {head: "The text is adopted", words: changed ? `It differs from ${own} in ${count(changed, "provision")}, and opens for signature now.` : `It is ${own}, word for word, and opens for signature now.`};
}

// What a team wants of the text: one row of buttons for each provision, kept while the page is drawn anew.
let made = null, sending = null;
const name_of = id => `wish-${id}`;
const chosen = id => document.querySelector(`input[name="${name_of(id)}"]:checked`)?.value;

function changes() {
  return made.provisions.filter(({id, table}) => chosen(id) !== table).map(({id, name}) => ({id, name, rung: chosen(id)}));
}

function provision({id, name, asks, rungs, table}) {
  const buttons = rungs.map(({value, words}) => element("label", {className: value === table ? "rung on-table" : "rung"},
    element("input", {type: "radio", name: name_of(id), value, checked: value === table}), element("span", {}, words)));
  return element("fieldset", {className: "card wish"},
    element("legend", {className: "asked"}, capital(name)), element("p", {className: "small dimmed"}, asks ? `Asks for ${asks}` : ""),
    element("div", {className: "rung-row", role: "presentation"}, ...buttons));
}

function tell() {
  const all = changes();
  say("wish-count", all.length ? count(all.length, "change") : "All as it is");
}

export function amend(state, weigh) {
  const {talks, step: {number}} = state;
  sending = weigh;
  if (made?.number === number) return;
  made = {number, provisions: talks.provisions};
  at("wishes").replaceChildren(...talks.provisions.map(provision));
  tell();
}

const wish = () => Object.fromEntries(changes().map(({id, rung}) => [id, rung]));
const lines_of = (value, provisions) => provisions.filter(({id}) => value[id]).map(({id, name}) => `${capital(name)}: ${RUNGS[value[id]]}`);

// A list of what a team wants, or one line that it wants no change.
export function wanted(place, value, provisions) {
  const lines = lines_of(value, provisions);
  texts(place, lines.length ? lines : ["The text as it is on the table"]);
}

at("wishes")?.addEventListener("change", tell);
at("wish-form")?.addEventListener("submit", event => { event.preventDefault(); sending(wish()); });

export function debrief_of([finding, {children: [up, down]}, {children: [votes, expected]}], {talks, worlds}) {
  const more = talks.deepened.length, less = talks.weakened.length;
  say(finding, !talks.adopted ? "Your talks failed, and the text opened as it was written." : !talks.changed ? "You adopted the text as it was written."
    : `Your text goes deeper in ${count(more, "provision")} and is weaker in ${whole(less)} than ${talks.convenor ? `that of ${talks.convenor}` : "the convenor’s"}.`);
  for (const [node, all] of [[up, talks.deepened], [down, talks.weakened]]) {
    show(node, all.length);
    rows(node.lastChild, all, ({id}) => id, ({name}) => element("li", {}, capital(name), " ", element("small")), (item, {after}) => say(item.lastChild, RUNGS[after]));
  }
  rows(votes.lastChild, talks.votes, (_, number) => number, () => element("li"), (item, last, number) => {
    const [teams, others] = [false, true].map(by => listed(last.blockers.filter(({model}) => model === by).map(({name}) => name)));
    const who = [teams, others && `by the model for ${others}`].filter(Boolean).join(", and ");
    say(item, capital(`${talks.votes.length > 1 ? `${number ? "second" : "first"} draft: ` : ""}${who ? `blocked ${teams ? "by " : ""}${who}` : "nobody blocked"}; ${last.adopted ? "adopted" : "not adopted"}.`));
  });
  const {own, written, basis} = talks.expected, [, words, badge] = expected.children;
  say(words, talks.changed ? `The middle one of ${worlds} worlds with your text, and without your choices, ends with ${whole(own)} names on the list; with the text as it was written, with ${whole(written)}.` : `The middle one of its ${worlds} worlds, without your choices, ends with ${whole(written)} names on the list.`);
  say(badge.firstChild, basis);
}
