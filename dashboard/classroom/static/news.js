// The world of a class as the news, the shared screen and the debrief show it.
import { curves } from "./charts.js";
import { at, element, rows, say, show, texts } from "./dom.js";
import { day, message, whole } from "./texts.js";
import { sentences } from "./words.js";

export function counts(place, world) {
  rows(
    place,
    ["state", "firm", "ngo"].filter((kind) => kind in world.counts),
    (kind) => kind,
    (kind) => element("div", {}, element("dt", {}, message(`kind-${kind}`)), element("dd")),
    (node, kind) => say(node.lastChild, whole(world.counts[kind])),
  );
}

// From the last month without a name on the list.
export function curve(place, world) {
  const [date, number] = world.curve.at(-1),
    begins = Math.max(0, world.curve.findIndex(([, listed]) => listed > 0) - 1);
  curves(place, {
    label: message("news-curve", { number, date: day(date) }),
    unit: message("news-unit"),
    lines: [{ points: world.curve.slice(begins), style: "ours", name: message("news-own-world") }],
  });
}

// Names that joined and left, at most *most* of each, and the class's own seats that stay out; of
// those who joined the class's own come first, and the others stand in *unfold* where a page has
// it.
export function moves(state, most, unfold = null) {
  const { world, seats } = state,
    own = new Set(seats.map((seat) => seat.name));
  const first = (names) => [
    ...names.filter((name) => own.has(name)),
    ...names.filter((name) => !own.has(name)),
  ];
  const joined = first(world.joined),
    left = first(world.left),
    more = joined.length - most;
  say("joined-head", message(joined.length ? "news-joined" : "news-nobody-joined"));
  list("joined", joined.slice(0, most), own);
  const framed = joined.some((name) => own.has(name)) && message("news-own-seats");
  if (unfold) {
    show(unfold, more > 0);
    say(
      at(unfold).querySelector("summary"),
      more > 0 ? message("news-others", { number: more }) : "",
    );
    list(at(unfold).querySelector("ul"), joined.slice(most), own);
  }
  say(
    "joined-more",
    sentences(more > 0 && !unfold && message("news-others-on-phones", { number: more }), framed),
  );
  show("joined-more", at("joined-more").textContent);
  const out = seats
    .filter((seat) => seat.signed === false)
    .map((seat) => seat.name)
    .sort((a, b) => a.localeCompare(b, document.documentElement.lang));
  show("out-all", out.length);
  const named = unfold ? out : out.slice(0, most),
    unnamed = out.length - named.length;
  list(
    "out",
    unnamed ? [...named, message("news-unnamed", { number: unnamed })] : named,
    new Set(),
  );
  show("left-all", left.length > 0);
  say("left-head", message("news-left"));
  list("left", left.slice(0, most), own);
}

const list = (place, names, own) =>
  rows(
    place,
    names,
    (name) => name,
    (name) => element("li", {}, name),
    (node, name) => {
      node.className = own.has(name) ? "own-seat" : "";
    },
  );

// What has happened since the last news, but for what is the event of the present step itself;
// where room is *short*, but for what had a step of its own, too.
const TOLD_IN = ["choose", "keep", "accuse", "news", "event"];
export function happened({ happened: all, plan, step: { kind, number } }, short = false) {
  const had_its_own = (each) => plan[each.step].kind === "event" && (short || each.step === number);
  const told = TOLD_IN.includes(kind) ? all.filter((each) => each.new && !had_its_own(each)) : [];
  texts(
    "happened",
    told.map((each) => each.words),
  );
  show("happened-all", told.length);
}

export function headlines(place, all) {
  rows(
    place,
    all,
    ({ seat, step }) => `${step} ${seat}`,
    () => element("li", {}, element("strong"), element("span")),
    (node, { seat, words }) => {
      say(node.firstChild, words);
      say(node.lastChild, seat);
    },
  );
}

// The invented countries that victims have accused, the most accused first. Returns how many they
// are.
export function accused(place, conduct) {
  const named = (conduct?.countries ?? []).filter((each) => each.accused);
  rows(
    place,
    named,
    ({ name }) => name,
    ({ name }) => element("li", {}, element("b", {}, name), " ", element("small")),
    (node, each) => say(node.lastChild, message("news-accused-times", { times: each.accused })),
  );
  return named.length;
}

// What the states' teams decided on sanctions, for everybody.
export function sanction_words({ name: country, asked, states, needed }) {
  if (country) return message("news-sanctioned", { country, asked, states });
  return message(states < needed ? "news-too-few-decided" : "news-too-few-asked", {
    states,
    needed,
  });
}
