// The fold of the page Sweeps on what a sweep finds from its first setting on, where its answer counts from the present text.
(() => {
  const {set, element, table, row} = parley.dom, {BASES, TO, capital, interval} = parley.format, figures = parley.sweep_figures;
  const MARKS = "Dot and line: the mean and its 95\u00a0% interval. Pale: nine in ten of the assumptions.";

  // What is said there: the sentences in *paragraphs*, then what is exact in them.
  function say(answer, paragraphs, exact) {
    set("sweep-first-title", answer.from_here.first);
    const {also} = answer.sentences.find(({kind}) => kind === "answer");  // what the signing states in it rest on, besides the tag of the fold
    return [element("p", {}, answer.from_here.from_first, ...(also ? [" ", parley.basis.tag({basis: BASES[also], why: ""})] : [])), ...paragraphs, element("details", {}, element("summary", {}, "In exact numbers"), ...exact.map(words => element("p", {}, words)))];
  }
  const note = (answer, outcome) => `${capital(figures.outcome_of(answer, outcome).label)}, ${figures.from_of(answer, outcome)}. ${MARKS} Both sides of each comparison have the same luck.`;

  // Whether the figure of the answer counts *outcome* from the present text, and what stands above it then.
  const counts = (answer, outcome) => Boolean(answer.from_here?.rows[outcome]?.length);
  const title = answer => `What comes of ${figures.label_of(answer, answer.lever)}, counted from the present text`;
  // What the marks of the figure of one outcome say, beside which nothing is compared.
  const keys_of_spread = ({unit, mean, p5, p95}) => typeof p5 !== "number" ? [] : [["sweep-mean-line", `mean: ${figures.amount({unit}, mean)}`], ["sweep-shade", `nine in ten of the assumptions: ${figures.amounts({unit}, p5, p95)}`]];
  const KEYS = [["sweep-bar", "nine in ten: how far it goes"], ["sweep-dot", "median of who signs"], ["sweep-luck", "the present text"]];

  // Parts of the harm prevented beside the first answer, as rows of points; null where the *others* are something else.
  function table_of(answer, others) {
    const rows = others.map(({outcome}) => answer.effects.filter(row => row.outcome === outcome && row.asked).pop());
    if (!rows.length || answer.from_here || !rows.every(row => row?.unit === "points" && typeof row.p5 === "number")) return null;
    const {in_tenths} = parley.sweep_words, signed = value => (value > 0 ? "+" : "") + in_tenths(value);
    const whole = answer.effects.filter(row => row.outcome === answer.outcomes[0].name && row.asked).pop(), of_whole = typeof whole?.mean === "number" ? `Of the ${signed(whole.mean)}, by` : "Of this, by";
    const source = ({outcome, mean}) => figures.outcome_of(answer, outcome).label.replace(/^Harm prevented by /, "").replace(/^(.+) avoided$/, (words, what) => mean < 0 ? `more ${what}` : words);  // less of it avoided is more of it
    return element("div", {}, table([of_whole, "in points", "nine in ten"], rows.map(each => row(capital(source(each)), signed(each.mean), interval(each.p5, each.p95, signed, TO)))), element("p", {className: "dimmed"}, "Rounded: the parts need not add up."));
  }

  parley.sweep_first = {table_of, say, note, counts, title, keys_of_spread, KEYS};
})();
