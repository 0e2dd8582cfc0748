// The rows of the figure on the page A stakeholder: how it stands before any change, and what each
// change yields.
(() => {
  const { element } = parley.dom,
    { BASES, TO, capital, percent, percent_interval } = parley.format;
  const FAMILIES = {
    text: "The text",
    forum: "Who convenes",
    outreach: "Outreach",
    signature: "Others' signatures",
    capacity: "Capacity support",
  };
  const HARDLY = "hardly moves it",
    CANNOT_BE_JUDGED = "cannot be judged"; // verdicts
  // of what no answer rests on; who they are stands with each change in full
  const OTHERS = "fewer others sign";
  const weak = ({ doubt }) => (doubt === "mixed" ? "mixed evidence" : "weak evidence");

  // The first rows of the figure: the share before any change, and that without what is supposed
  // too. First is the one that the others are set beside: where nothing more is sought, the Paris
  // Call as it was, as it is before a change.
  function rows_before(content) {
    const {
      answer: {
        misses,
        misses_without,
        as_it_is,
        supposed,
        weights_before,
        in_all_fits,
        without,
        weights_without,
        verdict,
        verdict_in_words,
      },
      signed_by,
    } = content;
    const part = (title, words, change, ...more) => ({
      change,
      title,
      label: element(
        "div",
        { className: "what" },
        element("h3", {}, title),
        element("p", {}, words),
      ),
      shares: shares_of(change.share_after, change.of_weights, ...of_worlds(change.fact), ...more),
      link: "",
    });
    const of_worlds = (fact) =>
      // so that it is not read as the mark beside it
      fact ? [element("span", { className: "of-worlds" }, "of worlds")] : [];
    const fact = (share) => (share > 0.5 ? "out" : "in"); // of whom the model misses
    const is_judged = supposed && is_beside_the_call(content),
      alike =
        in_all_fits && is_certain(signed_by)
          ? [element("span", { className: "interval-words" }, "in all fits")]
          : [];
    const now = part(
      capital(as_it_is),
      supposed && supposed.length <= LONGEST
        ? capital(supposed)
        : supposed
          ? "Nothing else changed"
          : "Nothing changed",
      {
        share_after: signed_by,
        of_weights: weights_before,
        verdict: is_judged ? verdict : "",
        told_from_zero: true,
        borne: true,
        fact: misses && fact(signed_by),
      },
      ...alike,
      ...(is_judged && verdict
        ? [element("span", { className: "verdict" }, verdict_in_words)]
        : []),
    );
    if (without === null) return [now];
    const before = part("The Paris Call as it was", "Without what is supposed", {
      share_after: without,
      of_weights: weights_without,
      fact: misses_without && fact(without),
    });
    return is_judged ? [before, now] : [now, before];
  }
  const LONGEST = 120; // letters of what is supposed, in its row

  // Whether the figure is of what is supposed, set beside the Paris Call as it was: where nothing
  // more is sought.
  const is_beside_the_call = ({ aim, answer: { without } }) => !aim && without !== null;

  // The share that the figure marks, from which the others move, in words.
  const mark_of = (content) =>
    is_beside_the_call(content)
      ? `the Paris Call as it was, ${percent(content.answer.without)}`
      : `${content.answer.as_it_is}, ${percent(content.signed_by)}`;

  // What is sought: beyond what is supposed, or else what would be without it, by which that is
  // judged.
  const aim_of = ({ aim, answer }) => aim ?? answer.aim_without;

  const shares_of = (share, of_weights, ...more) =>
    element(
      "p",
      { className: "shares" },
      element("strong", {}, percent(share)),
      " ",
      ...(of_weights && percent_interval(...of_weights) !== percent(share)
        ? [
            element(
              "span",
              { className: "interval-words" },
              percent_interval(...of_weights, 0, TO),
            ),
            " ",
          ]
        : []),
      ...more,
    );

  const is_certain = (share) => share === 0 || share === 1;

  // Whether a change is enough, in words; of one that no answer may rest on, the motive that it
  // rests on: that the register cannot check it is said once, above all of them.
  const verdict_of = ({ borne, verdict, verdict_in_words }) =>
    verdict !== CANNOT_BE_JUDGED
      ? verdict_in_words
      : borne
        ? "it rests on a motive that may not count"
        : "";

  // A row for a change: the change in words, how large it is, what it yields, its share, and a link
  // that tries it. Of what was tried in vain, or hardly moves the share, there is nothing to try.
  function row_of(change, { basis: basis_before, link }) {
    const {
      family,
      in_short,
      what,
      share_after,
      low,
      high,
      without_effect,
      basis,
      price,
      tried,
      footing,
      told_from_zero,
      borne,
      note,
      of_weights,
      once_reached,
      verdict,
    } = change;
    const rests = basis === "extrapolated" && basis_before !== basis ? BASES[basis] : "";
    return {
      change: { ...change, luck: [low, high] },
      label: element(
        "div",
        { className: "what" },
        element("h3", {}, capital(without_effect || in_short)),
        element(
          "p",
          {},
          [
            FAMILIES[family] ?? family,
            change.size_in_brief,
            rests,
            footing ? weak(change) : told_from_zero ? "" : "weak evidence",
            family === "forum" && note,
            family === "outreach" && !without_effect && "only puts the matter before it more often",
            once_reached && "it would have to be reached as well",
            price && `but then ${told_from_zero && borne ? price : OTHERS}`,
          ]
            .filter(Boolean)
            .join(" · "),
        ),
        ...(change.asks ? [element("p", {}, capital(change.asks))] : []),
      ),
      shares: shares_of(
        share_after,
        of_weights,
        ...(verdict_of(change)
          ? [element("span", { className: "verdict" }, verdict_of(change))]
          : []),
      ),
      link:
        !tried || verdict === HARDLY
          ? ""
          : element(
              "a",
              { href: link(tried), "aria-label": `Try it: ${what}`, className: "try" },
              "Try it",
            ),
    };
  }

  parley.stakeholder_rows = { rows_before, row_of, mark_of, aim_of, verdict_of };
})();
