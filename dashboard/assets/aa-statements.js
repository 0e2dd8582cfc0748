// What the pages Simulate, Compare and Code designer say of a view in the same words: how far a
// number moves where only its direction may be read, whether one coalition takes the place of
// another, and what becomes of harm where nobody joins or leaves.
(() => {
  const { FAR, TO, change_in_words, count, extent, listing } = parley.format,
    { clear_or_not } = parley.pairs;

  // How far a number moves from its *first* value by the *median* of its changes, by the ratio of
  // the larger to the smaller.
  function size_of({ first, median }, fewer = "fewer") {
    const [small, large] = [first, first + median].sort((a, b) => a - b);
    return `${large >= FAR * small ? "far" : "somewhat"} ${median < 0 ? fewer : "more"}`;
  }

  // The size of a change that both its ends have; without a size where one is far and the other is
  // not, and "perhaps" where one of them is no change.
  function size_in(first, { low_90, high_90 }, both) {
    const [least, most] = [low_90, high_90].sort((a, b) => Math.abs(a) - Math.abs(b)),
      plain = most < 0 ? "fewer" : "more";
    if (both.startsWith("0 to ")) return `perhaps ${plain}`;
    const [one, other] = [least, most].map((median) => size_of({ first, median }));
    return one === other ? one : plain;
  }

  // Which way a change goes in words without a number, from the *first* level on, by the best fit
  // or, once these are here, by the *wide* change under other fits, which it *awaits* without a
  // size; and its ends, in full where they lie on either side or say what the words do not.
  function direction(first, best, wide, awaits) {
    const change = wide ?? best,
      { is_told, is_same, words } = clear_or_not(change),
      both = change_in_words(change.low_90, change.high_90).replace("up to ", "0 to ");
    if (is_same) return { way: "as many", ends: "" };
    if (!is_told) return { way: "", ends: both };
    if (words.startsWith("as ")) return { way: "mostly as many", ends: both };
    return {
      way: awaits ? words.split(" ").pop() : size_in(first, change, both),
      ends: both.replace(/ (more|fewer)$/, ""),
    };
  }

  // Of those who join and those who leave: about how many states, and the most powerful among them.
  function exchange(both) {
    const one = ({ number, named }, does) =>
      `about ${count(number)} ${does}, ${listing(named)} among them`;
    return `${one(both.down, "states would leave")}; ${one(both.up, "would join")}.`;
  }

  // Where many states join and many leave, that their number hides it.
  const coalitions = ({ coalitions: both }, is_far) =>
    both ? `One coalition for another${is_far ? " (extrapolated)" : ""}: ${exchange(both)}` : "";

  // Ends on either side of none lean to one of them where that lies so many times as far from none
  // as the other.
  const LEANS = 5;

  // The ends of the change of the harm prevented over the assumptions, as they are written: at
  // these digits an end may be no change, and then as much is prevented, or up to so much more, or
  // less. `same` says that, and is empty where both ends lie apart from none.
  function ends_of_harm([low, high]) {
    const words = extent(low, high, "%", true),
      ends = words.split(TO),
      [least, most] = [ends[0], ends[ends.length - 1]];
    const size = (end) => end.replace(/^[+−]/, ""),
      points = (end) => `${size(end)}\u00a0point${size(end) === "1" ? "" : "s"}`;
    const [near, far] = Math.abs(low) < Math.abs(high) ? [least, most] : [most, least],
      side = far.startsWith("+") ? "more" : "less";
    const same =
      near !== "0" ? "" : far === "0" ? "as much" : `as much, or up to ${points(far)} ${side}`;
    const is_clear = near[0] === far[0],
      [inner, outer] = [low, high].map(Math.abs).sort((a, b) => a - b),
      leans = !is_clear && !same && outer >= LEANS * inner;
    const way = is_clear
      ? `${near === far ? "" : `${size(near)}${TO}`}${points(far)} ${side}`
      : `${leans ? `probably ${side}` : "unclear"}: ${points(least)} less${TO}${size(most)} more`;
    const by =
      `${side === "more" ? "rise" : "fall"} by ` +
      `${near === far ? "" : `${size(near)}${TO}`}${points(far)}`;
    return {
      words: `${words}\u00a0points`,
      by,
      same,
      way,
      is_clear,
      probably: leans ? `would probably ${side === "more" ? "rise" : "fall"}` : "",
    };
  }

  // Whether hardly anybody of a kind joins or leaves: in 90 % of the pairs none, or so few more or
  // fewer.
  const HARDLY = 2; // stakeholders
  const is_hardly = ({ low_90, high_90 }) =>
    low_90 <= 0 && high_90 >= 0 && Math.max(-low_90, high_90) <= HARDLY;

  // What becomes of the harm prevented, in a clause.
  function harm(change) {
    if (change.includes(null)) return "whether more harm is prevented is not told";
    const { words, same, is_clear, probably, by } = ends_of_harm(change);
    if (same) return `${same.replace("as much", "as much harm is prevented")} (assumed)`;
    if (probably) return `harm prevented ${probably} (assumed: ${words})`;
    return is_clear
      ? `harm prevented would ${by} (assumed)`
      : `whether more harm is prevented is unclear (assumed: ${words})`;
  }

  // The same beside its name.
  function harm_in_a_row(change) {
    if (change.includes(null)) return "not told";
    const { same, way } = ends_of_harm(change);
    return same || way;
  }

  parley.statements = { size_of, direction, coalitions, exchange, is_hardly, harm, harm_in_a_row };
})();
