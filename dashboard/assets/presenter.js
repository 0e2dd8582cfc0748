// Presenting: large type and one chart a screen. The left and right arrows, or the keys of a
// clicker, go from chart to chart, the space bar plays, up and down go a month back or on, Escape
// leaves. The link with present=1 begins so.
(() => {
  const { at, set, element, on, on_click, dispatch } = parley.dom,
    { KINDS, count, interval } = parley.format,
    { with_side, words_of } = parley.pairs;
  const NEXT = ["ArrowRight", "PageDown"],
    BACK = ["ArrowLeft", "PageUp"];
  const GAP = 6,
    LEAST = 160; // pixels
  const IN_WORDS = ["none", "one", "two", "three"];
  let slide = null,
    hint = null,
    before = null;

  // A link that begins so has no menu from the start, and the arrows that are pressed until its
  // record is here count.
  const WAITS = "to-present",
    root = document.documentElement,
    waits = () => root.classList.contains(WAITS);
  let ahead = 0;
  if (new URLSearchParams(location.search).get("present") === "1") root.classList.add(WAITS);
  on("parley:page", () => {
    if (!at("figure")) root.classList.remove(WAITS);
  });
  on("parley:refused", () => root.classList.remove(WAITS));

  const slides = () => {
    const open = parley.chart.open();
    return [
      ...open.map((kind) => ({ face: "chart", kind, words: KINDS[kind] })),
      ...(open.includes("state") ? [{ face: "map", words: "Map" }] : []),
      { face: "numbers", words: "Numbers" },
    ];
  };

  function show(number) {
    const all = slides();
    slide = Math.min(Math.max(number, 0), all.length - 1);
    const { face, kind, words } = all[slide];
    document.body.dataset.slide = face;
    scrollTo(0, 0);
    if (face !== "numbers") parley.faces.show(face);
    if (kind) parley.chart.enlarge(kind);
    set(
      "presenter-what",
      `${parley.record.title}, ${parley.basis.word(parley.record).toLowerCase()}`,
    );
    const is_last = slide === all.length - 1;
    set("presenter-place", `${slide + 1} of ${all.length}${is_last ? " (last)" : ""}: ${words}`);
    at("presenter-back").setAttribute("aria-disabled", slide === 0);
    at("presenter-next").setAttribute("aria-disabled", is_last);
    set_headline();
    draw_anew();
  }

  // The story tells of the first kind that may sign; the slide of another has a headline of its
  // own, of the end.
  function set_headline() {
    const { kind } = slides()[slide],
      has_own = Boolean(kind) && kind !== parley.record.may_sign[0];
    document.body.classList.toggle("has-own-headline", has_own);
    set("presenter-headline", has_own ? headline(kind) : "");
    set("presenter-remark", kind ? remark(kind, parley.record.dates.length - 1) : "");
  }

  function headline(kind) {
    const {
        record,
        beside_the_call: { in_words, in_other_fits, is_far, direction },
      } = parley,
      last = record.dates.length - 1;
    const bands = record.bands.listed[kind],
      number = count(bands.median[last]),
      change = in_words(kind, last),
      end = record.register[kind].at(-1);
    if (is_far() && direction(kind)) return `Extrapolated: ${direction(kind).words}.`;
    if (change) {
      const { words, is_told, is_same, middle } = change,
        sign = middle?.is_one ? "signs" : "sign";
      if (is_told)
        return `${words} ${words_of(kind, middle)} ${sign}${in_other_fits(kind, change)}.`;
      return (
        `${number} ${words_of(kind)}, ` +
        `${is_same ? "no change" : "no clear change"}${in_other_fits(kind, change, { sided: true })}.`
      );
    }
    return (
      `${KINDS[kind]} at the end: simulated ${number} ` +
      `(${interval(bands.low_90[last], bands.high_90[last])} in 90\u00a0% of ` +
      `worlds)${end ? `, register ${count(end.count)}` : ""}.`
    );
  }

  // What the key of a slide adds: what other fits give with those whose choice is supposed, as the
  // headline tells it beyond them; and why a change need not be what lies between the two lines.
  function remark(kind, last) {
    const {
        baseline,
        beside_the_call: { in_words, is_far, was },
      } = parley,
      change = in_words(kind, last);
    if (!change || is_far()) return "";
    const { who } = baseline.supposed[kind] ?? {},
      wide = who && baseline.wider && in_words(kind, last, baseline.wider);
    if (wide)
      return (
        `with the ${IN_WORDS[who.length] ?? count(who.length)} supposed: ` + `${with_side(wide)}`
      );
    return change.is_told && !was(kind)?.subtracts && kind !== parley.record.may_sign[0]
      ? `each world against itself; ${medians(kind, last)}`
      : "";
  }

  // By how much the ends of the two lines differ, where that is another number than the change
  // world for world.
  function medians(kind, last) {
    const gap = parley.beside_the_call.gap(kind, last),
      change = parley.beside_the_call.in_words(kind, last);
    if (!gap) return "the two medians are the same";
    return (
      "the two medians differ by " +
      `${count(Math.abs(gap))}${gap > 0 === (change.middle?.direction === "more") ? "" : ", the other way"}`
    );
  }

  // What the chart's own heading adds below a headline that has said its number at the end; empty
  // where it says more itself.
  function addition(kind, t) {
    const {
        record,
        beside_the_call: { in_words, is_far },
      } = parley,
      is_end = t === record.dates.length - 1;
    if (
      slide === null ||
      !document.body.classList.contains("has-own-headline") ||
      !is_end ||
      is_far()
    )
      return "";
    return (in_words(kind, t) && parley.map_words.named(kind, t)) || " on the list, month by month";
  }

  // Figures take their new size when they have it.
  function draw_anew() {
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        fit();
        dispatchEvent(new Event("resize"));
        dispatch("parley:scheme");
      }),
    );
  }

  // The figure reaches down to the bar of the presenter, and no lower: what is above and below its
  // plot keeps its height.
  function fit() {
    document.body.classList.remove("is-whole");
    document.body.style.setProperty(
      "--numbers",
      `${innerHeight - at("headlines").getBoundingClientRect().top - scrollY}px`,
    );
    const plot =
      slide !== null && (document.body.dataset.slide === "map" ? at("world") : at("kinds"));
    if (!plot?.clientHeight) return;
    const room =
      innerHeight - hint.offsetHeight - GAP - at("figure").getBoundingClientRect().bottom - scrollY;
    document.body.style.setProperty(
      "--plot",
      `${Math.max(LEAST, Math.floor(plot.clientHeight + room))}px`,
    );
    // A page that is in sight as a whole has nothing to scroll to.
    document.body.classList.toggle(
      "is-whole",
      at("figure").getBoundingClientRect().bottom + scrollY <= innerHeight - hint.offsetHeight,
    );
  }

  function begin() {
    if (slide !== null || !at("kinds") || !parley.record) return;
    parley.story.end();
    before = {
      face: parley.faces.shown(),
      kind: parley.chart.large(),
      focus: document.activeElement,
    };
    document.body.classList.add("presenting");
    hint = element(
      "div",
      { className: "presenter", role: "group", "aria-label": "Presenting" },
      element("span", { id: "presenter-what", className: "dimmed" }),
      element(
        "button",
        {
          id: "presenter-back",
          className: "quiet",
          "aria-label": "Back",
          onclick: () => show(slide - 1),
        },
        "←",
      ),
      element("span", { id: "presenter-place", role: "status" }),
      element(
        "button",
        {
          id: "presenter-next",
          className: "quiet",
          "aria-label": "Next",
          onclick: () => show(slide + 1),
        },
        "→",
      ),
      element("span", { className: "dimmed keys-of-presenter" }, "Space plays · Esc leaves"),
      element("button", { className: "quiet", onclick: end }, "Leave"),
    );
    document.querySelector("main").append(hint);
    at("story").after(element("p", { id: "presenter-headline", className: "story" }));
    at("fits-key").after(element("li", { id: "presenter-remark" }));
    parley.view.present = "1";
    parley.write();
    dispatch("parley:present");
    document.activeElement?.blur();
    root.classList.remove(WAITS);
    show(ahead);
    ahead = 0;
  }

  function end() {
    if (slide === null) return;
    slide = null;
    hint.remove();
    for (const part of ["headline", "remark"]) at(`presenter-${part}`).remove();
    document.body.classList.remove("presenting", "has-own-headline", "is-whole");
    delete document.body.dataset.slide;
    parley.view.present = null;
    parley.faces.show(before.face);
    parley.chart.enlarge(before.kind);
    parley.write();
    for (const size of ["--plot", "--numbers"]) document.body.style.removeProperty(size);
    draw_anew();
    (before.focus?.isConnected && before.focus !== document.body
      ? before.focus
      : at("present")
    )?.focus();
  }

  document.addEventListener(
    "keydown",
    (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (slide === null && waits() && [...NEXT, ...BACK].includes(event.key)) {
        ahead = Math.max(0, ahead + (NEXT.includes(event.key) ? 1 : -1));
        return event.preventDefault();
      }
      if (slide === null) {
        const typing = event.target.closest?.(
          "input, textarea, select, [role=slider], [role=combobox], [role=grid], [contenteditable]",
        );
        if (event.key.toLowerCase() === "p" && !typing && at("kinds")) {
          event.preventDefault();
          begin();
        }
        return;
      }
      if (event.key === "Escape") end();
      else if (event.target.closest?.("#round, #speed")) return;
      else if (NEXT.includes(event.key)) show(slide + 1);
      else if (BACK.includes(event.key)) show(slide - 1);
      else if (["ArrowUp", "ArrowDown"].includes(event.key)) {
        parley.player.pause();
        parley.show_round(parley.round() + (event.key === "ArrowUp" ? 1 : -1));
      } else return;
      event.preventDefault();
      event.stopImmediatePropagation();
    },
    { capture: true },
  );

  on_click("#present", begin);
  // What is said above the figure grows once the baseline is there, and with another width.
  let again = null;
  const soon = (wait = 30) => {
    clearTimeout(again);
    if (slide !== null)
      again = setTimeout(() => {
        set_headline();
        const was = document.body.style.getPropertyValue("--plot");
        fit();
        if (was !== document.body.style.getPropertyValue("--plot")) dispatch("parley:scheme");
      }, wait);
  };
  on("parley:baseline parley:other-fits parley:as-it-was", () => soon());
  addEventListener("resize", () => soon(200));
  parley.presenter = { addition };
  // Once the record is drawn.
  on("parley:record", () => {
    if (parley.view.present === "1" && slide === null && at("kinds")) setTimeout(begin, 0);
  });
})();
