// The titles of the folds of the page Sweeps, which their pictures have too: each says what is
// found, with its number.
(() => {
  const { capital, percent, significant } = parley.format,
    { chosen, label_of, ranking } = parley.sweep_figures,
    { amount, amounts, ends_of, outcome_of, value_of, who_sign } = parley.sweep_words;
  const HARM = "harm_prevented",
    HOW_OFTEN = "how often ";
  const is_or_are = (label) => (/^\S+s$/.test(label) ? "are" : "is");
  // A dial at a value, as a part of a sentence.
  const asks = (label) => label.endsWith("?”");
  const stands = (label, value) =>
    asks(label)
      ? value
      : label.startsWith(HOW_OFTEN)
        ? `${label.slice(HOW_OFTEN.length)} ${value}`
        : `${label} ${is_or_are(label)} ${value}`;
  const parts_of = (answer, kind, outcome) =>
    answer.sentences
      .filter((each) => each.kind === kind && each.outcome === outcome && each.parts)
      .map(({ parts }) => parts);

  // Which dials matter most, and for how much.
  function matters(answer, outcome) {
    const [first, next] = ranking(answer, outcome);
    if (!first) return "What matters";
    const stands_out = !next || (first.low ?? first.value) > (next.high ?? next.value),
      rows = stands_out ? [first] : [first, next],
      names = rows.map((row) => label_of(answer, row.axis)).join(" and ");
    const shares = first.index
      ? ""
      : `: ${rows.map((row) => percent(row.share)).join(" and ")} of how ` +
        `${first.of === "effect" ? "the effect" : "it"} differs`;
    return `${capital(names)} matter${stands_out ? "s" : ""} most${shares}`;
  }

  // Where it changes most, and from how much to how much.
  function tips(answer, outcome) {
    const [tip] = answer.tips.filter((row) => row.outcome === outcome);
    if (!tip || tip.y || typeof tip.low !== "number" || tip.threshold !== null)
      return "Where it tips";
    const at = (end) =>
        answer.map.find((row) => row.outcome === outcome && row.at_x === end)?.value,
      ends = [at(tip.low), at(tip.high)],
      label = label_of(answer, tip.x),
      found = outcome_of(answer, outcome);
    const levels = ends.every((value) => typeof value === "number")
      ? ": " +
        `${who_sign(found) ? "" : `${found.label[0].toLowerCase()}${found.label.slice(1)} `}from ` +
        `${amount(found, ends[0])} to ${amount(found, ends[1])}`
      : "";
    return (
      `Most changes as ${label} go${/s$/.test(label) ? "" : "es"} from ` +
      `${significant(tip.low)} to ${significant(tip.high)}${levels}`
    );
  }

  // In which worlds it is most or least, and how often there; empty where nothing is said of that.
  function where(answer, outcome, has_effects) {
    const [said] = parts_of(answer, "where", outcome);
    if (!said) return "";
    const { sought, found, of_effect, extreme, limits, share } = said;
    if (!found) return of_effect ? "" : `No combination of assumptions found where it is ${sought}`;
    const what = has_effects ? "The effect" : capital(outcome_of(answer, outcome).label);
    return (
      `${what} is ${extreme} where ${limits.join(" and ")}: ` +
      `${sought} in ${share} of the sets of assumptions there`
    );
  }

  // Whether there are enough worlds.
  const is_short = (answer, outcome) =>
    parts_of(answer, "enough", outcome).some(({ enough }) => !enough);

  // The same, and how surely it is known from them.
  function enough(answer, outcome) {
    const said = parts_of(answer, "enough", outcome),
      short = is_short(answer, outcome),
      { known, alone } = said.find((each) => each.known) ?? {},
      begins = short ? "More worlds would make it surer" : "There are enough worlds to say so";
    if (!known) return begins;
    const least = `the least certain ${answer.lever ? "number" : "of the largest effects"}`,
      what = alone ? "it" : short ? least : `even ${least}`;
    return `${begins}: ${what} is known ${short ? "only " : ""}to ${known}`;
  }

  // Where among the *cells* of a map the mean is highest, and how low it is elsewhere. Of the
  // answers to two questions that one is left out, *other* than the lever, under which another cell
  // is as high but for chance, by which they may be *apart*.
  function heat(answer, outcome, cells, { apart, other }) {
    const found = outcome_of(answer, outcome),
      there = cells.filter(({ mean }) => typeof mean === "number").sort((a, b) => b.mean - a.mean);
    if (!there.length) return "Two dials together";
    const [most, least] = [there[0], there.at(-1)],
      who = who_sign(found),
      [high, low] = [most, least].map(({ mean }) => amount(found, mean));
    const of_choices = asks(most.across) && asks(most.upward),
      is_near = there.some((cell) => cell[other] !== most[other] && most.mean - cell.mean < apart),
      there_most = of_choices
        ? ["at_across", "at_upward"]
            .filter((key) => !(is_near && key === other))
            .map((key) => most[key])
            .join(", ")
        : `${stands(most.across, most.at_across)} and ${stands(most.upward, most.at_upward)}`;
    if (who)
      return (
        `On average ${low} to ${high} ${who}: most ` +
        `${of_choices ? `with ${there_most}` : `where ${there_most}`}`
      );
    const is_harm = outcome === HARM,
      highest =
        `${is_harm ? "Most harm is prevented" : `${capital(found.label)} is highest`}, ` +
        `${high}`,
      lowest = `${is_harm ? "least" : "lowest"}, ${low}`;
    return of_choices
      ? `${highest}: ${there_most}; ${lowest}: ${least.at_across}, ${least.at_upward}`
      : `${highest}, where ${there_most}; ${lowest}`;
  }

  // What the settings with the highest values of an outcome share more than all settings do: where
  // a dial stands, as its end is called, or an answer to a question. Empty where no dial stands
  // out.
  const OF_TOP = 0.1,
    LEAST_TILT = 0.3,
    // so large a part of the settings, by how much of it more often, and of so many dials
    MOST_SHARED = 2;
  function shared(answer, outcome) {
    const order = chosen(answer, outcome, Infinity),
      top = new Set(order.slice(-Math.ceil(OF_TOP * order.length)));
    const tilts = answer.axes
      .filter(({ name }) => answer.rows[name])
      .flatMap(({ name, label }) => {
        const values = answer.rows[name],
          numbers = order.map((k) => values[k]),
          is_dial = numbers.every((value) => typeof value === "number"),
          middle = (Math.min(...numbers) + Math.max(...numbers)) / 2;
        const [begins, low, high] = ends_of(answer, name),
          ends = begins
            ? [`where ${begins} ${low}`, `where ${begins} ${high}`]
            : ["low", "high"].map((end) => `where “${label}” is ${end}`);
        const groups = is_dial
          ? ends.map((words, end) => [words, (value) => value > middle === Boolean(end)])
          : [...new Set(numbers)].map((value) => [
              `with ${value_of(answer, name, value)}`,
              (other) => other === value,
            ]);
        const share = (places, is_in) =>
          places.filter((k) => is_in(values[k])).length / places.length;
        return groups
          .map(([words, is_in]) => ({ words, tilt: share([...top], is_in) - share(order, is_in) }))
          .sort((a, b) => b.tilt - a.tilt)
          .slice(0, 1);
      });
    return tilts
      .filter(({ tilt }) => tilt >= LEAST_TILT)
      .sort((a, b) => b.tilt - a.tilt)
      .slice(0, MOST_SHARED)
      .map(({ words }) => words)
      .join(" and ");
  }

  // From how much to how much it goes over all settings, and where it is highest.
  function lines(answer, outcome) {
    const found = outcome_of(answer, outcome),
      values = answer.rows[outcome].filter((value) => typeof value === "number"),
      who = who_sign(found);
    if (!values.length) return "All settings at once";
    const ends = amounts(found, Math.min(...values), Math.max(...values)),
      range =
        outcome === HARM
          ? `The code prevents ${ends} of harm`
          : who
            ? `${ends} ${who}`
            : `${capital(found.label)}: ${ends}`;
    const where_most = shared(answer, outcome);
    const in_all = answer.lever && who ? `In all ${range}` : range; // which its effects are not
    return where_most ? `${in_all}: most ${where_most}` : `${in_all}, from one setting to another`;
  }

  parley.sweep_titles = { matters, tips, where, enough, is_short, heat, lines };
})();
