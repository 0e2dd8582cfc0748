// What a view changes of the harm prevented, beside the Paris Call as it was: a line on the card of
// conduct and a sentence of the headline, in the words of the page Compare where harm is what the
// view may change, else a short one where harm goes another way than who signs. Nobody has measured
// it, which all say. It comes long after the rest, so the headline keeps its place.
(() => {
  const { at, dispatch, element, fill, on } = parley.dom,
    { capital, count, extent, interval, is_clear } = parley.format;
  const RATIFICATION = "ratification_needed";
  let conduct = null;

  // Whether what is shown is a treaty, which binds the states that ratify it.
  const is_treaty = ({ settings } = parley.record) =>
    Number(parley.view.set[RATIFICATION] ?? settings[RATIFICATION]) > 0;
  const told_of_conduct = () => (conduct?.query === parley.record?.query ? conduct : null);

  const states = () =>
    parley.record.names.filter((id) => parley.people?.[id]?.kind === "state").length;

  // The ends of what the view changes, and of what the Call prevented; null where these are not
  // here, or not told.
  const beside = () =>
    !parley.beside_the_call.is_baseline(parley.view) ? told_of_conduct()?.beside : null;

  // How many states ratify a treaty, on a card of its own, which keeps its place until that is
  // here.
  function show_ratified() {
    if (!at("ratified-card") || !parley.record) return;
    const told = told_of_conduct(),
      ratified = told?.ratified;
    at("ratified-card").hidden = !is_treaty() || Boolean(told && !ratified);
    fill("ratified", [
      element(
        "strong",
        { className: "headline" },
        ratified ? interval(ratified.low, ratified.high) : "…",
      ),
      element("span", {}, `of ${count(states())} states by the end, over all that is assumed`),
    ]);
    fill(
      "ratified-binds",
      !ratified
        ? ["being simulated"]
        : ratified.is_in_force
          ? ["it binds only these states", ...binding_all(ratified)]
          : ["too few: it never enters into force and binds nobody"],
    );
  }

  // How much more harm the same would prevent as a declaration, which binds all who sign; empty
  // where that is not clear.
  function binding_all({ binding }) {
    if (!binding || !is_clear(...binding) || binding[1] > 0) return [];
    return [
      "; as a declaration, the same would hold for all who sign, and prevent ",
      element(
        "span",
        { className: "of-harm" },
        `${extent(-binding[1], -binding[0], "%")}\u00a0points`,
      ),
      " more harm than as a treaty",
    ];
  }

  // Why harm prevented falls with a treaty, where more than half of that is there as it binds
  // *those* alone; else empty.
  const middle = ([low, high]) => (low + high) / 2;
  function reason({ change }, those) {
    const { binding, is_in_force } = (is_treaty() && told_of_conduct()?.ratified) || {};
    const falls =
      is_in_force && [change, binding].every((ends) => ends && is_clear(...ends) && ends[1] < 0);
    return falls && middle(binding) < middle(change) / 2 ? [`as it binds only ${those}`] : [];
  }

  function show() {
    show_ratified();
    const place = at("difference-harm"),
      told = beside();
    if (!place) return;
    place.hidden = !told;
    if (told)
      place.replaceChildren(
        element("strong", {}, capital(parley.statements.harm(told.change))),
        " against ",
        element("span", { className: "of-harm" }, `${extent(...told.was, "%")}\u00a0%`),
        " with nothing changed",
      );
  }

  // Whether harm is what the view may change: where a dial of conduct is moved, or hardly anybody
  // joins or leaves without a choice that is supposed, as on the page Compare.
  function is_asked() {
    const { record, baseline } = parley,
      last = record.dates.length - 1;
    if (
      [...(record.moved_dials ?? []), ...(record.first ?? [])].some(
        (dial) => dial.of_conduct && dial.name in parley.view.set,
      )
    )
      return true;
    if (!baseline || parley.beside_the_call.is_far() || Object.keys(baseline.supposed).length)
      return false;
    const place = baseline.dates.indexOf(record.dates[last]),
      change_of = (kind) => ({
        low_90: baseline.difference[kind].low_90[place],
        high_90: baseline.difference[kind].high_90[place],
      });
    return record.may_sign.every((kind) => {
      const change = parley.beside_the_call.in_words(kind, last);
      return (
        change &&
        (!change.is_told || change.is_level || parley.statements.is_hardly(change_of(kind)))
      );
    });
  }

  // The sentence of a headline that tells of "more" or "less" signing, the *direction*, or of
  // neither; empty where nothing is to be said of harm.
  function sentence(direction) {
    if (!is_asked()) return yet(direction);
    const told = beside();
    if (told)
      return `${capital([...reason(told, "those who ratify"), parley.statements.harm(told.change)].join(", "))}.`;
    return told_of_conduct()
      ? ""
      : element("span", { className: "to-come" }, "What it does to harm: being simulated …");
  }

  // How many of those who sign a treaty ratify it, and what that does to harm, as the end of a
  // sentence on who signs; null where nothing of it is told, and what is to come where it is being
  // simulated.
  function of_treaty(signed) {
    if (!is_treaty() || !is_asked()) return null;
    const told = beside(),
      ratified = told_of_conduct()?.ratified;
    if (!told_of_conduct())
      return [
        ". ",
        element(
          "span",
          { className: "to-come of-treaty" },
          "Ratifications and harm are being simulated …",
        ),
      ];
    if (!told || !ratified || told.change.includes(null)) return null;
    const only = ratified.high < signed ? "only " : "",
      falls = is_clear(...told.change) && told.change[1] < 0;
    const [why] = reason(told, "these");
    const ratify = ratified.is_in_force
      ? [
          `${only ? "but " : "and "}${only}`,
          element("strong", {}, interval(ratified.low, ratified.high)),
          " would ratify it (assumed)",
        ]
      : ["but too few would ratify it (assumed) and it would never be in force"];
    const harm = parley.statements.harm(told.change),
      all = `${why ? "only these would be bound, so " : ""}${harm}${ratified.beside ? `, ${falls ? "even " : ""}with ${ratified.beside}` : ""}`;
    return [
      ", ",
      ...ratify,
      !ratified.is_in_force && falls ? `, so ${harm}.` : `. ${capital(all)}.`,
    ];
  }

  // Of a headline that says that more sign, or fewer: that harm goes the other way, where all
  // assumptions say so.
  function yet(direction) {
    const [low, high] = beside()?.change ?? [0, 0],
      way = low > 0 ? "more" : "less",
      other = low > 0 ? "less" : "more";
    return is_clear(low, high) && direction === other
      ? "Yet " +
          `${[...reason(beside(), "those who ratify"), `${way} harm is prevented (assumed)`].join(", ")}.`
      : "";
  }

  // The ends of how many states ratify a treaty, null where that is not told; and whether it is to
  // come.
  const ratified = () => (is_treaty() && told_of_conduct()?.ratified) || null;
  const awaits_ratified = () => is_treaty() && !told_of_conduct();

  parley.harm = { awaits_ratified, of_treaty, ratified, sentence };
  on("parley:conduct", (content) => {
    conduct = content;
    show();
    if (is_treaty()) dispatch("parley:ratified");
  });
  on("parley:record", show);
})();
