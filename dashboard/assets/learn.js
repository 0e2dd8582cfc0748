// The page Learn: the shelf of lessons, and one lesson step by step. Of what follows the prediction
// nothing is asked of the server, and so nothing is here, before the student has committed to one.
(() => {
  const { at, set, say, element, fill, put, address, ask, latest, on, on_click } = parley.dom;
  const { capital, significant } = parley.format;
  const STEPS = ["predict", "run", "reveal", "explain", "transfer", "false", "done"],
    PREDICT = STEPS[0],
    DONE = STEPS[STEPS.length - 1];
  const ON = {
      run: "Show me what is known",
      reveal: "Why is it so?",
      explain: "Now another case",
      transfer: "What would make it false?",
      false: "Finish the lesson",
    },
    COMPARE = "Compare with my prediction";
  const LONGEST = 2000; // characters of an answer
  const BESIDE = {
    transfer: {
      part: "good_answer",
      kept: "compared",
      place: "lesson-good-answer",
      label: "Your answer, in a sentence or two",
      show: "Show one good answer",
    },
    false: {
      part: "false",
      kept: "doubted",
      place: "lesson-doubts",
      label: "I would change my mind if …",
      show: "Show what would speak against it",
    },
  };
  const openings = latest();
  const NEEDS = {
    run: ["course"],
    explain: ["explain"],
    transfer: ["transfer"],
    done: ["explain"],
  };
  let lesson = null,
    parts = {}, // of the lesson that is shown, as far as its steps are reached
    revealed = null,
    step = "",
    problems = "";

  const cards = () => [...document.querySelectorAll(".learn-card")];
  const mine = () => parley.learner.of(lesson.name);
  const keep = (changes) => parley.learner.keep(lesson.name, changes);
  const place_of = (name) => STEPS.indexOf(name);
  const part = (name, of) =>
    ask(address(`data/lesson/${name}`, `lesson=${encodeURIComponent(of)}`));
  const words_of = (problem) =>
    capital(problem.status ? problem.message : "the server does not answer.");
  const button = (words, goes, style = "quiet") =>
    element("button", { type: "button", className: style, dataset: { goes } }, words);
  const write = (name, text) => put(`lesson-text-${name}`, { children: text });

  // What the address asks for: a lesson, or the shelf.
  async function open() {
    const name = parley.view.lesson;
    if (!at("learn")) return;
    say("message", problems);
    problems = "";
    if (!name) return shelf();
    if (lesson?.name === name && at("learn").dataset.shows === "lesson") return;
    [lesson, parts, revealed, step] = [null, {}, null, ""];
    show("lesson");
    for (const id of ["lesson-shown", "lesson-folds"]) at(id).hidden = true;
    title("…", "");
    try {
      const content = await openings.ask(
        address("data/lesson/opening", `lesson=${encodeURIComponent(name)}`),
      );
      if (content) begin(content);
    } catch (problem) {
      problems = words_of(problem);
      go_to(null);
    }
  }

  // In the page itself: the way back of the browser leads back.
  function go_to(name) {
    if (parley.view.lesson !== name) history.pushState(null, "", location.href);
    parley.view.lesson = name;
    parley.write();
    open();
    scrollTo(0, 0);
  }

  function show(what) {
    at("learn").dataset.shows = what;
    at("learn-shelf").hidden = what !== "shelf";
    at("lesson").hidden = what !== "lesson";
  }

  function title(words, meta) {
    at("learn-title").dataset.shelf ??= at("learn-title").textContent;
    set("learn-title", words || at("learn-title").dataset.shelf);
    if (meta !== null) fill("lesson-meta", [meta].flat());
    parley.entitle(words);
  }

  // The shelf

  const state_of = (name) => {
    const { committed, finished, step: at_step } = parley.learner.of(name);
    return finished ? "done" : committed ? place_of(at_step) : null;
  };

  function shelf() {
    openings.cancel();
    lesson = null;
    show("shelf");
    title("", "");
    for (const place of document.querySelectorAll(".learn-way-picture:empty"))
      place.append(parley.lesson_figures.way(place.dataset.way));
    let done = 0;
    for (const card of cards()) {
      const state = state_of(card.dataset.opens),
        last = STEPS.length - 1;
      card.classList.toggle("is-done", state === "done");
      card.querySelector(".learn-state").textContent =
        state === "done"
          ? "✓ done"
          : state === null
            ? ""
            : `step ${Math.min(state + 1, last)} of ${last}`;
      done += state === "done";
    }
    set("learn-done", done ? `${done} of ${cards().length} done` : "");
    next_up();
    held();
  }

  // The button of the head: the lesson that is under way, else the first that is not done.
  function next_up() {
    const all = cards(),
      under_way = all.find((card) => typeof state_of(card.dataset.opens) === "number"),
      fresh = all.find((card) => state_of(card.dataset.opens) === null);
    const card = under_way ?? fresh ?? all[0],
      words = under_way
        ? "Go on where you were"
        : !fresh
          ? "Take the first again"
          : card === all[0]
            ? "Start the first lesson"
            : "Start the next lesson";
    Object.assign(at("learn-start"), { textContent: words, href: card.getAttribute("href") });
    at("learn-start").dataset.opens = card.dataset.opens;
    fill("learn-next", [
      element("strong", {}, card.querySelector("h3").textContent),
      element("span", {}, ` ${card.querySelector("p").textContent}`),
    ]);
  }

  function held(note = "") {
    const count = parley.learner.begun().length;
    set(
      "learn-held",
      note ||
        (count
          ? `Kept here: your answers to ${count} ${count === 1 ? "lesson" : "lessons"}.`
          : "Nothing is kept yet."),
    );
    for (const id of ["learn-download", "learn-forget"]) at(id).disabled = !count;
    set("learn-forget", "Forget all");
    delete at("learn-forget").dataset.sure;
    if (!parley.learner.is_kept())
      set(
        "learn-kept",
        "This browser keeps nothing for this page: your answers are gone once you " +
          "leave it. Download them before.",
      );
  }

  // One lesson

  const place_on_shelf = () => cards().findIndex((card) => card.dataset.opens === lesson.name) + 1;
  function begin(content) {
    lesson = content;
    const { word, name, sentence } = lesson.kind;
    title(
      lesson.title,
      [
        `Lesson ${place_on_shelf()} of ${cards().length}`,
        element("span", { className: `kind-of-answer is-${name}`, title: sentence }, word),
        `about ${lesson.minutes}\u00a0min`,
      ].map((each) => element("span", {}, each)),
    );
    for (const name of [
      "run",
      "fold",
      "reveal",
      "explain",
      "transfer",
      "good_answer",
      "false",
      "background",
      "key",
      "misconceptions",
    ])
      write(name, "");
    write("predict", lesson.text);
    at("lesson-teacher").open = at("lesson-background").open = false;
    at("lesson-teacher-shown").hidden = true;
    at("lesson-shown").hidden = at("lesson-folds").hidden = false;
    at("lesson-stage").hidden = true;
    go(mine().committed ? mine().step : PREDICT, false);
  }

  // Shows a step; the one that comes next is reached by it.
  async function go(to, moves = true) {
    const committed = Boolean(mine().committed);
    step = committed && STEPS.includes(to) ? to : PREDICT;
    if (committed) keep({ step, reached: Math.max(mine().reached ?? 0, place_of(step)) });
    for (const each of STEPS) at(`lesson-step-${each}`).hidden = each !== step;
    at("lesson-background").hidden = !has_reached("explain");
    progress();
    way();
    at("lesson-teacher").hidden = parley.view.teacher !== "yes" && !mine().finished;
    if (moves) {
      at(`lesson-heading-${step}`).focus({ preventScroll: true });
      at("lesson").scrollIntoView({ block: "start" });
    }
    await content_of(step);
  }

  function progress() {
    const reached = mine().committed ? (mine().reached ?? 0) : 0,
      here = place_of(step),
      last = STEPS.length - 1;
    for (const [place, one] of document.querySelectorAll(".lesson-steps button").entries()) {
      one.disabled = place > reached;
      one.classList.toggle("is-passed", place < Math.max(reached, here));
      if (place === here) one.setAttribute("aria-current", "step");
      else one.removeAttribute("aria-current");
    }
    set(
      "lesson-place",
      here < last
        ? `Step ${here + 1} of ${last}: ` +
            `${document.querySelector(".lesson-steps [aria-current] span:last-child").textContent}`
        : "All steps are done",
    );
  }

  const has_reached = (name) =>
    Boolean(mine().committed) && (mine().reached ?? 0) >= place_of(name);

  // The buttons below a step: back, and on.
  function way() {
    if (step === PREDICT)
      return void fill(
        "lesson-way-predict",
        mine().committed ? [button("Go on", "run", "main")] : [],
      );
    if (step === DONE) return end();
    const next = STEPS[place_of(step) + 1],
      waits = step in BESIDE && !mine()[BESIDE[step].kept];
    fill(`lesson-way-${step}`, [
      button("Back", STEPS[place_of(step) - 1]),
      ...(waits
        ? []
        : [button(step === "run" && lesson.kind.has_sides ? COMPARE : ON[step], next, "main")]),
    ]);
  }

  // What a step holds, fetched when it is reached and not before; what is set beside the prediction
  // is simulated by the server while a student runs.
  async function content_of(name) {
    const { name: of } = lesson,
      is_here = () => lesson?.name === of && step === name;
    say(`lesson-problem-${name}`);
    at(`lesson-step-${name}`).classList.remove("refused");
    try {
      if (name === PREDICT) return predict();
      for (const reached of STEPS.filter(has_reached)) await parts_of(reached, of);
      if (!is_here()) return;
      if (name === "run") {
        await parley.lesson_run.begin(lesson, parts.course.setting);
        // asked for, and a problem told, at the step itself
        if (lesson?.name === of) part("prepared", of).catch(() => {});
      }
      if (name === "reveal") {
        at("lesson-revealed").hidden = true;
        const content = await reveal_of(of);
        if (is_here()) parley.lesson_reveal.show(lesson, content, mine());
      }
      if (name in BESIDE) words_of_ones_own(name);
    } catch (problem) {
      if (!is_here()) return;
      say(`lesson-problem-${name}`, `${words_of(problem)} `);
      at(`lesson-problem-${name}`).append(button("Try again", name, "reset"));
      at(`lesson-step-${name}`).classList.add("refused");
    }
  }

  // The parts that a step needs, with the words to set beside one's own once they are asked for.
  async function parts_of(name, of) {
    const beside = BESIDE[name];
    for (const each of NEEDS[name] ?? []) await write_part(each, of);
    if (beside && mine()[beside.kept]) await write_part(beside.part, of);
  }

  // A part, fetched once, and written into its places.
  async function write_part(name, of) {
    if (parts[name]) return;
    const content = await part(name, of);
    if (lesson?.name !== of) return;
    parts[name] = content;
    for (const [section, text] of Object.entries(content.texts)) write(section, text);
    if (name !== "course") return;
    const { fold } = content;
    write("fold", fold?.text ?? "");
    set("lesson-fold-title", fold?.heading ?? "");
    Object.assign(at("lesson-fold"), { hidden: !fold, open: false });
  }

  let asked = null;
  function reveal_of(of) {
    if (revealed?.name === of) return Promise.resolve(revealed);
    if (asked?.of !== of) {
      const answer = part("revealed", of).then(
        (content) => (revealed = content),
        (problem) => {
          asked = null;
          throw problem;
        },
      );
      asked = { of, answer };
    }
    return asked.answer;
  }

  // Predict

  const { is_counted, with_unit } = parley.lesson_figures,
    number_asked = ({ unit, low, high }) =>
      `${is_counted(unit) ? "whole number" : "number"} from ${significant(low, 6)} to ` +
      `${significant(high, 6)}`;
  const said = ({ prediction, prediction_words, unit }) =>
    prediction_words ?? with_unit(significant(prediction, 6), unit);

  function predict() {
    const { committed, why } = mine();
    if (committed) {
      return fill("lesson-prediction", [
        element("p", { className: "lesson-asked" }, lesson.predict.question),
        element(
          "p",
          { className: "lesson-committed" },
          "You said: ",
          element("strong", {}, said(mine())),
          ".",
        ),
        ...(why ? [element("p", { className: "lesson-because" }, `“${why}”`)] : []),
        element(
          "p",
          { className: "dimmed" },
          "A prediction stands once it is made. To make another, start the lesson over at its end.",
        ),
      ]);
    }
    const { question, form, reasons } = lesson.predict;
    const why_line = reasons
      ? [
          element(
            "div",
            {},
            element(
              "label",
              { className: "lesson-label", htmlFor: "lesson-why" },
              "Why? One line is enough.",
            ),
            element("input", {
              id: "lesson-why",
              type: "text",
              maxLength: 300,
              autocomplete: "off",
            }),
          ),
        ]
      : [];
    const in_row = form === "number" ? [] : why_line;
    const commit = element(
      "form",
      { id: "lesson-form", noValidate: true },
      ...(form === "number" ? number_field(question, why_line) : choice(question)),
      element("p", { id: "lesson-wrong", className: "message", role: "alert", hidden: true }),
      element(
        "div",
        { className: `lesson-way is-in-sight${in_row.length ? " has-reason" : ""}` },
        ...in_row,
        element("button", { type: "submit", className: "main" }, "This is my prediction"),
        element("span", { className: "dimmed" }, "Then it stands, and you go on."),
      ),
    );
    commit.addEventListener("submit", (event) => {
      event.preventDefault();
      submit();
    });
    fill("lesson-prediction", [commit]);
  }

  function number_field(question, why_line) {
    const { unit } = lesson.predict;
    return [
      element("label", { className: "lesson-asked", htmlFor: "lesson-number" }, question),
      element(
        "div",
        { className: "lesson-fields" },
        element(
          "div",
          {},
          element(
            "div",
            { className: "lesson-number" },
            element("input", {
              id: "lesson-number",
              type: "text",
              inputMode: "decimal",
              autocomplete: "off",
              maxLength: 16,
              "aria-describedby": "lesson-range",
            }),
            element("span", {}, unit),
          ),
          element(
            "p",
            { id: "lesson-range", className: "dimmed" },
            `Any ${number_asked(lesson.predict)}`,
          ),
        ),
        ...why_line,
      ),
    ];
  }

  const choice = (question) => [
    element(
      "fieldset",
      { className: "lesson-options" },
      element("legend", { className: "lesson-asked" }, question),
      ...lesson.predict.options.map(({ name, words }) =>
        element(
          "label",
          {},
          element("input", { type: "radio", name: "lesson-option", value: name }),
          element("span", {}, words),
        ),
      ),
    ),
  ];

  // The number that somebody typed: 1,000 and 1 000 are a thousand, 0,5 and 0.5 a half; NaN where
  // it is none.
  function number_of(text) {
    const plain = text
        .trim()
        .replace(/[\s\u00a0']/g, "")
        .replace("−", "-"),
      whole = /^-?\d{1,3}(,\d{3})+(\.\d+)?$/.test(plain)
        ? plain.replaceAll(",", "")
        : plain.replace(",", ".");
    return /^-?(\d+\.?\d*|\.\d+)$/.test(whole) ? Number(whole) : NaN;
  }

  function submit() {
    const { form, low, high, unit, options, question } = lesson.predict,
      why = at("lesson-why")?.value.trim() ?? "",
      made = {};
    if (form === "number") {
      const number = number_of(at("lesson-number").value);
      if (!(number >= low && number <= high) || (is_counted(unit) && !Number.isInteger(number))) {
        say("lesson-wrong", `Please type a ${number_asked(lesson.predict)}.`);
        return at("lesson-number").focus();
      }
      Object.assign(made, { prediction: number, unit });
    } else {
      const name = document.querySelector("[name=lesson-option]:checked")?.value,
        option = options.find((one) => one.name === name);
      if (!option) {
        say("lesson-wrong", "Please choose one.");
        return document.querySelector("[name=lesson-option]").focus();
      }
      Object.assign(made, { prediction: name, prediction_words: option.words, unit: "" });
    }
    keep({
      ...made,
      why,
      committed: new Date().toISOString().slice(0, 10),
      title: lesson.title,
      question,
      version: lesson.version,
      reached: 0,
    });
    predict();
    go("run");
  }

  // Transfer and doubt: words of one's own.

  const OF = { transfer: "transfer", false: "doubt" };
  function writing(name, label) {
    const id = `lesson-own-${name}`,
      key = OF[name];
    const area = element("textarea", { id, rows: 4, maxLength: LONGEST, value: mine()[key] ?? "" });
    area.addEventListener("input", () => keep({ [key]: area.value }));
    fill(`lesson-answer-${name}`, [
      element("label", { className: "lesson-label", htmlFor: id }, label),
      area,
    ]);
  }

  // Beside one's own words, once they are written, stands a good answer, or what would speak
  // against the lesson.
  function words_of_ones_own(name) {
    const { kept, place, label, show: words } = BESIDE[name];
    writing(name, label);
    at(place).hidden = !mine()[kept];
    if (!mine()[kept])
      at(`lesson-way-${name}`).append(
        element("button", { type: "button", className: "main", id: `lesson-${kept}` }, words),
      );
  }

  function show_beside(name) {
    const { kept, place } = BESIDE[name];
    keep({ [kept]: true });
    at(place).hidden = false;
    way();
    content_of(name);
    at(place).tabIndex = -1;
    at(place).focus();
  }

  // The end

  function end() {
    if (!mine().finished) keep({ finished: new Date().toISOString().slice(0, 10) });
    const own = mine(),
      all = cards(),
      after = all.slice(all.findIndex((card) => card.dataset.opens === lesson.name) + 1);
    const next = [...after, ...all].find(
      (card) => card.dataset.opens !== lesson.name && state_of(card.dataset.opens) !== "done",
    );
    set("lesson-heading-done", "You have done this lesson");
    const list = parts.explain?.outcomes ?? [];
    at("lesson-outcomes-lead").hidden = !list.length;
    fill(
      "lesson-outcomes",
      list.map((words) => element("li", {}, words)),
    );
    const rows = [
      ["You predicted", said(own)],
      ["because", own.why],
      ["On the other case you wrote", own.transfer],
      ["You would change your mind if", own.doubt],
    ];
    fill(
      "lesson-answers",
      rows
        .filter(([, words]) => words)
        .map(([term, words]) =>
          element("div", {}, element("dt", {}, term), element("dd", {}, words)),
        ),
    );
    fill("lesson-way-done", [
      ...(next
        ? [
            element(
              "a",
              {
                className: "main",
                href: next.getAttribute("href"),
                dataset: { opens: next.dataset.opens },
              },
              `Next: ${next.querySelector("h3").textContent}`,
            ),
          ]
        : []),
      element("a", { className: "quiet", href: "learn", dataset: { opens: "" } }, "All lessons"),
      element(
        "button",
        { type: "button", className: "quiet", id: "lesson-print" },
        "Print my sheet",
      ),
    ]);
    fill("lesson-after", [
      element(
        "button",
        { type: "button", className: "reset", id: "lesson-download" },
        "Download this answer (CSV)",
      ),
      element(
        "button",
        { type: "button", className: "reset", id: "lesson-over" },
        "Start this lesson over",
      ),
    ]);
    if (!parts.explain)
      content_of(DONE).then(() => {
        if (lesson && step === DONE && parts.explain) end();
      });
  }

  // The answer, what it is of and what it rests on; where there is none, why.
  function answer_of({ rows, first, answer, answer_words }) {
    const row = rows.find(({ name }) => name === first),
      { kind } = lesson;
    if (answer === null) return [element("strong", {}, `${kind.word}.`), ` ${kind.sentence}`];
    return [
      element("strong", {}, `The answer: ${answer_words}.`),
      ...(row ? [` ${row.label} (${row.basis}).`] : []),
    ];
  }

  // The teacher's part is fetched when it is opened.
  async function teacher() {
    if (!lesson || !at("lesson-teacher-shown").hidden) return;
    const { name } = lesson;
    say("lesson-problem-teacher");
    try {
      const key = await part("key", name);
      if (lesson?.name !== name) return;
      write("key", key.key);
      write("misconceptions", key.misconceptions);
      at("lesson-teacher-shown").hidden = false;
      fill("lesson-answer", ["…"]);
      const content = await reveal_of(name);
      if (lesson?.name === name) fill("lesson-answer", answer_of(content));
    } catch (problem) {
      say("lesson-problem-teacher", words_of(problem));
    }
  }

  on("parley:learn", open);
  addEventListener("popstate", () => {
    if (!at("learn")) return;
    parley.view.lesson = new URLSearchParams(location.search).get("lesson");
    parley.write();
    open();
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("[data-opens]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    go_to(link.dataset.opens || null);
    at("learn-title").focus({ preventScroll: true });
  });
  on_click("[data-goes]", (one) => go(one.dataset.goes));
  for (const [name, { kept }] of Object.entries(BESIDE))
    on_click(`#lesson-${kept}`, () => show_beside(name));
  on_click("#lesson-over", () => {
    parley.learner.forget(lesson.name);
    const name = lesson.name;
    lesson = null;
    go_to(name);
  });
  on_click("#lesson-download", () => parley.learner.save("", [lesson.name]));
  on_click("#learn-download", () =>
    parley.learner.save(at("learn-who").value.trim().slice(0, 100)),
  );
  on_click("#learn-forget", (one) => {
    if (one.dataset.sure !== "yes") {
      one.dataset.sure = "yes";
      one.textContent = "Press again to forget all";
      return;
    }
    parley.learner.forget();
    shelf();
    held("All is forgotten.");
  });
  document.addEventListener(
    "toggle",
    (event) => {
      if (event.target.id === "lesson-teacher" && event.target.open) teacher();
    },
    true,
  );

  parley.lesson = {
    now: () => lesson,
    place_on_shelf,
    mine,
    said,
    prepare: async () => {
      for (const name of ["course", "transfer"]) await write_part(name, lesson.name);
    },
  };
})();
