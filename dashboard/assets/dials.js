// Sliders that are felt while they move, the dials that are moved, the six to move first, which the
// answer names, and what a dial does not do here.
(() => {
  const { at, element, fill, address, on, on_click } = parley.dom,
    { capital, count, percent, setting } = parley.format;
  const STEPS = 100,
    SETTLED = 120; // milliseconds in which a slider comes to rest
  const same = (a, b) => Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b));

  // A slider of the browser's own, which calls *moved* while it moves; the tick is where *mark_at*
  // puts it.
  function slider({ name, low, high, step, value, label }, moved) {
    const input = element("input", {
      type: "range",
      min: low,
      max: high,
      step,
      value,
      "aria-label": label,
      dataset: { of: name },
    });
    input.addEventListener("input", () => moved(name, Number(input.value)));
    return [element("span", { className: "tick" }), input];
  }

  // Shows a *value*, and the tick at that of the *base*.
  function settle(input, value, base) {
    const [low, high] = [Number(input.min), Number(input.max)];
    if (!same(Number(input.value), value)) input.value = value;
    input.parentElement.style.setProperty("--present", (base - low) / (high - low));
  }

  // The dials that one of the page moves: itself, or several at once, of which the mean is shown.
  const dial_of = (name) => [...dials(), ...drawn].find((dial) => dial.name === name);
  const moves_of = (name) => dial_of(name)?.moves ?? [name];
  const is_moved = ({ moves }) => moves.some((each) => each in parley.view.set);
  const mean = (values) =>
    values.length === 1
      ? values[0]
      : Math.round((100 * values.reduce((sum, value) => sum + value, 0)) / values.length) / 100;

  // Writes the *value* of a dial into the view; the scenario's own is none.
  function put(name, value) {
    const { view, record } = parley,
      is_own = same(value, base_of(name));
    for (const each of moves_of(name))
      if (is_own || same(value, record.settings[each])) delete view.set[each];
      else view.set[each] = Math.round(1e6 * value) / 1e6;
  }
  const base_of = (name) => mean(moves_of(name).map((each) => parley.record.settings[each]));
  const value_of = (name) =>
    mean(
      moves_of(name).map((each) =>
        each in parley.view.set ? Number(parley.view.set[each]) : parley.record.settings[each],
      ),
    );
  const written = (value) => setting(value);
  // What a value of a dial says where it says nothing alone: how steeply attention falls is told by
  // each tenth of means, in a line below it.
  const LOG_POINTS = "log points";
  const tenth_less = (value) => percent(1 - Math.exp(-value / 10));
  const below = (value, unit) =>
    unit === LOG_POINTS ? `one with a tenth less means hears ${tenth_less(value)} less` : "";

  // Of a dial that moves several of which some alone are moved, as chips say: how many, and to
  // what.
  const NUMBERS = ["none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
  const in_number = (number) => NUMBERS[number] ?? count(number);
  function of_several({ moves }) {
    const moved = moves.filter((each) => each in parley.view.set),
      values = [...new Set(moved.map((each) => Number(parley.view.set[each])))];
    if (
      moves.length === 1 ||
      !moved.length ||
      (moved.length === moves.length && values.length === 1)
    )
      return "";
    return (
      `mean of ${in_number(moves.length)}; ${in_number(moved.length)} ` +
      `moved${values.length === 1 ? ` to ${written(values[0])}` : ""}`
    );
  }

  // The dials shown: those moved that are none of the first, and the first. Those that are moved
  // stand on top, so that they are in sight; as none jumps away from a hand or a key, they come
  // there only where the dials are others, or the page is shown anew, and go from there once none
  // is moved any more. One that moves several stands there where no few of these do on their own.
  let shown = "",
    drawn = [],
    on_top = [],
    timer = null;
  const is_apart = ({ moves }) =>
    moves.length > 1 && dials().some(({ name }) => moves.includes(name));
  const is_dragged = () =>
    [document.activeElement, held].some((each) => each?.closest?.("#first-dials .slide"));
  const dials = () => [...(parley.record.moved_dials ?? []), ...(parley.record.first ?? [])];
  const is_in_hand = () =>
    [document.activeElement, held].some((each) => each && at("first-dials").contains(each));
  function first_dials() {
    const { record } = parley;
    if (!at("first-dials") || !record?.first) return;
    const names = dials()
        .map(({ name }) => name)
        .join(),
      is_over =
        on_top.length && !dials().some((dial) => on_top.includes(dial.name) && is_moved(dial));
    if (
      (names !== shown && !(shown && is_dragged())) ||
      !at("first-dials").firstChild ||
      (is_over && !is_in_hand())
    ) {
      [shown, drawn] = [names, dials()];
      on_top = drawn.filter((dial) => is_moved(dial) && !is_apart(dial)).map(({ name }) => name);
      fill("first-dials", grouped(drawn));
    }
    for (const input of at("first-dials").querySelectorAll("input")) {
      settle(input, value_of(input.dataset.of), base_of(input.dataset.of));
      mark(input.dataset.of);
    }
    for (const dial of document.querySelectorAll(".dial"))
      dial.classList.toggle(
        "is-first",
        record.first.some(({ name }) => dial.id.includes(`"${name}"`)),
      );
  }

  // The dials that are moved, then the others by what they are, each group under its title.
  const TITLES = {
    "a decision": "What somebody decides",
    "not measured": "What nobody has measured",
  };
  const group = (title, dials) =>
    dials.length ? [element("h3", { className: "dials-of" }, title), ...dials.map(box)] : [];
  function grouped(dials) {
    const others = dials.filter(({ name }) => !on_top.includes(name)),
      roles = [...new Set(others.map(({ role }) => role))];
    return [
      ...group(
        "What is moved",
        dials.filter(({ name }) => on_top.includes(name)),
      ),
      ...roles.flatMap((role) =>
        group(
          TITLES[role] ?? capital(role),
          others.filter((dial) => dial.role === role),
        ),
      ),
    ];
  }

  // Why what the sweep on a dial says of harm reads surer than the headline.
  const FIRMER =
    " tells more firmly what it does to harm: it turns the dial all the way, varies a " +
    "few assumptions, not all, and averages over luck.";

  const box = ({ name, label, meaning, role, moves, ends, unit, low, high, whole, sweep }) =>
    element(
      "div",
      { className: "first-dial", title: `${capital(meaning)}.`, dataset: { dial: name } },
      element(
        "div",
        { className: "dial-head" },
        element(
          "span",
          { className: "dial-name" },
          capital(label),
          ...(on_top.includes(name) ? [" ", element("span", { className: "role" }, role)] : []),
        ),
        element("span", { className: "dial-value" }),
        element(
          "button",
          {
            type: "button",
            className: "reset",
            "aria-label": `Reset ${label}`,
            dataset: { resetDial: name },
          },
          "reset",
        ),
      ),
      ...(unit === LOG_POINTS ? [element("p", { className: "dial-unit" })] : []),
      ...(moves.length > 1 ? [element("p", { className: "dial-several" })] : []),
      element(
        "div",
        { className: "slide" },
        ...slider(
          {
            name,
            low,
            high,
            step: whole ? 1 : (high - low) / STEPS,
            value: base_of(name),
            label: capital(label),
          },
          moved,
        ),
      ),
      ends.length
        ? element(
            "div",
            { className: "dial-ends" },
            ...ends.map((words) => element("span", {}, words)),
          )
        : element("p", {}, `${capital(meaning)}.`),
      element("p", { className: "idle", hidden: true, dataset: { idle: name } }),
      element("p", { className: "dial-why", hidden: true }),
      ...(sweep && on_top.includes(name)
        ? [
            element(
              "p",
              { className: "dial-sweep" },
              element("a", { dataset: { sweep } }, "The sweep on it"),
              FIRMER,
            ),
          ]
        : []),
    );

  function mark(name) {
    const place = document.querySelector(`.first-dial[data-dial="${name}"]`);
    const dial = dial_of(name),
      several = place.querySelector(".dial-several");
    place.classList.toggle("is-moved", is_moved(dial) && !is_apart(dial));
    say_value(place, value_of(name), dial.unit);
    if (several) several.textContent = of_several(dial);
    why(place, name);
  }

  // Writes a *value* into the box of its dial, and below it the number where it stands in a unit.
  function say_value(place, value, unit, said = written) {
    for (const [part, words] of [
      [".dial-value", said(value)],
      [".dial-unit", below(value, unit)],
    ]) {
      const line = place.querySelector(part);
      if (line && line.textContent !== words) line.textContent = words;
    }
  }

  // Of a moved dial, why it moves whom, where the answer says it, and the sweep on it, which keeps
  // the view.
  function why(place, name) {
    const { why: words = "", why_from: from } = dial_of(name),
      told = place.querySelector(".dial-why");
    const sweep = place.querySelector("[data-sweep]");
    if (sweep)
      sweep.href = address(
        "sweeps",
        parley.query(),
        `sweep=${encodeURIComponent(`ready=${sweep.dataset.sweep}`)}`,
      );
    told.hidden = !words || value_of(name) < from || !place.classList.contains("is-moved");
    if (told.textContent !== words) told.textContent = words;
  }

  function moved(name, value) {
    if (!parley.record) return;
    put(name, value);
    mark(name);
    clearTimeout(timer);
    timer = setTimeout(() => parley.ask(), SETTLED);
  }

  // Of each dial that does nothing here, why; moving it would change nothing, to the bit.
  function mark_idle() {
    const idle = parley.record?.idle ?? {};
    for (const place of document.querySelectorAll("[data-idle]")) {
      const why = idle[place.dataset.idle] ?? "",
        text = why && `Does nothing here, ${why}.`;
      if (place.textContent !== text) place.textContent = text;
      place.hidden = !why;
      place.parentElement.classList.toggle("is-idle", Boolean(why));
    }
  }

  // The slider that is moved stays where it is on the screen: as lines come and go above it, the
  // page scrolls by as much.
  const SLIDERS = "#controls :is(.slide, .mantine-Slider-root)";
  let held = null,
    top = 0;
  const height = () => held.getBoundingClientRect().top;
  function hold(slider) {
    held = slider ?? null;
    if (held) top = height();
  }
  function keep() {
    if (!held?.isConnected) return;
    const off = height() - top,
      from = scrollY;
    if (Math.abs(off) < 1) return;
    scrollBy({ top: off, behavior: "instant" });
    // where scrolling does not move it
    if (Math.abs(height() - top) >= Math.abs(off)) scrollTo({ top: from, behavior: "instant" });
  }
  const sizes = new ResizeObserver(keep);
  const follow_sizes = () => {
    sizes.disconnect();
    for (const part of at("first-dials")
      ? document.querySelectorAll(
          "#suppositions, .simulate .shown > *, .simulate .head > *, .scenario-place, " +
            "#controls, #controls > *",
        )
      : [])
      sizes.observe(part);
  };
  for (const kind of ["pointerdown", "keydown"])
    addEventListener(kind, ({ target }) => hold(target.closest?.(SLIDERS)), { capture: true });
  addEventListener(
    "scroll",
    () => {
      if (held?.isConnected) top = height();
    },
    { passive: true },
  );

  on("parley:record", follow_sizes);
  on("parley:record parley:design parley:dials", () => {
    first_dials();
    mark_idle();
  });
  on("parley:page", () => {
    shown = "";
  });
  on_click("[data-reset-dial]", (button) => {
    put(button.dataset.resetDial, base_of(button.dataset.resetDial));
    parley.ask();
  });

  parley.dials = {
    slider,
    settle,
    put,
    value_of,
    written,
    say_value,
    tenth_less,
    in_tenths: (unit) => unit === LOG_POINTS,
  };
})();
