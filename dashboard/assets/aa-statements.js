// What the pages Simulate, Compare and Code designer say of a view in the same words: how far a
// number moves where only its direction may be read, whether one coalition takes the place of
// another, and what becomes of harm where nobody joins or leaves.
(() => {
  const {
      FAR,
      TO,
      count,
      decimal,
      extent,
      listing,
      places_of_extent,
      range_in_words,
      rounded,
      side_in_words,
    } = parley.format,
    { clear_or_not } = parley.pairs;

  // How far a number moves from its *first* value by a *change*, by the ratio of the larger to the
  // smaller.
  function size_of(first, change) {
    const [small, large] = [first, first + change].sort((a, b) => a - b);
    return large >= FAR * small ? "far" : "somewhat";
  }

  // The size of a change that both its ends have; empty where one is far and the other is not, and
  // "perhaps" where one of them is no change.
  function size_in(first, { low_90, high_90 }, { near }) {
    if (near === 0) return "perhaps";
    const [one, other] = [low_90, high_90].map((end) => size_of(first, end));
    return one === other ? one : "";
  }

  // Which way a change goes in words without a number, from the *first* level on, by the best fit
  // or, once these are here, by the *wide* change under other fits, which it *awaits* without a
  // size: the `toward`, "more" or "less", and its `side` in words, both
  // empty where none is told; the `size`, "far", "somewhat", "perhaps"
  // or empty; both as the `way`, empty where the change is unclear; whether it is level, in nearly
  // all pairs (`is_same`) or in the median (`is_level`); and its `ends`, in full where they lie on
  // either side or say what the words do not.
  function direction(first, best, wide, awaits, unit = "") {
    const change = wide ?? best,
      { is_told, is_same, is_unclear, is_level, middle, spread } = clear_or_not(change, unit),
      has_side = is_told && !is_level,
      toward = has_side ? middle.direction : "",
      side = has_side ? side_in_words(middle) : "",
      size = has_side && !awaits ? size_in(first, change, spread) : "";
    const as_many = is_level ? side_in_words(is_same ? spread : middle) : "";
    return {
      toward,
      side,
      size,
      is_same,
      is_level,
      is_unclear,
      way: has_side
        ? `${size} ${side}`.trim()
        : `${is_level && !is_same ? "mostly " : ""}${as_many}`,
      ends: is_same ? "" : range_in_words(spread, { from_none: true, side: !has_side }),
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
  // less, which `or_up_to` says. `is_same`: whether that is so.
  function ends_of_harm([low, high]) {
    const places = places_of_extent(low, high, "%"),
      [least, most] = [low, high].map((end) => rounded(end, places)),
      size = (end) => decimal(Math.abs(end), places),
      points = (end) => `${size(end)}\u00a0points`;
    const [near, far] = Math.abs(low) < Math.abs(high) ? [least, most] : [most, least],
      side = far > 0 ? "more" : "less",
      is_same = near === 0,
      or_up_to = far === 0 ? "" : `, or up to ${points(far)} ${side}`;
    const is_clear = near * far > 0,
      [inner, outer] = [low, high].map(Math.abs).sort((a, b) => a - b),
      leans = !is_clear && !is_same && outer >= LEANS * inner;
    const sizes = `${near === far ? "" : `${size(near)}${TO}`}${points(far)}`,
      verb = side === "more" ? "rise" : "fall";
    return {
      words: `${extent(low, high, "%", true)}\u00a0points`,
      by: `${verb} by ${sizes}`,
      is_same,
      or_up_to,
      way: is_clear
        ? `${sizes} ${side}`
        : `${leans ? `probably ${side}` : "unclear"}: ${points(least)} less${TO}${size(most)} more`,
      is_clear,
      probably: leans ? `would probably ${verb}` : "",
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
    const { words, is_same, or_up_to, is_clear, probably, by } = ends_of_harm(change);
    if (is_same) return `as much harm is prevented${or_up_to} (assumed)`;
    if (probably) return `harm prevented ${probably} (assumed: ${words})`;
    return is_clear
      ? `harm prevented would ${by} (assumed)`
      : `whether more harm is prevented is unclear (assumed: ${words})`;
  }

  // The same beside its name.
  function harm_in_a_row(change) {
    if (change.includes(null)) return "not told";
    const { is_same, or_up_to, way } = ends_of_harm(change);
    return is_same ? `as much${or_up_to}` : way;
  }

  parley.statements = { direction, coalitions, exchange, is_hardly, harm, harm_in_a_row };
})();
