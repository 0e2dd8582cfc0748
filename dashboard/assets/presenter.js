// Presenting: large type and one chart a screen. The left and right arrows, or the keys of a clicker, go from chart to chart,
// the space bar plays, up and down go a month back or on, Escape leaves. The link with present=1 begins so.
(() => {
  const {at, set, element, on, on_click, dispatch} = parley.dom, {KINDS} = parley.format;
  const NEXT = ["ArrowRight", "PageDown"], BACK = ["ArrowLeft", "PageUp"];
  let slide = null, hint = null, before = null;

  const slides = () => {
    const open = parley.chart.open();
    return [...open.map(kind => ({face: "chart", kind, words: KINDS[kind]})),
      ...(open.includes("state") ? [{face: "map", words: "Map"}] : []), {face: "numbers", words: "Numbers"}];
  };

  function show(number) {
    const all = slides();
    slide = Math.min(Math.max(number, 0), all.length - 1);
    const {face, kind, words} = all[slide];
    document.body.dataset.slide = face;
    if (face !== "numbers") parley.faces.show(face);
    if (kind) parley.chart.enlarge(kind);
    set("presenter-place", `${slide + 1} of ${all.length}: ${words}`);
    // Figures take their new size when they have it.
    requestAnimationFrame(() => requestAnimationFrame(() => { dispatchEvent(new Event("resize")); dispatch("parley:scheme"); }));
  }

  function begin() {
    if (slide !== null || !at("kinds") || !parley.record) return;
    parley.story.end();
    before = {face: parley.faces.shown(), kind: parley.chart.large(), focus: document.activeElement};
    document.body.classList.add("presenting");
    hint = element("div", {className: "presenter", role: "group", "aria-label": "Presenting"},
      element("button", {className: "quiet", "aria-label": "Back", onclick: () => show(slide - 1)}, "←"),
      element("span", {id: "presenter-place", role: "status"}),
      element("button", {className: "quiet", "aria-label": "Next", onclick: () => show(slide + 1)}, "→"),
      element("span", {className: "dimmed keys-of-presenter"}, "Space plays · Esc leaves"),
      element("button", {className: "quiet", onclick: end}, "Leave"));
    document.querySelector("main").append(hint);
    parley.view.present = "1";
    parley.write();
    document.activeElement?.blur();
    scrollTo(0, 0);
    show(0);
  }

  function end() {
    if (slide === null) return;
    slide = null;
    hint.remove();
    document.body.classList.remove("presenting");
    delete document.body.dataset.slide;
    parley.view.present = null;
    parley.faces.show(before.face);
    parley.chart.enlarge(before.kind);
    parley.write();
    requestAnimationFrame(() => requestAnimationFrame(() => { dispatchEvent(new Event("resize")); dispatch("parley:scheme"); }));
    (before.focus?.isConnected && before.focus !== document.body ? before.focus : at("present"))?.focus();
  }

  document.addEventListener("keydown", event => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (slide === null) {
      const typing = event.target.closest?.("input, textarea, select, [role=slider], [role=combobox], [role=grid], [contenteditable]");
      if (event.key.toLowerCase() === "p" && !typing && at("kinds")) { event.preventDefault(); begin(); }
      return;
    }
    if (event.key === "Escape") end();
    else if (event.target.closest?.("#round, #speed")) return;
    else if (NEXT.includes(event.key)) show(slide + 1);
    else if (BACK.includes(event.key)) show(slide - 1);
    else if (["ArrowUp", "ArrowDown"].includes(event.key)) { parley.player.pause(); parley.show_round(parley.round() + (event.key === "ArrowUp" ? 1 : -1)); }
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }, {capture: true});

  on_click("#present", begin);
  // Once the record is drawn.
  on("parley:record", () => { if (parley.view.present === "1" && slide === null && at("kinds")) setTimeout(begin, 0); });
})();
