// The step Reveal of a lesson: what a student said, beside what is known or both sides, each with
// its figures.
(() => {
  const { at, set, element, fill, put } = parley.dom,
    { capital } = parley.format;
  const FIRST = 6,
    MOST = 8; // figures that stand before the others fold; figures of which none folds
  const ARGUMENT = " – "; // what follows it in a side is an argument, and not of the model
  const NAMED = /^([^:,.]{3,24}): (.*)$/s; // a side that begins with its name

  function side_of(side, k) {
    const [, name, words] = NAMED.exec(side) ?? [
      "",
      k ? "On the other hand" : "On the one hand",
      side,
    ];
    const [own, ...rest] = words.split(ARGUMENT);
    return element(
      "p",
      {},
      element("strong", {}, `${name}: `),
      capital(own),
      ...rest.map((argument) => element("span", { className: "lesson-argument" }, argument)),
    );
  }

  // The own prediction beside each figure, in words and on one scale. No simulated number makes a
  // prediction wrong.
  function show(lesson, content, own) {
    const { rows, first, sides, grid } = content,
      {
        kind,
        predict: { form },
      } = lesson;
    at("lesson-revealed").hidden = false;
    set("lesson-heading-reveal", `What you said, beside ${kind.beside}`);
    put("lesson-text-reveal", { children: content.text });
    const main = rows.find((row) => row.name === first),
      strong = (words) => element("strong", {}, words);
    const beside =
      content.answer === null
        ? []
        : form === "number" && main
          ? [
              ` ${main.label}: `,
              strong(main.words),
              `, ${parley.lesson_figures.than(own.prediction, content.answer, own.unit)}.`,
            ]
          : [
              " The answer is: ",
              strong(content.answer_words),
              content.answer === own.prediction ? ", as you said." : ".",
            ];
    const weigh =
      content.answer === null
        ? " So your prediction is neither right nor wrong: weigh your reasons against both sides."
        : "";
    fill("lesson-said", [
      "You said: ",
      element("strong", { className: "lesson-yours" }, parley.lesson.said(own)),
      ".",
      ...beside,
    ]);
    fill("lesson-verdict", [
      element("span", { className: `kind-of-answer is-${kind.name}` }, kind.word),
      element("span", {}, ` ${kind.sentence}${weigh}`),
    ]);
    const figures = parley.lesson_figures.beside(
      rows,
      form === "number"
        ? { ...own, units: [own.unit, main?.unit ?? own.unit], high: lesson.predict.high }
        : null,
    );
    const ranges = parley.lesson_figures.of_sides(rows),
      in_grid = grid?.rows.flatMap(({ names }) => names) ?? [];
    const others = figures.filter(
        (_, k) => !ranges.includes(rows[k]) && !in_grid.includes(rows[k].name),
      ),
      shown = ranges.length || grid ? 0 : others.length > MOST ? FIRST : others.length;
    set("lesson-of-ranges", content.finding);
    at("lesson-of-ranges").hidden = !content.finding;
    fill("lesson-ranges", ranges.length ? parley.lesson_figures.ranges(ranges) : []);
    fill("lesson-beside", others.slice(0, shown));
    fill("lesson-other-figures", others.slice(shown));
    set("lesson-others-title", `The other ${others.length - shown} figures`);
    at("lesson-others").hidden = others.length === shown;
    at("lesson-caution").hidden = !rows.some((row) => row.simulated);
    fill("lesson-sides", sides.map(side_of));
    fill("lesson-grid", grid ? [parley.lesson_figures.grid(grid, rows)] : []);
  }

  parley.lesson_reveal = { show };
})();
