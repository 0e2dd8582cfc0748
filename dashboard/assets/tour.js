// The tour: six steps through the page, offered by a quiet button and never opened by itself. A
// step says what a part is for and rings it; the arrows, Enter and Escape do what the buttons do.
(() => {
  const { at, element, on_click } = parley.dom;
  // where there is a keyboard
  const KEYS = " The space bar plays as well, and the arrows go a month back or on.";
  const STEPS = [
    [
      "story",
      "What came of it",
      "How many are on the list at the end, on the register and in the simulation. It " +
        "follows what you change: another scenario, another text, another choice.",
    ],
    [
      "kinds",
      "The curves",
      "Blue is simulated: the median world, bands of half and nine tenths of worlds. " +
        "Points: the register. Evidence tells where it was wrong. Press Firms or NGOs to " +
        "enlarge.",
    ],
    [
      "play",
      "The months",
      "Play shows how the list grew, from the launch on. The map, the table and the " +
        "numbers follow the " +
        `month.${matchMedia("(pointer: coarse), (max-width: 40rem)").matches ? "" : KEYS}`,
    ],
    [
      "presets",
      "Questions",
      "Each opens a view of its own, with what you changed. The browser's Back leads here again.",
    ],
    [
      "controls",
      "The dials",
      "They set what somebody could decide, or what nobody has measured. The curves " +
        "are simulated anew within seconds. A tag says what a number is: fitted, what if " +
        "or assumed.",
    ],
    [
      "share",
      "Take it along",
      "The address holds the whole view, so this link shows others what you see. The " +
        "tab Sources has the numbers and a manifest that repeats them to the bit; Brief " +
        "is one page of paper.",
    ],
  ];
  const GAP = 12,
    WIDE = 1024; // pixels
  let step = null,
    from = null,
    box = null;

  // Where the box hides nothing of what its step is about: on a wide screen at the foot, over the
  // last of the controls, left of these where they are told, or below the link; on others at the
  // foot of the screen, or at its head where the part shown is below.
  function place() {
    const { top, bottom, left } = at(STEPS[step][0]).getBoundingClientRect(),
      { offsetHeight: high, offsetWidth: wide } = box;
    const right = document.documentElement.clientWidth - wide - GAP,
      foot = innerHeight - high - GAP,
      is_wide = innerWidth >= WIDE;
    const in_the_way = bottom > top && top < high + 2 * GAP;
    const y = is_wide
      ? STEPS[step][0] === "share"
        ? Math.min(bottom + GAP, foot)
        : foot
      : (top + bottom) / 2 > innerHeight / 2 && !in_the_way
        ? GAP
        : foot;
    const x = is_wide
      ? STEPS[step][0] === "controls"
        ? left - wide - 2 * GAP
        : right
      : (document.documentElement.clientWidth - wide) / 2;
    Object.assign(box.style, { top: `${Math.max(GAP, y)}px`, left: `${x}px` });
  }

  // What a step is about is open while it is told, as on a phone the controls are closed.
  const opened = [];
  const open = (target) => {
    for (const part of target.querySelectorAll(":scope > .controls-part:not([open])")) {
      part.open = true;
      opened.push(part);
    }
  };

  function show(next) {
    unmark();
    step = next;
    const [id, title, words] = STEPS[step],
      target = at(id),
      last = step === STEPS.length - 1;
    target.classList.add("toured");
    open(target);
    const smooth = matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
    box.replaceChildren(
      element("p", { className: "dimmed" }, `${step + 1} of ${STEPS.length}`),
      element("h2", { id: "tour-title" }, title),
      element("p", { id: "tour-words" }, words),
      element(
        "div",
        { className: "tour-buttons" },
        ...(last ? [] : [element("button", { className: "reset", onclick: end }, "Skip the tour")]),
        ...(step
          ? [element("button", { className: "quiet", onclick: () => show(step - 1) }, "Back")]
          : []),
        element(
          "button",
          { className: "main", onclick: () => (last ? end() : show(step + 1)) },
          last ? "Done" : "Next",
        ),
      ),
    );
    // Dials are longer than the room beside the box on a phone, which stands above them.
    if (innerWidth < WIDE && id === "controls")
      target.style.scrollMarginTop = `${box.offsetHeight + 3 * GAP}px`;
    if (step)
      target.scrollIntoView({ block: innerWidth >= WIDE ? "nearest" : "start", behavior: smooth });
    // it begins with the scenario, above what came of it
    else scrollTo({ top: 0, behavior: smooth });
    place();
    box.querySelector(".main").focus({ preventScroll: true });
    if (smooth === "smooth")
      setTimeout(() => {
        if (step !== null) place();
      }, 450);
  }

  function unmark() {
    const target = document.querySelector(".toured");
    target?.classList.remove("toured");
    target?.style.removeProperty("scroll-margin-top");
    for (const part of opened.splice(0)) part.open = false;
  }

  function begin(button) {
    if (step !== null) return;
    parley.story?.end();
    parley.faces?.show("chart");
    from = button;
    box = element("div", {
      className: "tour",
      id: "tour",
      role: "dialog",
      "aria-labelledby": "tour-title",
      "aria-describedby": "tour-words",
    });
    document.querySelector("main").append(box);
    show(0);
  }

  function end() {
    unmark();
    box?.remove();
    step = box = null;
    from?.focus();
  }

  document.addEventListener(
    "keydown",
    (event) => {
      if (step === null) return;
      if (event.key === "Escape") end();
      else if (event.key === "ArrowRight" && step < STEPS.length - 1) show(step + 1);
      else if (event.key === "ArrowLeft" && step) show(step - 1);
      else return;
      event.preventDefault();
      event.stopImmediatePropagation();
    },
    { capture: true },
  );
  for (const name of ["scroll", "resize"])
    addEventListener(
      name,
      () => {
        if (step !== null) place();
      },
      { passive: true },
    );
  on_click("#tour-start", begin);
})();
