// What the view supposes, as chips under the top of every page on which it acts: each can be taken
// away. The same words go with figures, exports and prints; the baseline, the view without all
// that, stays on the chart.
(() => {
  const { at, element, fill, address, latest, or_null, on, on_click, dispatch } = parley.dom;
  const MOST = 4; // chips in a row before the others are counted
  const questions = latest();
  let question = null,
    unfolded = false;

  // The keys of the address that act on the page shown: none where it shows no view.
  const acting = () =>
    (at("suppositions")?.dataset.acts ? JSON.parse(at("suppositions").dataset.acts) : {})[
      location.pathname
    ];
  const acts = (drop) => {
    const keys = acting();
    return !keys || Object.keys(drop).some((key) => keys.includes(key));
  };

  // Whether one is of the text of the code alone, which the page Code designer shows in full.
  const of_text = (drop) =>
    Object.keys(drop).every((key) => ["set", "may_sign"].includes(key)) &&
    (drop.set ?? []).every((name) => /^(ambition_|text_|monitoring$|sanctions$)/.test(name));

  // The name of the scenario, which its box says just below on a phone, is apart from what happens
  // in it.
  function chip({ words, drop, more, name, happens }) {
    const parts = happens
      ? [element("span", { className: "of-scenario" }, `${name}: `), happens]
      : [name];
    const is = {
      ...(of_text(drop) && { text: "yes" }),
      ...("scenario" in drop && !happens && { scenario: "alone" }),
    };
    return element(
      "li",
      { className: "supposition", title: more, dataset: is },
      element("span", {}, ...parts),
      element(
        "button",
        {
          type: "button",
          className: "take-away",
          dataset: { drop: JSON.stringify(drop) },
          "aria-label": `Take away: ${words}`,
          title: "Take this away",
        },
        "✕",
      ),
    );
  }

  function show() {
    const place = at("suppositions");
    if (!place) return;
    const all = (parley.suppositions?.suppositions ?? []).filter(({ drop }) => acts(drop));
    const key = JSON.stringify([all, unfolded]);
    if (place.dataset.shows === key) return; // so that the focus stays where it is
    place.dataset.shows = key;
    place.hidden = all.length === 0;
    if (!all.length) return void fill("suppositions", []);
    const few = unfolded || all.length <= MOST + 1 ? all : all.slice(0, MOST),
      more = all.length - few.length;
    const rest = more
      ? [
          element(
            "li",
            {},
            element(
              "button",
              { type: "button", className: "reset", id: "more-suppositions" },
              `and ${more} more`,
            ),
          ),
        ]
      : [];
    const every =
      all.length > 1
        ? [
            element(
              "button",
              { type: "button", className: "reset", dataset: { drop: "all" } },
              "Take all away",
            ),
          ]
        : [];
    fill("suppositions", [
      element(
        "div",
        { className: "as-one-stop", role: "toolbar", "aria-label": "Supposing" },
        element("span", { className: "supposing" }, "Supposing"),
        element("ul", { "aria-label": "Supposing" }, ...few.map(chip), ...rest),
        ...every,
      ),
    ]);
    rove(buttons()[0]);
  }

  // All buttons are one stop of the tab key, so that what follows stays near; arrows go from one to
  // the next.
  const buttons = () => [...document.querySelectorAll("#suppositions button")];
  const rove = (to) => {
    for (const button of buttons()) button.tabIndex = button === to ? 0 : -1;
  };
  const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
  document.addEventListener("focusin", ({ target }) => {
    if (target.matches("#suppositions button")) rove(target);
  });
  document.addEventListener("keydown", (event) => {
    const step = STEPS[event.key],
      all = buttons(),
      place = all.indexOf(event.target);
    if (!step || place < 0) return;
    event.preventDefault();
    all.at((place + step) % all.length).focus();
  });

  // The question of the view, whenever its address changes; a page that shows no view has none.
  async function ask() {
    const query = parley.query();
    if (query === question) return show();
    question = query;
    const content = await or_null(questions.ask(address("data/suppositions", query)));
    if (!content || question !== query) return;
    parley.suppositions = content;
    show();
    dispatch("parley:suppositions");
  }

  // What the view supposes, in one line, empty where that is nothing; and whether that names a
  // scenario.
  function supposing() {
    const all = (parley.suppositions?.suppositions ?? []).filter(({ drop }) => acts(drop));
    return {
      words: all.map(({ words, more }) => more || words).join("; "),
      has_scenario: all.some(({ drop }) => "scenario" in drop),
    };
  }

  on("parley:view", ask);
  on("parley:page", show);
  on_click("[data-drop]", (button) => {
    const chips = [...document.querySelectorAll("#suppositions .take-away")],
      place = chips.indexOf(button);
    const all = button.dataset.drop === "all";
    for (const { drop } of all
      ? parley.suppositions.suppositions
      : [{ drop: JSON.parse(button.dataset.drop) }])
      parley.take_away(drop);
    unfolded = false;
    parley.suppositions.suppositions = all
      ? []
      : parley.suppositions.suppositions.filter(
          ({ drop }) => JSON.stringify(drop) !== button.dataset.drop,
        );
    show();
    const left = document.querySelectorAll("#suppositions .take-away");
    (left[Math.min(place, left.length - 1)] ?? document.querySelector("#page h1"))?.focus();
    parley.ask();
  });
  on_click("#more-suppositions", () => {
    unfolded = true;
    show();
    document.querySelectorAll("#suppositions .take-away")[MOST]?.focus();
  });

  parley.supposing = supposing;
})();
