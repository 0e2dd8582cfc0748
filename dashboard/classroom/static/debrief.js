// The parts of the debrief, on phones, on the shared screen and below the teacher's buttons.
import { curves, guesses } from "./charts.js";
import { element, rows, say, show, texts } from "./dom.js";
import { headlines, sanction_words } from "./news.js";
import { debrief_of } from "./text.js";
import { day, listed, message, month } from "./texts.js";
import { sentences } from "./words.js";

// "2 of 5" of the part that is shown.
export const place_of_part = ({ part, parts }) =>
  message("debrief-part-of", { number: parts.indexOf(part) + 1, all: parts.length });

const MANY = 10; // countries that have room for more than a line each
const chart = (name) => element("div", { className: `chart ${name}` });
const part_of = (head, ...children) =>
  element("div", { className: "stack tight" }, element("h2", {}, head), ...children);
const assumed = () => element("span", { className: "badge" }, message("news-assumed"));
const seat_lists = (on) =>
  part_of(
    on,
    element("ul", { className: "names" }),
    element("h2", {}, message("debrief-off-list")),
    element("ul", { className: "names out-list" }),
  );
const BUILD = {
  feelings: () => [element("p", { className: "finding" }), element("ul", { className: "moods" })],
  wording: () => [
    element("p", { className: "finding" }),
    element(
      "div",
      { className: "stack" },
      part_of(message("talks-deeper"), element("ul", { className: "names" })),
      part_of(message("talks-weaker"), element("ul", { className: "names out-list" })),
    ),
    element(
      "div",
      { className: "stack" },
      part_of(message("talks-votes"), element("ul", { className: "stack tight" })),
      part_of(
        message("talks-expected"),
        element("p"),
        element("p", {}, element("span", { className: "badge" })),
      ),
    ),
  ],
  facts: () => [
    part_of(
      message("debrief-expected"),
      element("p", { className: "dimmed" }),
      chart("dots"),
      element("p", { className: "finding" }),
    ),
    element(
      "div",
      { className: "pages stack" },
      seat_lists(message("debrief-on-list")),
      part_of(message("debrief-outside"), element("ul", { className: "outside" })),
      part_of(message("debrief-headlines"), element("ol", { className: "headlines" })),
    ),
    element("p", { className: "page-number dimmed", hidden: true }),
  ],
  conduct: () => [
    element("p", { className: "finding" }),
    element("p", {}, element("span"), " ", assumed()),
    part_of(message("debrief-acted-head"), element("ul", { className: "countries-of" })),
    part_of(message("debrief-held-head"), element("ul", { className: "countries-of held" })),
    element("p", { className: "dimmed" }, message("debrief-conduct-basis")),
  ],
  sanction: () => [
    element("p", { className: "finding" }),
    element("p"),
    element(
      "div",
      { className: "stack tight" },
      element("h2", {}, message("debrief-costs"), " ", assumed()),
      element(
        "ul",
        { className: "costs" },
        ...[message("debrief-cost-of-words"), message("debrief-cost-of-sanction")].map((what) =>
          element("li", {}, element("span", {}, what), element("strong"), element("small")),
        ),
      ),
    ),
    element("p", { className: "dimmed" }, message("debrief-sanction-basis")),
  ],
  model: () => [
    chart("large-chart"),
    element("p", { className: "finding" }),
    element("p", { className: "dimmed" }),
  ],
  record: () => [
    chart("large-chart"),
    element("p", { className: "finding" }),
    element("p", { className: "dimmed" }),
    seat_lists(message("debrief-on-record")),
  ],
  transfer: () => [element("p", { className: "question" })],
};

const built = new WeakMap();

export function debrief(place, state) {
  if (!built.has(place)) {
    const parts = Object.fromEntries(
      state.debrief.parts.map((name) => [
        name,
        element("div", { className: `part part-${name} stack`, hidden: true }, ...BUILD[name]()),
      ]),
    );
    place.replaceChildren(...Object.values(parts));
    built.set(place, parts);
  }
  const parts = built.get(place),
    { part } = state.debrief;
  for (const name of state.debrief.parts) show(parts[name], name === part);
  FILL[part](parts[part].children, state.debrief, state);
}

const is_number = (value) => typeof value === "number";
const side_of = (by) => (by === 0 ? "exact" : by < 0 ? "below" : "above");
const right_or_wrong = (right) => (right ? "right" : "wrong");
const ending = (about) => about.class.curve.at(-1)[1];
const played_on = (about) => message("debrief-played-on", { date: day(about.played_until) });

