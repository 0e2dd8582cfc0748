// The world of a class as the news, the shared screen and the debrief show it.
import {curves} from "./charts.js";
import {at, element, rows, say, show, texts} from "./dom.js";
import {KINDS, count, day, times, whole} from "./words.js";

export const UNIT = "names on the list";

export function counts(place, world) {
  rows(place, ["state", "firm", "ngo"].filter(kind => kind in world.counts), kind => kind,
    kind => element("div", {}, element("dt", {}, message(`kind-${kind}`)), element("dd")),
    (node, kind) => say(node.lastChild, whole(world.counts[kind])));
}

// From the last month without a name on the list.
export function curve(place, world) {
  const [date, number] = world.curve.at(-1), begins = Math.max(0, world.curve.findIndex(([, listed]) => listed > 0) - 1);
  curves(place, {label: `Curve of all on the list: ${whole(number)} on ${day(date)}`, unit: UNIT, lines: [{points: world.curve.slice(begins), style: "ours", name: "your world"}]});
}

// Names that joined and left, at most *most* of each, and the class's own seats that stay out; of those who joined the
// class's own come first, and the others stand in *unfold* where a page has it.
export function moves(state, most, unfold = null) {
  const {world, seats} = state, own = new Set(seats.map(seat => seat.name));
  const first = names => [...names.filter(name => own.has(name)), ...names.filter(name => !own.has(name))];
  const joined = first(world.joined), left = first(world.left), more = joined.length - most;
  say("joined-head", joined.length ? "New on the list" : "Nobody new with a name");
  list("joined", joined.slice(0, most), own);
  const framed = joined.some(name => own.has(name)) ? "Framed: seats of this class." : "";
  const others = more > 0 ? `and ${count(more, "other")} with a name` : "";
  if (unfold) {
    show(unfold, others);
    say(at(unfold).querySelector("summary"), others);
    list(at(unfold).querySelector("ul"), joined.slice(most), own);
  }
  say("joined-more", [others && !unfold ? `${others}, all on your phones.` : "", framed].join(" ").trim());
  show("joined-more", at("joined-more").textContent);
  const out = seats.filter(seat => seat.signed === false).map(seat => seat.name).sort((a, b) => a.localeCompare(b, "en"));
  show("out-all", out.length);
  const named = unfold ? out : out.slice(0, most), unnamed = out.length - named.length;
  list("out", unnamed ? [...named, `and ${whole(unnamed)} more`] : named, new Set());
  show("left-all", left.length > 0);
  say("left-head", "Left the list");
  list("left", left.slice(0, most), own);
}

const list = (place, names, own) => rows(place, names, name => name, name => element("li", {}, name),
  (node, name) => { node.className = own.has(name) ? "own-seat" : ""; });

// What has happened since the last news, but for what is the event of the present step itself; where room is *short*, but
// for what had a step of its own, too.
const TOLD_IN = ["choose", "keep", "accuse", "news", "event"];
export function happened({happened: all, plan, step: {kind, number}}, short = false) {
  const had_its_own = each => plan[each.step].kind === "event" && (short || each.step === number);
  const told = TOLD_IN.includes(kind) ? all.filter(each => each.new && !had_its_own(each)) : [];
  texts("happened", told.map(each => each.words));
  show("happened-all", told.length);
}

export function headlines(place, all) {
  rows(place, all, ({seat, step}) => `${step} ${seat}`, () => element("li", {}, element("strong"), element("span")),
    (node, {seat, words}) => { say(node.firstChild, words); say(node.lastChild, seat); });
}

// The invented countries that victims have accused, the most accused first; with *all*, the others as well.
export function accused(place, conduct, all = false) {
  const named = (conduct?.countries ?? []).filter(each => all || each.accused);
  rows(place, named, ({name}) => name, ({name}) => element("li", {}, element("b", {}, name), " ", element("small")),
    (node, each) => say(node.lastChild, each.accused ? times(each.accused) : "never"));
  return named.length;
}

// What the states' teams decided on sanctions, for everybody.
export function sanction_words(vote) {
  const {name, asked, states, needed} = vote, of = `${whole(states)} states’ ${states === 1 ? "team" : "teams"} that decided`;
  if (name) return `${name} is sanctioned: ${whole(asked)} of the ${of} asked for it.`;
  return states < needed ? `Nobody is sanctioned: ${whole(needed)} states’ teams would have had to ask for it, and ${states ? `${whole(states)} decided` : "none decided"}.`
    : `Nobody is sanctioned: of the ${of}, ${whole(needed)} would have had to ask for the same country.`;
}
