// The parts of the debrief, on phones, on the shared screen and below the teacher's buttons.
import {curves, guesses} from "./charts.js";
import {element, rows, say, show, texts} from "./dom.js";
import {UNIT, headlines, sanction_words} from "./news.js";
import {debrief_of} from "./text.js";
import {PARTS, count, day, listed, middle_in_words, month, times, whole} from "./words.js";

// "2 of 5" of the part that is shown.
export const place_of_part = ({part, parts}) => `${parts.indexOf(part) + 1} of ${parts.length}`;

const JUMP = "The jump a year after the launch is built in: new attention, and names that had waited.";
const MANY = 10;  // countries that have room for more than a line each
const chart = name => element("div", {className: `chart ${name}`});
const seat_lists = (on, off) => element("div", {className: "stack tight"}, element("h2", {}, on), element("ul", {className: "names"}), element("h2", {}, off), element("ul", {className: "names out-list"}));
const BUILD = {
  feelings: () => [element("p", {className: "finding"}), element("ul", {className: "moods"})],
  wording: () => [
    element("p", {className: "finding"}),
    element("div", {className: "stack"},
      element("div", {className: "stack tight"}, element("h2", {}, "Deeper"), element("ul", {className: "names"})),
      element("div", {className: "stack tight"}, element("h2", {}, "Weaker"), element("ul", {className: "names out-list"}))),
    element("div", {className: "stack"},
      element("div", {className: "stack tight"}, element("h2", {}, "Who blocked"), element("ul", {className: "stack tight"})),
      element("div", {className: "stack tight"}, element("h2", {}, "What the model expects of it"), element("p"), element("p", {}, element("span", {className: "badge"})))),
  ],
  facts: () => [
    element("div", {className: "stack tight"}, element("h2", {}, "What you had expected"), element("p", {className: "dimmed"}), chart("dots"), element("p", {className: "finding"})),
    seat_lists("Your seats on the list", "Not on it"),
    element("div", {className: "stack tight"}, element("h2", {}, "What came from outside"), element("ul", {className: "outside"})),
    element("div", {className: "stack tight"}, element("h2", {}, "The headlines"), element("ol", {className: "headlines"})),
  ],
  conduct: () => [
    element("p", {className: "finding"}), element("p", {}, element("span"), " ", element("span", {className: "badge"}, "assumed")),
    element("div", {className: "stack tight"}, element("h2", {}, "Acted in secret"), element("ul", {className: "countries-of"})),
    element("div", {className: "stack tight"}, element("h2", {}, "Held back"), element("ul", {className: "countries-of held"})),
    element("p", {className: "dimmed"}, "The names are invented. What the model makes of secret acts is assumed, as nobody has measured them."),
  ],
  sanction: () => [
    element("p", {className: "finding"}), element("p"),
    element("div", {className: "stack tight"}, element("h2", {}, "What it would cost in the model ", element("span", {className: "badge"}, "assumed")),
      element("ul", {className: "costs"}, ...["Words", "A sanction"].map(what => element("li", {}, element("span", {}, what), element("strong"), element("small"))))),
    element("p", {className: "dimmed"}, "The model has no sanction of one country, so yours moved nothing in it: these are its assumptions on any. In it nobody pays for a sanction but the one whom it strikes. The names are invented."),
  ],
  model: () => [chart("large-chart"), element("p", {className: "finding"}), element("p", {className: "dimmed"})],
  record: () => [
    chart("large-chart"), element("p", {className: "finding"}), element("p", {className: "dimmed"}),
    seat_lists("Your seats on the real list", "Not on it"),
  ],
  transfer: () => [element("p", {className: "question"})],
};

const built = new WeakMap();

export function debrief(place, state) {
  if (!built.has(place)) {
    const parts = Object.fromEntries(state.debrief.parts.map(name => [name, element("div", {className: `part part-${name} stack`, hidden: true}, ...BUILD[name]())]));
    place.replaceChildren(...Object.values(parts));
    built.set(place, parts);
  }
  const parts = built.get(place), {part} = state.debrief;
  for (const name of state.debrief.parts) show(parts[name], name === part);
  FILL[part](parts[part].children, state.debrief, state);
}

const is_number = value => typeof value === "number";
const nearness = by => by === 0 ? "exactly" : by < 0 ? `${whole(-by)} too few` : `${whole(by)} too many`;
const ending = about => about.class.curve.at(-1)[1];