const FILL = {
  feelings([words, bars], { moods }) {
    const most = Math.max(1, ...moods.map((each) => each.students)),
      answers = moods.reduce((sum, each) => sum + each.students, 0);
    say(words, message("debrief-feelings", { answers }));
    rows(
      bars,
      moods,
      ({ value }) => value,
      ({ words: mood }) =>
        element(
          "li",
          {},
          element("span", {}, mood),
          element("span", { className: "track" }, element("i")),
          element("b"),
        ),
      (row, each) => {
        row.children[1].firstChild.style.transform = `scaleX(${each.students / most})`;
        say(row.lastChild, String(each.students));
      },
    );
  },
  wording(parts, about) {
    debrief_of(parts, about);
  },
  facts(
    [
      expected,
      {
        children: [seats, outside, press],
      },
    ],
    about,
    { headlines: all, seats: places, happened, own_guess },
  ) {
    const { predictions, answer, middle, played_until } = about,
      mine = own_guess?.before,
      values = predictions.map((each) => each.before).filter(is_number),
      [, words, dots, finding] = expected.children;
    show(expected, values.length);
    if (values.length) {
      say(words, message("debrief-guesses", { unit: answer.unit, date: day(answer.date) }));
      guesses(dots, {
        label: message("debrief-guesses-label", {
          guesses: values.length,
          middle: middle.before,
          world: answer.class,
          own: is_number(mine) ? mine : "none",
        }),
        values,
        truths: [
          { value: answer.class, words: message("news-own-world"), style: "ours" },
          ...(is_number(mine)
            ? [{ value: mine, words: message("debrief-own-guess"), style: "own-guess" }]
            : []),
        ],
      });
      const by = mine - answer.class;
      say(
        finding,
        sentences(
          message("debrief-became", { world: answer.class, middle: middle.before }),
          is_number(mine) &&
            message("debrief-you-guessed", { guess: mine, side: side_of(by), by: Math.abs(by) }),
          answer.date > played_until && played_on(about),
        ),
      );
    }
    show(outside, happened.length);
    texts(
      outside.lastChild,
      happened.map((each) =>
        message("debrief-outside-one", { month: month(each.date), words: each.words }),
      ),
    );
    const known = places.filter((seat) => typeof seat.signed === "boolean");
    fill_lists(seats, known, (seat) => seat.signed);
    show(press, all.length);
    headlines(press.lastChild, [...all].reverse());
  },
  conduct(
    [finding, words, acted, held],
    { conduct: { countries, teams, sanction: vote } },
    { verdict },
  ) {
    const did = countries.filter((each) => each.acted),
      did_not = countries.filter((each) => !each.acted);
    const seen = did.filter((each) => each.rightly),
      blamed = did_not.filter((each) => each.wrongly),
      all = teams.right + teams.wrong;
    const how_many = !seen.length ? "none" : seen.length === did.length ? "all" : "some";
    say(
      finding,
      sentences(
        message("debrief-acted", {
          acted: did.length,
          countries: countries.length,
          accused: how_many,
          seen: seen.length,
        }),
        message("debrief-blamed", {
          number: blamed.length,
          names: listed(blamed.map(({ name }) => name)),
        }),
      ),
    );
    say(
      words.firstChild,
      sentences(
        message("debrief-accusations", { accusations: all, right: teams.right }),
        verdict &&
          message("debrief-you-accused", {
            country: verdict.name,
            verdict: right_or_wrong(verdict.right),
          }),
      ),
    );
    const crowded = countries.length > MANY;
    for (const [node, some] of [
      [acted, did],
      [held, did_not],
    ]) {
      show(node, some.length);
      node.lastChild.className = `countries-of${node === held ? " held" : ""}${crowded ? " crowded" : ""}`;
      rows(
        node.lastChild,
        some,
        ({ name }) => name,
        ({ name }) => element("li", {}, element("strong", {}, name), element("small")),
        (item, each) => {
          const punished = each.name === vote?.name && !crowded,
            by = { times: each.rightly + each.wrongly, teams: crowded ? 0 : (each.teams ?? 0) };
          say(
            item.lastChild,
            message(punished ? "debrief-accused-sanctioned" : "debrief-accused", by),
          );
          item.lastChild.className = !each.acted && each.wrongly ? "blamed" : "";
        },
      );
    }
  },
  sanction([finding, words, costs], { conduct: { sanction: vote } }, { verdict }) {
    const { name, right, teams, cost, asked, states } = vote,
      all = teams.right + teams.wrong,
      items = costs.lastChild.children;
    say(
      finding,
      name
        ? message("debrief-sanctioned", { country: name, verdict: right_or_wrong(right) })
        : sanction_words(vote),
    );
    say(
      words,
      sentences(
        name && message("debrief-asked", { asked, states }),
        message("debrief-wanted", { teams: all, right: teams.right }),
        verdict?.sanction &&
          message("debrief-you-wanted", {
            country: verdict.name,
            verdict: right_or_wrong(verdict.right),
          }),
      ),
    );
    for (const [item, price, what] of [
      [items[0], cost.standing, message("debrief-cost-of-words-is")],
      [
        items[1],
        message("debrief-cost-of-sanction-most", { cost: cost.sanction }),
        message("debrief-cost-of-sanction-is", { power: cost.power }),
      ],
    ]) {
      say(item.children[1], price);
      say(item.children[2], what);
    }
  },
  model([place, finding, words], about, { happened }) {
    const { simulated, worlds } = about,
      own = ending(about),
      [low, high] = [simulated.low, simulated.high].map((edge) => Math.round(edge.at(-1)));
    draw(place, about, false);
    const at_end = own < low ? "below" : own > high ? "above" : "within",
      stretch = along_an_edge(about.class.curve, simulated);
    const on_the_way =
      stretch &&
      stretch.side !== at_end &&
      message("debrief-way", {
        side: stretch.side,
        from: month(stretch.from),
        to: month(stretch.to),
      });
    say(
      finding,
      sentences(message("debrief-world", { own, low, high, place: at_end }), on_the_way),
    );
    const band = {
      worlds,
      text: about.talks?.changed ? "own" : "written",
      outside: happened.length,
      months: listed(happened.map((each) => month(each.date))),
    };
    say(
      words,
      sentences(
        message("debrief-band", band),
        message("debrief-luck"),
        played_on(about),
        message("debrief-jump"),
      ),
    );
  },
  record([place, finding, words, seats], about, { own_guess: mine }) {
    const {
        record: { points, seats: really },
        answer,
        middle,
      } = about,
      known = points.length > 0;
    draw(place, about, true);
    say(
      finding,
      known
        ? message("debrief-record", {
            register: points.at(-1)[1],
            date: day(points.at(-1)[0]),
            own: ending(about),
          })
        : message("debrief-no-record"),
    );
    fill_lists(
      seats,
      really.filter((seat) => seat.known),
      (seat) => seat.since,
    );
    const real = answer.record !== null,
      { before, after } = middle,
      guessed = real && before !== null && after !== null;
    const own = guessed && is_number(mine?.before) && is_number(mine?.after),
      undated = really.filter((seat) => !seat.known).map(({ name }) => name);
    say(
      words,
      known
        ? sentences(
            about.talks?.changed && message("debrief-other-text"),
            real &&
              message("debrief-record-of-a-year", { number: answer.record, unit: answer.unit }),
            guessed && message("debrief-middles", { before, after }),
            own && message("debrief-own-guesses", { before: mine.before, after: mine.after }),
            message("debrief-fitted"),
            undated.length && message("debrief-unknown", { names: listed(undated) }),
          )
        : "",
    );
  },
  transfer([words], { transfer }) {
    say(words, transfer);
  },
};

