// The page Code designer: what other fits that the data allow give, in the sentence of the page Compare, which asks for the same. It is
// asked for after all else, as it takes hundreds of worlds, for which the next move of a slider would wait; such a move takes it back.
(() => {
  const {at, set, address, latest, on} = parley.dom;
  const OTHER_FITS = "With other fits that the data allow";
  const question = latest();
  let known = null;

  const is_known = ({query}) => known?.query === query;
  const is_asked = record => Boolean(record.other_fits) && record.query !== record.present_query && !is_known(record);

  // Whether the page shows this answer, and no slider has been moved since.
  const stands = ({query}) => at("design-answer")?.getAttribute("aria-busy") === "false" && parley.record.query === query;

  async function ask(record) {
    if (!stands(record)) return;
    const words = await answer(record.other_fits);
    if (!words || !at("designer")) return;
    known = {query: record.query, words};
    if (stands(record)) show(record, true);
  }

  // Empty where the question is taken back; a refusal of the server in its words.
  async function answer(asked) {
    try {
      const content = await question.ask(address("data/compare", asked));
      return content && (content.pairs[0].in_other_fits || `${OTHER_FITS}: nothing changes.`);
    } catch (problem) {
      if (!problem.status) throw problem;
      return `${OTHER_FITS}: ${problem.message}`;
    }
  }

  // Until the answer is here, its place says that it comes.
  function show(answer, is_changed) {
    at("design-fits").hidden = !is_changed || !answer.other_fits;
    at("design-fits").classList.toggle("is-awaited", !is_known(answer));
    set("design-fits", is_known(answer) ? known.words : `${OTHER_FITS}: simulated last …`);
  }

  on("parley:page", () => { known = null; });

  parley.fits = {ask, cancel: question.cancel, is_asked, show, stands};
})();