const FILL = {
  feelings([words, bars], {moods}) {
    const most = Math.max(1, ...moods.map(each => each.students)), answers = moods.reduce((sum, each) => sum + each.students, 0);
    say(words, answers ? `${count(answers, "of you has", "of you have")} said how it was.` : "Say in one word how it was.");
    rows(bars, moods, ({value}) => value, ({words: mood}) => element("li", {}, element("span", {}, mood), element("span", {className: "track"}, element("i")), element("b")), (row, each) => {
      row.children[1].firstChild.style.transform = `scaleX(${each.students / most})`;
      say(row.lastChild, String(each.students));
    });
  },
  wording(parts, about) { debrief_of(parts, about); },
  facts([expected, seats, outside, press], {predictions, answer, middle, played_until}, {headlines: all, seats: places, happened, own_guess}) {
    const mine = own_guess?.before, values = predictions.map(each => each.before).filter(is_number), [, words, dots, finding] = expected.children;
    show(expected, values.length);
    if (values.length) {
      say(words, `Your guesses: ${answer.unit} on the list on ${day(answer.date)}`);
      guesses(dots, {
        label: `${count(values.length, "guess", "guesses")}, the middle ${middle_in_words(middle.before)}; your world has ${whole(answer.class)}${is_number(mine) ? `; your own guess is ${whole(mine)}` : ""}`,
        values, truths: [{value: answer.class, words: "your world", style: "ours"}, ...(is_number(mine) ? [{value: mine, words: "your guess", style: "own-guess"}] : [])],
      });
      const yours = is_number(mine) ? ` You guessed ${whole(mine)}, ${nearness(mine - answer.class)}.` : "";
      const alone = answer.date > played_until ? ` You played to ${day(played_until)}; from there the model played on alone.` : "";
      say(finding, `It became ${whole(answer.class)}; the middle of your guesses is ${middle_in_words(middle.before)}.${yours}${alone}`);
    }
    show(outside, happened.length);
    texts(outside.lastChild, happened.map(each => `${month(each.date)}: ${each.words}`));
    const known = places.filter(seat => typeof seat.signed === "boolean");
    fill_lists(seats, known, seat => seat.signed);
    show(press, all.length);
    headlines(press.lastChild, [...all].reverse());
  },
  conduct([finding, words, acted, held], {conduct: {countries, teams, sanction: vote}}, {verdict}) {
    const did = countries.filter(each => each.acted), did_not = countries.filter(each => !each.acted);
    const seen = did.filter(each => each.rightly), blamed = did_not.filter(each => each.wrongly), all = teams.right + teams.wrong;
    say(finding, `${whole(did.length)} of ${count(countries.length, "country", "countries")} acted in secret; ${!seen.length ? "none of them was rightly accused" : seen.length === did.length ? `${did.length === 1 ? "it was" : "all of them were"} rightly accused` : `${whole(seen.length)} of them ${seen.length === 1 ? "was" : "were"} rightly accused`}. ${blamed.length ? `${listed(blamed.map(({name}) => name))} held back and ${blamed.length === 1 ? "was" : "were"} accused all the same.` : "Nobody who held back was accused."}`);
    const yours = verdict ? ` You accused ${verdict.name}, and were ${verdict.right ? "right" : "wrong"}.` : "";
    say(words.firstChild, (all ? `Of ${count(all, "accusation")} by your teams ${teams.right ? whole(teams.right) : "none"} ${teams.right < 2 ? "was" : "were"} right.` : "None of your teams accused anybody.") + yours);
    const crowded = countries.length > MANY;
    for (const [node, some, look] of [[acted, did, "countries-of"], [held, did_not, "countries-of held"]]) {
      show(node, some.length);
      node.lastChild.className = crowded ? `${look} crowded` : look;
      rows(node.lastChild, some, ({name}) => name, ({name}) => element("li", {}, element("strong", {}, name), element("small")), (item, each) => {
        const number = each.rightly + each.wrongly, teams = each.teams && !crowded ? `by ${each.teams} of your teams` : "";
        const by = number ? `accused ${times(number)}${teams && " and "}${teams}` : teams ? `accused ${teams} alone` : "not accused";
        say(item.lastChild, each.name === vote?.name && !crowded ? `${by}; sanctioned` : by);
        item.lastChild.className = !each.acted && each.wrongly ? "blamed" : "";
      });
    }
  },
  sanction([finding, words, costs], {conduct: {sanction: vote}}, {verdict}) {
    const {name, right, teams, cost, asked, states} = vote, all = teams.right + teams.wrong, items = costs.lastChild.children;
    say(finding, !name ? sanction_words(vote) : right ? `${name} was sanctioned, and rightly: it had acted in secret.` : `${name} was sanctioned, and wrongly: it had held back until then.`);
    const wanted = all ? `${count(all, "team")} wanted a sanction, ${teams.right ? whole(teams.right) : "none"} of them of a country that had acted.` : "No team wanted a sanction.";
    const yours = verdict?.sanction ? ` You wanted one of ${verdict.name}, and were ${verdict.right ? "right" : "wrong"}.` : "";
    say(words, `${name ? `${whole(asked)} of the ${whole(states)} states’ teams that decided asked for it. ` : ""}${wanted}${yours}`);
    for (const [item, price, what] of [
      [items[0], cost.standing, "of the weight of its example is lost by whoever is accused in public, rightly or wrongly"],
      [items[1], `up to ${cost.sanction}`, `by all who had signed, with ${cost.power} of the power of all states, where being named before the most watchful public costs\u00a01`],
    ]) { say(item.children[1], price); say(item.children[2], what); }
  },
  model([place, finding, words], about, {happened}) {
    const {simulated, worlds} = about, own = ending(about), edges = [simulated.low, simulated.high].map(edge => Math.round(edge.at(-1))), [low, high] = edges, span = edges.map(whole).join(" to ");
    draw(place, about, false);
    say(finding, own < low ? `Your world ends with ${whole(own)} on the list, fewer than 9 of 10 simulated worlds (${span}).`
      : own > high ? `Your world ends with ${whole(own)} on the list, more than 9 of 10 simulated worlds (${span}).`
        : `Your world ends with ${whole(own)} on the list, within 9 of 10 simulated worlds (${span}).`);
    const without = happened.length ? `, and without what came from outside in yours (${listed(happened.map(each => month(each.date)))})` : "";
    say(words, `The band holds 9 of 10 of ${worlds} worlds of the same scenario${about.talks?.changed ? " and of your text," : ""} without your choices${without}. Among themselves they differ by luck alone. You played to ${day(about.played_until)}; from there the model played on alone. ${JUMP}`);
  },
  record([place, finding, words, seats], about, {own_guess: mine}) {
    const {record: {points, seats: really}, answer, middle} = about, known = points.length > 0;
    draw(place, about, true);
    say(finding, known ? `The real list had ${whole(points.at(-1)[1])} names on ${day(points.at(-1)[0])}; yours ends with ${whole(ending(about))}.` : "This scenario is invented: no real list answers it.");
    fill_lists(seats, really.filter(seat => seat.known), seat => seat.since);
    const real = answer.record === null ? "" : `A year after the launch ${whole(answer.record)} ${answer.unit} really stood on it. `;
    const {before, after} = middle, own = is_number(mine?.before) && is_number(mine?.after) ? `You guessed ${whole(mine.before)} and ${whole(mine.after)}. ` : "";
    const guessed = real && before !== null && after !== null ? `The middle of your guesses was ${middle_in_words(before)} before the game and ${middle_in_words(after)} after it. ${own}` : "";
    const undated = really.filter(seat => !seat.known).map(({name}) => name);
    const others = undated.length ? ` Of firms and NGOs it has numbers alone, so that of ${listed(undated)} it does not tell.` : "";
    const other = about.talks?.changed ? "The real list is of another text: that of its convenor, not yours. " : "";
    say(words, known ? `${other}${real}${guessed}The model was fitted to this list, so it is no surprise that its worlds come near.${others}` : "");
  },
  transfer([words], {transfer}) { say(words, transfer); },
};

function fill_lists(node, seats, is_on) {
  const [on, names_on, off, names_off] = node.children, inside = seats.filter(is_on), outside = seats.filter(seat => !is_on(seat));
  show(node, seats.length);
  for (const [head, list, some] of [[on, names_on, inside], [off, names_off, outside]]) {
    for (const each of [head, list]) show(each, some.length);
    rows(list, some, ({id}) => id, ({name, since}) => element("li", {}, name, ...(since ? [" ", element("small", {}, month(since))] : [])));
  }
}

function draw(place, {class: own, simulated, record}, with_record) {
  const points = with_record ? record.points : [];
  curves(place, {
    unit: UNIT,
    label: `Curves of all on the list: your world ends at ${whole(own.curve.at(-1)[1])}, the middle of the simulated worlds at ${whole(simulated.middle.at(-1))}${points.length ? `, the register at ${whole(points.at(-1)[1])}` : ""}`,
    band: {...simulated, style: "most", name: "simulated"},
    lines: [{points: own.curve, style: "ours", name: "your world"}],
    dots: points.length ? {points, style: "register", name: "register"} : null,
  });
}
