// The page Code designer: what another question answers better, said in a line with a link to the
// page Compare. Under another scenario, what that changes of the Paris Call as it was, beside which
// the page sets no text; under monitoring and sanctions, what each does alone.
(() => {
  const { at, set, element, fill, address, or_null, latest, readable, row, table, on } = parley.dom;
  const { BASES, DEFAULTS, KINDS, capital, change_in_words, in_few_digits, listing } =
      parley.format,
    { words_of } = parley.pairs;
  const OF_PAIRS =
    "Differences are medians over pairs of worlds, so they need not equal the " +
    "difference of the two medians.";
  const [STATE] = Object.keys(KINDS),
    RULES = ["sanctions", "monitoring"],
    FRAME = ["worlds", "seed", "lens"];
  const question = latest();
  let scenario = null,
    apart = null; // the answers, with the query that they are of

  // The query of *parameters* with some of them alone.
  const only = (query, keeps) =>
    readable(
      new URLSearchParams(
        [...new URLSearchParams(query)].filter(([key, value]) => keeps(key, value)),
      ),
    );
  const link = (words, where) => element("a", { href: where }, words);
  const comparison = (own, others) =>
    [own, ...others.map((other) => `with=${encodeURIComponent(other)}`)].filter(Boolean).join("&");

  // The scenario as it ships beside the Paris Call as it was; null where that is shown.
  const of_scenario = (record) =>
    record.scenario === DEFAULTS.scenario
      ? null
      : comparison(
          only(record.query, (key) => FRAME.includes(key)),
          [
            readable(
              new URLSearchParams([
                ["scenario", record.scenario],
                ...[...new URLSearchParams(record.query)].filter(([key]) => key === "lens"),
              ]),
            ),
          ],
        );

  // Each rule alone and both, beside the present text; null unless just the two rules differ from
  // it.
  function of_rules(record) {
    const { query, present_query } = record,
      { present, designed } = record.text,
      part = (value) => value.split(":")[0];
    const own = new Set(new URLSearchParams(present_query).getAll("set")),
      sets = new URLSearchParams(query).getAll("set").filter((value) => !own.has(value));
    if (
      sets.length !== RULES.length ||
      !RULES.every((rule) => designed[rule] !== present[rule]) ||
      designed.may_sign.join() !== present.may_sign.join()
    )
      return null;
    const without = (rule) =>
      only(
        query,
        (key, value) =>
          !["worlds", "seed"].includes(key) && !(key === "set" && part(value) === rule),
      );
    return comparison(present_query, [without(RULES[1]), without(RULES[0]), without("")]);
  }

  // What is to be told is asked for after all else, the line of the scenario first.
  async function ask(record) {
    const one = of_scenario(record),
      two = of_rules(record);
    if (one && scenario?.asked !== one) {
      const content = await or_null(question.ask(address("data/compare", one)));
      const wide = content?.other_fits
        ? await or_null(question.ask(address("data/compare", content.other_fits)))
        : null;
      if (content) scenario = { asked: one, content: { ...content, wider: wide?.pairs ?? null } };
    }
    if (two && apart?.asked !== two) {
      const content = await or_null(question.ask(address("data/compare/conduct", two)));
      if (content) apart = { asked: two, content };
    }
    if (at("design-scenario")) show(parley.record);
  }

  // The links stand there at once; what is known is said.
  function show(record) {
    const one = record.query === record.present_query ? of_scenario(record) : null,
      two = of_rules(record);
    at("design-scenario").hidden = !one;
    at("design-apart").hidden = !two;
    const headline = finding(record);
    if (headline) set("design-said", headline);
    if (one)
      fill("design-scenario", [
        ...(scenario?.asked === one
          ? [
              [...(headline ? [] : [alone(scenario.content)]), ...in_all(scenario.content)].join(
                " ",
              ),
              " ",
            ]
          : []),
        link("Compare with the Paris Call as it was", address("compare", one)),
      ]);
    set(
      "design-of-pairs",
      one && scenario?.asked === one ? [...of_power(scenario.content), OF_PAIRS].join(" ") : "",
    );
    if (two)
      fill("design-apart", [
        each_alone(apart?.asked === two ? apart.content.rows : null),
        element("span", { className: "tag" }, BASES.assumed),
        " ",
        link("Compare the three", address("compare", two)),
      ]);
  }

  // In a sentence of the page Compare, which is the headline where the present text is shown and
  // the sentence holds numbers: neither far outside the data nor of one coalition for another.
  // Empty elsewhere, and until it is known.
  const alone = (content, stop = ".") => parley.comparing.of(content).alone(STATE, stop);
  function finding(record) {
    const one = record.query === record.present_query ? of_scenario(record) : null,
      [pair] = one && scenario?.asked === one ? scenario.content.pairs : [];
    return pair && !parley.comparing.is_far(pair) && !pair.coalitions
      ? alone(scenario.content, "")
      : "";
  }

  // How many states there are more in all, where some are supposed to sign: who, where they are
  // those who mostly would not sign anyway.
  function in_all({ pairs: [pair] }) {
    const { is_far, row_of, told, SIGNS } = parley.comparing,
      change = row_of(pair, STATE),
      { words, is_told, middle } = told(change);
    if (!pair.supposed[STATE] || !is_told || is_far(pair)) return [];
    const own = pair.chosen.filter(({ kind, choice }) => kind === STATE && choice === SIGNS),
      [joined, anyway] = [false, true].map((is_in) =>
        own.filter(({ first }) => first > 0.5 === is_in),
      );
    const named =
      joined.length > 0 && joined.length === Math.round(change.median)
        ? ": " +
          `${names(joined)}${anyway.length ? `; ${names(anyway)} mostly ${anyway.length > 1 ? "sign" : "signs"} anyway` : ""}`
        : "";
    return [`In all, ${words} ${words_of(STATE, middle)}${named}.`];
  }
  const names = (some) => listing(some.map(({ said }) => said));

  // How much more material power signatories hold, which no difference of the levels in the table
  // is.
  function of_power({ pairs: [pair] }) {
    const { is_far, ranged, told } = parley.comparing,
      { is_told, ...change } = told(
        pair.differences.find(({ key }) => key === "power_share"),
        "share",
      );
    return is_told && !is_far(pair)
      ? [`Material power beside the Paris Call as it was: ${ranged(change)}.`]
      : [];
  }

  // What each rule does alone and both do together, once that is known.
  function each_alone(rows) {
    const said = (outcome, k, words) => {
      const change = rows?.find((each) => each.outcome === outcome && each.group === "all").ranges[
        k
      ];
      return !change ? "…" : change.includes(null) ? "not told" : words(change);
    };
    return table(
      [element("td"), "Harm prevented", "Strikes in retaliation"],
      [...RULES.map((rule) => `${capital(rule)} alone`), "Both"].map((name, k) =>
        row(
          name,
          said("harm_prevented", k, parley.statements.harm_in_a_row),
          said("strikes", k, (ends) => change_in_words(...ends.map(in_few_digits))),
        ),
      ),
    );
  }

  on("parley:design", () => {
    if (at("design-scenario") && parley.record?.text) show(parley.record);
  });

  parley.aside = { ask, finding };
})();
