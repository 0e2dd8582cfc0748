// The page Code designer: what another text changes, in a sentence; far outside the data, as directions without a number.
(() => {
  const {element} = parley.dom;
  const {KIND, KINDS, capital, change_interval, change_in_words, clear_change, count, is_clear, listing, more_or_fewer, percent} = parley.format;
  const {words_of} = parley.pairs;
  const FAR = 3 / 2; // times as many, or as few: "far" more or fewer; below it is "somewhat"

  const changed_by = ({difference, low, high}, unit = "") =>
    change_in_words(low, high, unit).startsWith("as ") ? "0" : clear_change(difference, low, high, unit);
  // Of a text far outside the data, the range alone.
  const range_of = ({low, high}, unit = "") => change_interval(low, high, unit);

  // The kinds of which a change is clear, of which it is not, and those that stay.
  function parted(change) {
    const kinds = Object.keys(KINDS), clear = kinds.filter(kind => is_clear(change[kind].low, change[kind].high));
    const same = kinds.filter(kind => changed_by(change[kind]) === "0");
    return {clear, same, unclear: kinds.filter(kind => ![...clear, ...same].includes(kind))};
  }

  // How far a number moves, in words: by the ratio of the larger to the smaller.
  function size_of({first, difference}, fewer = "fewer") {
    const [small, large] = [first, first + difference].sort((a, b) => a - b);
    return `${large >= FAR * small ? "far" : "somewhat"} ${difference < 0 ? fewer : "more"}`;
  }
  // The direction of a change alone: "far fewer", of a share "far less".
  function direction_of(change, unit = "") {
    if (changed_by(change, unit) === "0") return unit ? "as much" : "as many";
    return is_clear(change.low, change.high) ? size_of(change, unit ? "less" : "fewer") : "unclear";
  }

  // "6 fewer", or that it is not clear; after the level of a kind.
  const change_in_a_line = change => changed_by(change) === "0" ? "as before" : is_clear(change.low, change.high) ? more_or_fewer(change.difference) : "change unclear";

  // How many more or fewer of each kind, where that is clear; then the kinds of which it is not, and those that stay.
  function in_numbers(change) {
    const {clear, same, unclear} = parted(change);
    const one = kind => { const said = more_or_fewer(change[kind].difference); return `${said} ${/^1 /.test(said) ? KIND[kind] : words_of(kind)}`; };
    const parts = [
      ...(clear.length ? [`${listing(clear.map(one))} than under the present text`] : []),
      ...(unclear.length ? [`no clear change in ${listing(unclear.map(words_of))}`] : []),
      ...(same.length ? [`as many ${listing(same.map(words_of))}${clear.length ? "" : " as under the present text"}`] : []),
    ];
    return capital(parts.join("; "));
  }

  // "Far fewer firms and NGOs, and somewhat fewer states, would sign": the kinds that change alike together, the largest change first.
  function in_directions(change) {
    const {clear, same, unclear} = parted(change), sizes = ["far fewer", "far more", "somewhat fewer", "somewhat more"];
    const alike = sizes.map(words => [words, clear.filter(kind => size_of(change[kind]) === words)]).filter(([, kinds]) => kinds.length);
    const [first, ...others] = alike.map(([words, kinds]) => `${words} ${listing(kinds.map(words_of))}`);
    const signing = first ? [`${first}${others.length ? `, and ${listing(others)},` : ""} would sign`] : [];
    const rest = [...(unclear.length ? [`no clear change in ${listing(unclear.map(words_of))}`] : []), ...(same.length ? [`as many ${listing(same.map(words_of))}`] : [])];
    return `${capital([...signing, ...rest].join("; "))} (extrapolated)`;
  }

  const present = change => `The present text: ${listing(Object.keys(KINDS).map(kind => `${count(change[kind].first)} ${words_of(kind)}`))} sign, in the median world`;

  // In which share of the worlds somebody signs either text, as "0 → 30 %"; one number where both are the same.
  const shares = ({first, second}) => first === second ? percent(first) : `${percent(first).replace("\u00a0%", "")}\u00a0→\u00a0${percent(second)}`;

  // What becomes of the great powers under another text, and under the present one where they stand: those of whom the same
  // is said together. Each has its words before its shares and after them, of one and of several; those who move come first.
  // The shares are an element of their own, as far outside the data they stand behind the fold of numbers.
  const STANDS = [
    {is: ({turns, in_most}) => turns && in_most, one: "would join"},
    {is: ({moves, in_most, first, second}) => moves && second > first && in_most, one: "likelier still"},
    {is: ({moves, first, second}) => moves && second > first, one: "likelier", after: ", but out in most worlds"},
    {is: ({turns}) => turns, one: "would leave"},
    {is: ({moves, in_most}) => moves && in_most, one: "less likely", after: ", but in most worlds still in"},
    {is: ({moves}) => moves, one: "less likely still"},
    {is: ({edge}) => edge, one: "on the edge"},
    {is: ({in_most}) => in_most, one: "signs as before", several: "sign as before"},
    {is: () => true, one: "stays out as before", several: "stay out as before"},
  ];
  const STANDS_NOW = [
    {is: ({in_most}) => in_most, one: "signs in most worlds", several: "sign in most worlds"},
    {is: ({first}) => first === 0, one: "stays out in all worlds", several: "stay out in all worlds"},
    {is: () => true, one: "stays out in most worlds", several: "stay out in most worlds"},
  ];
  const all_or_one = words => words.every(each => each === words[0]) ? words[0] : words.join(", ");
  function powers({powers: all}, is_changed, is_far) {
    const stands = is_changed ? STANDS : STANDS_NOW, alike = stands.map(words => [words, all.filter(one => stands.find(({is}) => is(one)) === words)]);
    const said = alike.filter(([, some]) => some.length).map(([{one, several = one, after = ""}, some]) =>
      [`${listing(some.map(power => power.said))} ${some.length > 1 ? several : one}`, element("span", {className: "shares"}, ` (${all_or_one(some.map(shares))})`), after]);
    return said.length ? [`Great powers${is_far ? ", extrapolated" : ""}: `, ...said.flatMap((parts, k) => k ? ["; ", ...parts] : parts), "."] : [];
  }

  parley.finding = {changed_by, change_in_a_line, direction_of, range_of, in_numbers, in_directions, present, powers, shares};
})();
