// What the pages Compare and Code designer say of a view in the same words: how far a number moves where only its direction may be
// read, whether one coalition takes the place of another, and what becomes of harm where nobody joins or leaves.
(() => {
  const {count, extent, is_clear, listing} = parley.format;
  const FAR = 3 / 2; // times as many, or as few: "far" more or fewer; below it is "somewhat"

  // How far a number moves from its *first* value by the *median* of its changes, by the ratio of the larger to the smaller.
  function size_of({first, median}, fewer = "fewer") {
    const [small, large] = [first, first + median].sort((a, b) => a - b);
    return `${large >= FAR * small ? "far" : "somewhat"} ${median < 0 ? fewer : "more"}`;
  }

  // Of those who join and those who leave: about how many states, and the most powerful among them.
  function exchange(both) {
    const one = ({number, named}, does) => `about ${count(number)} ${does}, ${listing(named)} among them`;
    return `${one(both.down, "states would leave")}; ${one(both.up, "would join")}.`;
  }

  // Where many states join and many leave, that their number hides it.
  const coalitions = ({coalitions: both}, is_far) => both ? `One coalition for another${is_far ? " (extrapolated)" : ""}: ${exchange(both)}` : "";

  // What becomes of the harm prevented, by the ends of its range over the assumptions.
  function harm([low, high]) {
    if (low === null || high === null) return "whether harm changes is not told";
    if (low === 0 && high === 0) return "as much harm is prevented (assumed)";
    const ends = `${extent(low, high, "", true)}\u00a0points`;
    return is_clear(low, high) ? `harm prevented ${ends} (assumed)` : `whether harm changes is unclear (assumed: ${ends})`;
  }

  parley.statements = {size_of, coalitions, exchange, harm};
})();