// The longest stretch in which the class's own curve runs along an edge of the band, or beyond it;
// null for none that lasts.
const LASTS = 3,
  NEAR = 0.1; // rounds; share of the width of the band
function along_an_edge(curve, { dates, low, high }) {
  let longest = null;
  for (const side of ["above", "below"]) {
    let begins = null;
    for (const [place, date] of [...dates, null].entries()) {
      const own = curve[place]?.[1],
        near = NEAR * (high[place] - low[place]),
        is_there =
          date !== null &&
          high[place] > 0 &&
          (side === "above" ? own >= high[place] - near : own <= low[place] + near);
      if (is_there) begins ??= place;
      else if (begins !== null) {
        const rounds = place - begins;
        if (rounds >= LASTS && rounds > (longest?.rounds ?? 0))
          longest = { side, rounds, from: dates[begins], to: dates[place - 1] };
        begins = null;
      }
    }
  }
  return longest;
}

function fill_lists(node, seats, is_on) {
  const [on, names_on, off, names_off] = node.children,
    inside = seats.filter(is_on),
    outside = seats.filter((seat) => !is_on(seat));
  show(node, seats.length);
  for (const [head, list, some] of [
    [on, names_on, inside],
    [off, names_off, outside],
  ]) {
    for (const each of [head, list]) show(each, some.length);
    rows(
      list,
      some,
      ({ id }) => id,
      ({ name, since }) =>
        element("li", {}, name, ...(since ? [" ", element("small", {}, month(since))] : [])),
    );
  }
}

function draw(place, { class: own, simulated, record }, with_record) {
  const points = with_record ? record.points : [],
    ends = { own: own.curve.at(-1)[1], middle: Math.round(simulated.middle.at(-1)) };
  curves(place, {
    unit: message("news-unit"),
    label: points.length
      ? message("debrief-curves-with-register", { ...ends, register: points.at(-1)[1] })
      : message("debrief-curves", ends),
    band: { ...simulated, style: "most", name: message("debrief-simulated") },
    lines: [{ points: own.curve, style: "ours", name: message("news-own-world") }],
    dots: points.length ? { points, style: "register", name: message("debrief-register") } : null,
  });
}
