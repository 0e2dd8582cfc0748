// What the pages Simulate, Compare and Code designer say of a view in the same words: how far a number moves where only its direction may be
// read, whether one coalition takes the place of another, and what becomes of harm where nobody joins or leaves.
(() => {
  const {change_in_words, count, extent, is_clear, listing} = parley.format, {clear_or_not} = parley.pairs;
  const FAR = 3 / 2; // times as many, or as few: "far" more or fewer; below it is "somewhat"

  // How far a number moves from its *first* value by the *median* of its changes, by the ratio of the larger to the smaller.
  function size_of({first, median}, fewer = "fewer") {
    const [small, large] = [first, first + median].sort((a, b) => a - b);
    return `${large >= FAR * small ? "far" : "somewhat"} ${median < 0 ? fewer : "more"}`;
  }

  // Which way a change goes in words without a number, from the *first* level on, by the best fit or, once these are here, by the
  // *wide* change under other fits; and how its ends begin, in full where they lie on either side or say what the words do not.
  function direction(first, best, wide) {
    const change = wide ?? best, {is_told, is_same, words} = clear_or_not(change), both = change_in_words(change.low_90, change.high_90).replace("up to ", "0 to ");
    if (is_same) return {way: "as many", ends: ""};
    if (!is_told) return {way: "", ends: both};
    if (words.startsWith("as ")) return {way: "mostly as many", ends: both};
    return {way: size_of({first, median: best.median * change.median > 0 ? best.median : change.median}), ends: / (fewer|less) to /.test(both) ? both : both.replace(/ (more|fewer)$/, "")};
  }

  // Where many states join and many leave, that their number hides it: about how many, and the most powerful among them.
  function coalitions({coalitions: both}, is_far) {
    if (!both) return "";
    const one = ({number, named}, does) => `about ${count(number)} ${does}, ${listing(named)} among them`;
    return `One coalition for another${is_far ? " (extrapolated)" : ""}: ${one(both.down, "states would leave")}; ${one(both.up, "would join")}.`;
  }

  // What becomes of the harm prevented, by the ends of its range over the assumptions.
  function harm([low, high]) {
    if (low === null || high === null) return "whether harm changes is not told";
    if (low === 0 && high === 0) return "as much harm is prevented (assumed)";
    const ends = `${extent(low, high, "", true)}\u00a0points`;
    return is_clear(low, high) ? `harm prevented ${ends} (assumed)` : `whether harm changes is unclear (assumed: ${ends})`;
  }

  parley.statements = {size_of, direction, coalitions, harm};
})();
