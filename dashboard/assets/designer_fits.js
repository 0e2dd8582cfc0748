// The page Code designer: what other fits that the data allow give, in the sentence of the page
// Compare, which asks for the same. It is asked for after all else, as it takes hundreds of worlds,
// for which the next move of a slider would wait; such a move takes it back.
(() => {
  const { at, set, address, latest, on } = parley.dom,
    { KINDS } = parley.format;
  const OTHER_FITS = "With other fits that the data allow";
  const question = latest();
  let known = null;

  const is_known = ({ query }) => known?.query === query;
  const is_asked = (record) =>
    Boolean(record.other_fits) && record.query !== record.present_query && !is_known(record);

  // Whether the page shows this answer, and no slider has been moved since.
  const stands = ({ query }) =>
    at("design-answer")?.getAttribute("aria-busy") === "false" && parley.record.query === query;

  async function ask(record) {
    if (!stands(record)) return;
    const told = await answer(record.other_fits);
    if (told && at("designer")) known = { query: record.query, ...told };
  }

  // The words and the changes of the pair; null where the question is taken back, and a refusal of
  // the server in its words.
  async function answer(asked) {
    try {
      const content = await question.ask(address("data/compare", asked));
      if (!content) return null;
      const [{ in_other_fits, differences }] = content.pairs,
        row = (key) => differences.find((each) => each.key === key);
      const changes = {
        ...Object.fromEntries(Object.keys(KINDS).map((kind) => [kind, row(`listed-${kind}`)])),
        power: row("power_share"),
      };
      return { words: in_other_fits || `${OTHER_FITS}: nothing changes.`, changes };
    } catch (problem) {
      if (!problem.status) throw problem;
      return { words: `${OTHER_FITS}: ${problem.message}`, changes: null };
    }
  }

  // The changes under other fits, by kind and of power; undefined until they are here.
  const changes_of = (answer) => (is_known(answer) && known.changes) || undefined;
  // Whether there are such fits, and their changes are not here, so that no change has a size.
  const awaits = (answer) => Boolean(answer.other_fits) && !changes_of(answer);

  // Whether they are being simulated: a question that the server refused is answered, if without
  // changes.
  const is_coming = (answer) => Boolean(answer.other_fits) && !is_known(answer);

  // Until the answer is here, its place says that it comes. Where the headline or the table has
  // these changes, or awaits them, they are not told again.
  function show(answer, is_changed, is_told_above) {
    at("design-fits").hidden =
      !is_changed ||
      !answer.other_fits ||
      (is_told_above && Boolean(is_coming(answer) || changes_of(answer)));
    at("design-fits").classList.toggle("is-awaited", !is_known(answer));
    at("design-fits").classList.toggle("is-drawn", Boolean(changes_of(answer)));
    set("design-fits", is_known(answer) ? known.words : `${OTHER_FITS}: being simulated …`);
  }

  on("parley:page", () => {
    known = null;
  });

  parley.fits = {
    ask,
    awaits,
    cancel: question.cancel,
    changes_of,
    is_asked,
    is_coming,
    show,
    stands,
  };
})();
