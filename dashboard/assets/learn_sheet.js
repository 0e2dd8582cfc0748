// The sheet of a lesson for paper: the tasks, with what the student has written or lines to write
// on. It is made as the page goes to print, and holds no step that the student has not reached; a
// sheet for a class has the tasks alone.
(() => {
  const { at, element, fill, on, on_click } = parley.dom;
  const LINES = 3; // to write on
  let for_class = false;

  const heading = (words) => element("h2", {}, words);
  const lines = (count = LINES) =>
    element(
      "div",
      { className: "sheet-lines" },
      ...Array.from({ length: count }, () => element("span", {})),
    );
  const written = (words) =>
    words && !for_class ? element("p", { className: "sheet-own" }, words) : lines();
  // A section as the page has it.
  const text = (name) =>
    element("div", { className: "lesson-text" }, at(`lesson-text-${name}`).cloneNode(true));

  function prediction({ predict }, own) {
    if (own.committed && !for_class)
      return [
        element(
          "p",
          { className: "sheet-own" },
          `${parley.lesson.said(own)}${own.why ? `, because: ${own.why}` : ""}`,
        ),
      ];
    const field =
      predict.form === "number"
        ? [
            element(
              "p",
              { className: "sheet-blank" },
              "I say: ",
              element("span", {}),
              ` ${predict.unit}`,
            ),
          ]
        : [
            element(
              "ul",
              { className: "sheet-options" },
              ...predict.options.map(({ words }) => element("li", {}, words)),
            ),
          ];
    return [...field, ...(predict.reasons ? [element("p", {}, "Why?"), lines(2)] : [])];
  }

  function sheet() {
    const lesson = parley.lesson.now(),
      is_here = at("learn")?.dataset.shows === "lesson" && lesson;
    if (!at("lesson-sheet")) return;
    if (!is_here) return fill("lesson-sheet", []);
    const own = parley.lesson.mine(),
      reached = for_class ? 6 : own.committed ? (own.reached ?? 0) : 0,
      reveals = !for_class && reached > 1;
    const figures = reveals
      ? [
          element(
            "div",
            { className: "sheet-figures" },
            heading(`What I said, beside ${lesson.kind.beside}`),
            ...["said", "ranges", "sides", "grid", "beside", "other-figures"].map((name) =>
              at(`lesson-${name}`).cloneNode(true),
            ),
          ),
          text("reveal"),
        ]
      : [];
    const steps = [
      [
        heading("Predict"),
        text("predict"),
        element("p", { className: "sheet-asked" }, lesson.predict.question),
        ...prediction(lesson, own),
      ],
      [
        heading("Run"),
        text("run"),
        text("fold"),
        element("p", {}, "What I moved, and what changed:"),
        lines(),
        ...figures,
      ],
      [],
      for_class ? [] : [heading("Why is it so?"), text("explain")],
      [
        heading("Another case"),
        text("transfer"),
        written(own.transfer),
        ...(own.compared && !for_class ? [heading("One good answer"), text("good_answer")] : []),
      ],
      [
        heading("What would make this false?"),
        written(own.doubt),
        ...(own.doubted && !for_class ? [text("false")] : []),
      ],
    ];
    const head = [
      element(
        "p",
        { className: "sheet-name" },
        "Name: ",
        element("span", {}),
        " Date: ",
        element("span", {}),
      ),
      element("p", { className: "sheet-title" }, lesson.title),
      element("p", {}, `Parley, lesson ${parley.lesson.place_on_shelf()}. ${lesson.question}`),
    ];
    fill("lesson-sheet", [...head, ...steps.slice(0, reached + 1).flat()]);
    for (const named of at("lesson-sheet").querySelectorAll("[id]")) named.removeAttribute("id");
  }

  // The typeface of paper, which is there before anything is printed: a browser does not wait for it
  // then.
  function fetch_typeface() {
    if (at("typeface") || !at("learn")) return;
    const link = element("link", { id: "typeface", rel: "stylesheet", href: "class/typeface.css" });
    link.addEventListener("load", () => {
      for (const weight of [400, 650]) document.fonts.load(`${weight} 1em "Inter on paper"`);
    });
    document.head.append(link);
  }

  // The class gets the tasks of all steps, which come first from the server.
  async function print_for_class() {
    await parley.lesson.prepare();
    while (!at("lesson-text-transfer").textContent)
      await new Promise((resolve) => {
        setTimeout(resolve, 20);
      });
    for_class = true;
    print();
    for_class = false;
  }

  on("parley:learn", fetch_typeface);
  window.addEventListener("beforeprint", sheet);
  matchMedia("print").addEventListener("change", ({ matches }) => {
    if (matches) sheet();
  });
  on_click("#lesson-print", () => print());
  on_click("#lesson-print-class", print_for_class);
})();
