// The page Simulate: the record's numbers and log, at the round shown, and the register's counts
// beside the worlds.
(() => {
  const { at, set, element, row, cell, table, fill, on } = parley.dom;
  const {
    DEFAULTS,
    KINDS,
    count,
    difference: with_sign,
    day,
    short_day,
    interval,
    holds,
    lens,
    month,
    percent,
    percent_interval,
  } = parley.format;
  const CLOSED = "may not sign",
    USUAL = "full",
    NINETY = "90\u00a0% of\u00a0worlds";
  const here = () => Boolean(at("headlines") && parley.record);

  on("parley:record", (record) => {
    if (!here()) return;
    set("title", record.title);
    set("question", is_as_asked(record) ? record.question : "");
    fill(
      "look-at",
      sentences(record.look_at).map((sentence) => element("li", {}, sentence)),
    );
    at("look-at-more").hidden = !record.look_at;
    const open_to_whom = parley.view.may_sign
      ? `, open to ${parley.view.may_sign.replaceAll(",", " and ")} alone`
      : "";
    set("provenance", `${record.worlds} simulated worlds${unusual(record)}${open_to_whom}`);
    set("bands-hold", `90 % of worlds (runs), ${holds(record.weights)}`);
    set(
      "sources-provenance",
      `${record.worlds} worlds, seed ${record.seed}, ` +
        `${lens(record.lens)}${open_to_whom}, Parley ${record.version}`,
    );
    const is_far = parley.beside_the_call.is_far();
    at("headlines").classList.toggle("is-far", is_far);
    at("numbers-far").hidden = !is_far;
    open_to(record);
    log(record);
    counts(record);
  });
  // The Paris Call's question is what followed as things were, which is not asked where something
  // is changed.
  const is_as_asked = ({ scenario }) =>
    scenario !== DEFAULTS.scenario || parley.beside_the_call.is_baseline(parley.view);

  // What ends with a full stop or a question mark and is followed by a capital is a sentence.
  const sentences = (text) => text.split(/(?<=[.?]) (?=[A-Z])/).filter(Boolean);

  // What is rarely used is closed on a phone, where it would stand before the end of the page.
  const phone = matchMedia("(max-width: 40rem)");
  on("parley:page", () => {
    for (const part of document.querySelectorAll(".controls-part, .choices-part"))
      part.open = !phone.matches;
  });

  on("parley:round", (t) => {
    if (here()) headline(parley.record, t);
  });

  // The draw of chance and the lens, where they are not those of every page as it opens.
  const unusual = ({ seed, lens: name }) =>
    `${seed === DEFAULTS.seed ? "" : `, draw of chance ${seed}`}${name === USUAL ? "" : `, ${lens(name)}`}`;

  // The round beside which a count of the register is read, the last that ends on or before its
  // day, as a place among the dates.
  const place_of = (date) => parley.record.dates.findLastIndex((other) => other <= date);

  // Without states there is neither a map nor a state outside.
  function open_to({ may_sign }) {
    const states = may_sign.includes("state");
    for (const kind of Object.keys(KINDS))
      at(`worlds-${kind}`).classList.toggle("of-worlds", may_sign.includes(kind));
    at("worlds-power").classList.toggle("of-worlds", states);
    for (const id of ["outside-card", "world-card"]) at(id).hidden = !states;
  }

  function headline(record, t) {
    const when = month(record.dates[t]);
    set(
      "numbers-month",
      t === record.dates.length - 1 ? `Numbers at the end, in ${when}` : `Numbers in ${when}`,
    );
    for (const kind of Object.keys(KINDS)) {
      const bands = record.bands.listed[kind];
      const open = record.may_sign.includes(kind);
      set(`listed-${kind}`, open ? count(bands.median[t]) : "–");
      set(`interval-${kind}`, open ? interval(bands.low_90[t], bands.high_90[t]) : CLOSED);
      // it lists the Paris Call's own text alone
      at(`of-register-${kind}`).hidden = !record.register[kind].length;
      set(`register-${kind}`, count(record.registered[kind][t]));
    }
    const power = record.bands.power_share,
      states_sign = record.may_sign.includes("state");
    set("power", states_sign ? percent(power.median[t]) : "–");
    set(
      "power-interval",
      states_sign ? percent_interval(power.low_90[t], power.high_90[t]) : `states ${CLOSED}`,
    );
    const states =
      record.names.filter((name) => parley.people?.[name]?.kind === "state").length || 193;
    set("states-not_taken_up", count(states - record.bands.taken_up.state.median[t]));
    set("states-declined", count(record.bands.declined.state.median[t]));
    set("states-waiting", count(record.bands.waiting.state.median[t]));
  }

  // A row for each date of the register: its count and the worlds', by kind, on a phone in a table
  // for each kind, of which the first is open. Without dates of the register, of each November.
  const recount = () => {
    if (here()) counts(parley.record);
  };
  phone.addEventListener("change", recount);
  on("parley:baseline", recount);
  function counts(record) {
    if (!phone.matches) return void fill("counts", [counts_of(record, record.may_sign)]);
    const was_open = new Map(
      [...at("counts").querySelectorAll("details")].map(({ dataset, open }) => [
        dataset.kind,
        open,
      ]),
    );
    fill(
      "counts",
      record.may_sign.map((kind, place) =>
        element(
          "details",
          { dataset: { kind }, open: was_open.get(kind) ?? place === 0 },
          element("summary", {}, KINDS[kind]),
          counts_of(record, [kind]),
        ),
      ),
    );
  }

  // Off the register is the median world with nothing changed. Where something is supposed, that
  // world has a column of its own, once it is known, in the place of how far it is off: what is
  // supposed is no error of the model.
  function counts_of(record, kinds) {
    const all = record.may_sign,
      is_changed = !parley.beside_the_call.is_baseline(parley.view),
      before = parley.baseline?.query === record.query ? parley.baseline : null;
    const dated = all.flatMap((kind) => record.register[kind].map(({ date }) => date));
    const dates = dated.length
      ? [...new Set(dated)].sort()
      : record.dates.filter((date, t) => t + record.first_round >= 0 && date.slice(5, 7) === "11");
    const registered = (kind, date) =>
      record.register[kind].find((point) => point.date === date)?.count;
    const off_by = (median, counted) => {
      const off =
        counted === undefined || median === undefined
          ? ""
          : with_sign(Math.round(median) - counted, 0);
      return cell({ className: "dimmed" }, off === "0" ? "±0" : off);
    };
    const was = (kind, t) =>
      is_changed
        ? before?.levels[kind][before.dates.indexOf(record.dates[t])]
        : record.bands.listed[kind].median[t];
    // What a column says of a kind at the date of place *t*. Without dates of the register there is
    // nothing to be off.
    const columns = [
      dated.length && ["register", (kind, t, counted) => count(counted)],
      [is_changed ? "nothing changed" : "median", (kind, t) => count(was(kind, t))],
      dated.length &&
        !is_changed && ["off by", (kind, t, counted) => off_by(was(kind, t), counted)],
      is_changed && [
        ["what-if", { className: "what-if" }],
        (kind, t) => cell({ className: "what-if" }, count(record.bands.listed[kind].median[t])),
      ],
      [
        [NINETY, { className: "ends" }],
        (kind, t) => {
          const { low_90, high_90 } = record.bands.listed[kind];
          return cell({ className: "ends" }, interval(low_90[t], high_90[t]));
        },
      ],
    ].filter(Boolean);
    const rows = dates.map((date) =>
      row(
        short_day(date),
        ...kinds.flatMap((kind) =>
          columns.map(([, says], place) => {
            const content = says(kind, place_of(date), registered(kind, date));
            return place ? content : cell({ className: "first-of-kind" }, content);
          }),
        ),
      ),
    );
    const heads = kinds.flatMap(() =>
      columns.map(([words], place) => (place ? words : [words, { className: "first-of-kind" }])),
    );
    const drawn = table(["On the list", ...heads], rows, {
      className: is_changed ? "of-change" : "",
    });
    // The head of each kind spans its columns but the last, which paper has no room for.
    if (kinds.length > 1)
      drawn.tHead.prepend(
        element(
          "tr",
          {},
          cell({}),
          ...kinds.flatMap((kind) => [
            element(
              "th",
              { scope: "colgroup", colSpan: columns.length - 1, className: "first-of-kind" },
              KINDS[kind],
            ),
            cell({ className: "ends" }),
          ]),
        ),
      );
    return drawn;
  }

  function log({ log, dates, first_round }) {
    const entry = ({ round, words, why }) =>
      element(
        "li",
        {},
        element("button", { dataset: { round } }, day(dates[round - first_round])),
        ` ${words}${why ? ` (${why})` : ""}`,
      );
    fill("log", log.map(entry));
    at("log-card").hidden = log.length === 0;
  }
})();
