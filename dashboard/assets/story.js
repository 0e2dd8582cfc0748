// What happened by the end, in a sentence or two made of the record and the register; the chart
// that plays it once; and three questions.
(() => {
  const { at, set, element, fill, on, address, readable } = parley.dom,
    { DEFAULTS, KINDS, capital, count, interval, month, range_in_words, small } = parley.format,
    { with_side, words_of } = parley.pairs,
    FEW = 10;
  const POWERS_SIGN = "great-powers-sign",
    REGISTER = "register";
  const TOLD = "parley-told",
    PACE = 9,
    WAIT = 700; // a key; rounds a second; milliseconds before the first
  let telling = false,
    timer = null;

  const strong = (words) => element("strong", {}, words);

  function sentence() {
    if (!at("story") || !parley.record || !parley.people) return;
    const { record } = parley,
      kind = record.may_sign[0],
      last = record.dates.length - 1,
      bands = record.bands.listed[kind];
    const all = record.names.filter((id) => parley.people[id]?.kind === "state").length;
    const listed = `${count(bands.median[last])}${kind === "state" ? ` of ${all}` : ""}`;
    const is_as_it_was = record.happened.length > 0;
    fill(
      "story",
      is_as_it_was
        ? as_it_was(strong(listed), bands, last)
        : (parley.beside_the_call.is_far() ? extrapolated : what_if)({
            end: `in ${month(record.dates[last])}`,
            listed: strong(`${listed} ${words_of(kind)}`),
            kind,
            last,
          }),
    );
    names_apart();
    set("story-ranges", is_as_it_was ? "" : ranges({ kind, bands, last }));
  }

  // Of the Paris Call as it was: what really happened, and where the simulation ends.
  const as_it_was = (listed, bands, last) => [
    ...parley.record.happened.map(([words, whose]) =>
      whose === REGISTER ? element("strong", { className: "real" }, words) : words,
    ),
    ". The simulation ends at ",
    listed,
    ...wrong_names(bands, last),
    ".",
  ];

  // Whether the simulation has many names wrong, though their total be right; how many stands
  // below, with the number that it expects.
  function wrong_names(bands, last) {
    const {
        register,
        wrong_names: { came, never },
      } = parley.record,
      number = came + never,
      total = register.state.at(-1).count,
      is_right = bands.low_90[last] <= total && total <= bands.high_90[last];
    return number
      ? [
          ": " +
            `${is_right ? "right total, " : ""}${number === 1 ? "a wrong name" : `${number < FEW ? "a few" : "many"} wrong names`}`,
        ]
      : [];
  }

  // How many states sign in most worlds, which is no median of totals, and how many of them never
  // joined, and how many that joined are not among them; and the table, which begins with these. It
  // stands in the place of the question, whose answer it is.
  function names_apart() {
    const { expected, came, never } = parley.record.wrong_names,
      is_any = came + never > 0;
    const table = element(
      "a",
      { href: address("./", parley.query(), "figure=table"), id: "see-names" },
      "see them",
    );
    const expects = expected
      ? `In most worlds ${count(expected)} state${expected === 1 ? " signs" : "s sign"}; ` +
        `${never ? `${count(never)} of them` : "none of them"} never joined, ` +
        `${came ? count(came) : "none"} that joined ${came > 1 ? "are" : "is"} missed: `
      : `In most worlds no state signs, and ${count(came)} joined: `;
    fill("names-apart", is_any ? [expects, table, "."] : []);
    at("question").hidden = is_any;
  }

  // The answer, beside the Paris Call as it was once that is here, with what other fits give; its
  // ranges stand below the figure. Where those whose choice is supposed chose so in part anyway, it
  // begins with that, as the change would be read as a mistake, and leaves the month to the
  // figure's head.
  function what_if({ end, listed, kind, last }) {
    const { in_words, in_other_fits, was, UNCHANGED } = parley.beside_the_call,
      words = [listed, ` would be on the list ${end}`],
      change = in_words(kind, last),
      before = was(kind);
    if (!change) return ["In this what-if ", ...words, "."];
    const { lead } = parley.baseline.supposed[kind] ?? {},
      first = change.is_told;
    if (lead)
      return [
        `${lead} the list `,
        ...grows(change, before),
        listed,
        ...also(kind, last, { by_world: !first, after: "; " }),
        ...of_harm(change.middle?.direction),
      ];
    const treaty =
      !change.is_told &&
      before?.level === count(parley.record.bands.listed[kind].median[last]) &&
      parley.harm.of_treaty(parley.record.bands.listed[kind].median[last]);
    if (treaty)
      return [
        "As a treaty, the Paris Call would be signed by as many states as with nothing changed (",
        listed,
        ")",
        ...treaty,
        ...also(kind, last, { by_world: true }),
      ];
    // which takes the room of the other kinds, as the figure's heads have them
    const harm = of_harm(change.middle?.direction);
    if (before?.is_apart)
      return [
        ...words,
        ", against ",
        before.level,
        ` ${UNCHANGED}`,
        ...by_how_much(kind, change, before),
        ".",
        ...(harm.length ? harm : also(kind, last)),
      ];
    const is_level =
        change.is_same || before?.level === count(parley.record.bands.listed[kind].median[last]),
      how = first
        ? strong(change.words)
        : is_level
          ? "as with nothing changed"
          : "with no clear change";
    return [
      ...words,
      ", ",
      how,
      `${in_other_fits(kind, change, { first })}${first ? ` than ${UNCHANGED}` : ""}.`,
      ...also(kind, last, { by_world: !first }),
      ...harm,
    ];
  }

  // By how much a list grows or shrinks by a *change*, and that it is told world by world where it
  // is not what lies between the levels.
  function grows({ middle, is_level, is_told }, before) {
    if (is_level) return ["stays at "];
    if (!is_told) return ["does not clearly change: "];
    return [
      middle.direction === "more" ? "grows by " : "shrinks by ",
      strong(count(middle.far)),
      before?.subtracts ? "" : " (world by world)",
      ", to ",
    ];
  }

  // After two levels that differ by it, the *change*, with what other fits give; where it is
  // another number than they differ by, what other fits give, or the pairs, alone.
  function by_how_much(kind, change, { subtracts }) {
    const { in_other_fits } = parley.beside_the_call;
    if (subtracts) return [": ", strong(change.words), in_other_fits(kind, change)];
    return [
      in_other_fits(kind, change, { sided: true }) || ` (world by world: ${with_side(change)})`,
    ];
  }

  // What becomes of harm, where hardly anybody joins or leaves or a dial of conduct is moved; else
  // that it goes another way than the *direction* of those who sign, once that is known.
  const of_harm = (direction) =>
    [parley.harm.sentence(direction)].filter(Boolean).flatMap((said) => [" ", said]);

  // The same of a view far outside the data, of which the direction is told first, and then its
  // ends under other fits and what the best fit has; where it is none for sure, of other kinds too,
  // as the change may be theirs.
  function extrapolated({ end, listed, kind, last }) {
    const { direction, sizes } = parley.beside_the_call,
      first = direction(kind);
    if (!first) return ["Extrapolated: ", listed, ` on the list ${end}.`];
    const { way, many, words, toward, size: far } = first,
      says = way ? [strong(`${capital(way)} ${many}`), " would sign"] : [strong(capital(words))],
      is_sure = Boolean(toward) && far !== "perhaps";
    return [
      ...(is_sure ? [] : of_others(kind, last)),
      ...says,
      ...sizes(kind, first).map((words, k) => `${k ? ", " : ": "}${words}`),
      `. This is extrapolated${is_sure ? ": trust the direction, not the size" : ""}.`,
      ...exchange(),
      ...of_harm(toward),
    ];
  }

  // Those told of the other kinds, who changes most first.
  function of_others(kind, last) {
    const {
        baseline: { dates, difference, levels },
        record,
        beside_the_call: { in_other_fits },
      } = parley,
      place = dates.indexOf(record.dates[last]);
    const by = (each) =>
        Math.abs(difference[each].median[place]) / Math.max(levels[each][place], 1),
      all = others_told(kind, last).sort((a, b) => by(b.each) - by(a.each));
    const told = all.flatMap(({ each, change }, k) => [
      k ? "; " : "",
      `${KINDS[each]}: `,
      strong(change.words),
      in_other_fits(each, change),
    ]);
    return told.length ? [...told, ". "] : [];
  }

  // Where many states join and many leave, that their number hides it; who does stands with the
  // ranges.
  function exchange() {
    const { coalitions } = parley.baseline;
    return coalitions
      ? [
          ` One coalition for another: about ${count(coalitions.down.number)} states ` +
            `leave, ${count(coalitions.up.number)} join.`,
        ]
      : [];
  }

  // The other kinds of which a change is told, as states may stay as they are where firms follow.
  const others_told = (kind, last) =>
    parley.record.may_sign
      .filter((each) => each !== kind)
      .map((each) => ({ each, change: parley.beside_the_call.in_words(each, last) }))
      .filter(({ change }) => change?.is_told);

  // What follows beyond those whose choice is supposed, and what is told of the other kinds, with
  // their ranges under other fits: a sentence, or *after* it the end of one. The first of these
  // differences says how it is counted where it is the first told, *by_world*; their ranges under
  // other fits say what these are where no range before does.
  function also(kind, last, { by_world = false, after = " " } = {}) {
    const { words, is_nobody, has_fits } = parley.beside_the_call.beyond(kind),
      told = others_told(kind, last);
    const follow = is_nobody && told.every(({ change }) => change.middle.direction === "more");
    const { in_other_fits, in_words } = parley.beside_the_call,
      is_named = words ? has_fits : Boolean(in_other_fits(kind, in_words(kind, last)));
    const counted = (each, change, k) =>
      in_other_fits(each, change, { first: by_world && !k, is_named: is_named || k > 0 });
    const others = told.flatMap(({ each, change }, k) =>
      follow
        ? [
            k ? " and " : "",
            strong(change.words),
            ` ${words_of(each, change.middle)}${counted(each, change, k)}`,
          ]
        : [
            k ? "; " : "",
            `${words ? words_of(each) : KINDS[each]}: `,
            strong(change.words),
            counted(each, change, k),
          ],
    );
    const begins = after === " " ? words : small(words);
    const parts = [...(words ? [begins] : []), ...(words && told.length ? ["; "] : []), ...others];
    return parts.length
      ? [after, ...parts, follow && told.length ? " do." : "."]
      : after === " "
        ? []
        : ["."];
  }

  // The ends of a *change* of a kind, as "2 to 3 more states"; empty where they say no more than
  // its words.
  const range_of = (kind, { ends, spread }) =>
    ends && `${range_in_words(spread, { from_none: true })} ${words_of(kind)}`;

  // The ranges of the answer, in a line below it: those of the pairs of worlds, then those of other
  // fits once these are here.
  function ranges({ kind, bands, last }) {
    const { in_words, beyond, other_fits, NINETY } = parley.beside_the_call,
      change = in_words(kind, last);
    if (!change)
      return `${interval(bands.low_90[last], bands.high_90[last])} in 90\u00a0% of worlds.`;
    const { range } = beyond(kind),
      others = others_told(kind, last).map(({ each, change }) => range_of(each, change));
    const [first, ...more] = [
      range_of(kind, change),
      range && `${range} beyond those supposed`,
      ...others,
    ].filter(Boolean);
    const pairs = first ? `${capital([`${first} in ${NINETY}`, ...more].join("; "))}.` : "";
    return [
      pairs,
      other_fits(),
      parley.statements.coalitions(parley.baseline, parley.beside_the_call.is_far()),
      parley.view.scenario === POWERS_SIGN ? HELD : "",
    ]
      .filter(Boolean)
      .join(" ");
  }
  // the other half of that scenario's question
  const HELD = "Whether it would hold better, nobody has measured.";

  // The questions, about the view shown: what it supposes stays. One that is asked stays marked,
  // and is the way back.
  function questions() {
    if (!at("presets") || !parley.record) return;
    const { view } = parley,
      shown = parley.query(),
      powers = at("ask-powers");
    powers.href = address("./", with_scenario(other_scenario(view))).replace(/\?$/, "");
    const asked = view.scenario === POWERS_SIGN;
    if (asked) powers.setAttribute("aria-current", "true");
    else powers.removeAttribute("aria-current");
    powers.title = asked ? "This is asked now; press it again to take it back" : "";
    at("ask-why").href = `${address("stakeholder", shown, "round=0&who=USA")}#why`;
    at("ask-text").href = address("designer", shown).replace(/\?$/, "");
  }

  // The query of *view* under another scenario: without the answers to its own questions, and dials
  // that are its own alone.
  const other_scenario = ({ scenario }) =>
    scenario === POWERS_SIGN ? DEFAULTS.scenario : POWERS_SIGN;
  const its_own = () =>
    parley.suppositions?.suppositions.find(({ drop }) => "scenario" in drop)?.drop.set ?? [];
  function with_scenario(scenario) {
    const asked = new URLSearchParams(parley.query()),
      own = its_own(),
      dials = asked.getAll("set").filter((part) => !own.includes(part.split(":")[0]));
    for (const key of ["scenario", "choose", "set"]) asked.delete(key);
    for (const part of dials) asked.append("set", part);
    return [scenario === DEFAULTS.scenario ? "" : `scenario=${scenario}`, readable(asked)]
      .filter(Boolean)
      .join("&");
  }

  // The table, or another scenario, in place.
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("#ask-powers, #see-names");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || !parley.record) return;
    event.preventDefault();
    if (link.id === "see-names") {
      parley.faces.show("table");
      return void at("figure").scrollIntoView({ block: "nearest" });
    }
    const { view } = parley;
    for (const name of its_own()) delete view.set[name];
    Object.assign(view, { scenario: other_scenario(view), choose: {}, round: null });
    parley.ask();
  });

  // Once in a session of the browser the chart plays from the launch to the end: not where motion
  // is not wanted, and not where the link says which round, or which face, is meant.
  function may_tell() {
    if (!at("story") || matchMedia("(prefers-reduced-motion: reduce)").matches) return false;
    const { view, record } = parley;
    if (
      view.round !== null ||
      view.figure ||
      view.world ||
      view.map ||
      view.present ||
      !record.names
    )
      return false;
    try {
      if (sessionStorage.getItem(TOLD)) return false;
      sessionStorage.setItem(TOLD, "yes");
      return true;
    } catch {
      return false;
    } // where nothing can be kept, it would play at every visit
  }

  function tell() {
    telling = true;
    parley.chart.tell(true);
    // before anything is drawn, so that the end is not seen first
    parley.show_round(-parley.record.first_round, { kept: false });
    timer = setTimeout(begin, WAIT);
    for (const kind of INPUTS)
      addEventListener(kind, stop, { capture: true, passive: kind !== "keydown" });
  }

  // It begins once there is a chart to tell it.
  function begin() {
    if (!telling) return;
    if (parley.chart.is_drawn()) parley.player.play({ kept: false, pace: () => PACE });
    else timer = setTimeout(begin, 50);
  }

  // Whatever the visitor does ends it: at the round it has come to where they reach for the figure,
  // else at the end.
  const INPUTS = ["pointerdown", "keydown", "wheel", "touchstart"],
    KEYS = [" ", "ArrowLeft", "ArrowRight"];
  function stop(event) {
    const is_key = event.type === "keydown",
      in_figure = event.target.closest?.(".play-bar, .kinds");
    end(is_key ? KEYS.includes(event.key) : in_figure && event.type !== "wheel");
    // What pauses must not start it again in the same breath.
    if (event.key === " ") event.preventDefault();
    if (event.target.closest?.("#play")) {
      const swallow = (click) => {
        if (click.target.closest?.("#play")) {
          click.preventDefault();
          click.stopImmediatePropagation();
        }
      };
      addEventListener("click", swallow, { capture: true, once: true });
      setTimeout(() => removeEventListener("click", swallow, { capture: true }), 600);
    }
  }
  function end(stays) {
    if (!telling) return;
    telling = false;
    clearTimeout(timer);
    for (const kind of INPUTS) removeEventListener(kind, stop, { capture: true });
    parley.player.pause();
    parley.chart.tell(false);
    // links that were written on the way hold the month of then
    parley.show_round(stays ? parley.round() : Infinity);
  }

  // Before the others hear of the record, as they draw the round shown.
  let begun = false;
  on("parley:record", () => {
    document.querySelector("main.nothing")?.classList.remove("nothing");
    if (!begun && at("story")) {
      begun = true;
      if (may_tell()) tell();
    }
    sentence();
    questions();
  });
  on("parley:paper", () => end(false)); // paper has the end, and no month on the way
  on("parley:people parley:baseline parley:other-fits parley:conduct", sentence);
  on("parley:refused", () => {
    if (!at("story") || parley.record) return;
    set("title", "Nothing to show");
    document.querySelector("main").classList.add("nothing");
    fill("story", [
      "This link cannot be read. ",
      element("a", { href: "./" }, "Begin with the Paris Call as it was"),
      ".",
    ]);
  });
  on("parley:paused", () => {
    if (telling && parley.round() === parley.record.dates.length - 1) end(false);
  });

  parley.story = { is_telling: () => telling, end: () => end(false) };
})();
