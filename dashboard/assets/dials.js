// Sliders that are felt while they move, the six dials to move first, which the answer names, and what a dial does not do here.
(() => {
  const {at, element, fill, on, on_click} = parley.dom, {capital, setting} = parley.format;
  const STEPS = 100, SETTLED = 120; // milliseconds in which a slider comes to rest
  const same = (a, b) => Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b));

  // A slider of the browser's own, which calls *moved* while it moves; the tick is where *mark_at* puts it.
  function slider({name, low, high, step, value, label}, moved) {
    const input = element("input", {type: "range", min: low, max: high, step, value, "aria-label": label, dataset: {of: name}});
    input.addEventListener("input", () => moved(name, Number(input.value)));
    return [element("span", {className: "tick"}), input];
  }

  // Shows a *value*, and the tick at that of the *base*.
  function settle(input, value, base) {
    const [low, high] = [Number(input.min), Number(input.max)];
    if (!same(Number(input.value), value)) input.value = value;
    input.parentElement.style.setProperty("--present", (base - low) / (high - low));
  }

  // Writes the *value* of a dial into the view; the scenario's own is none.
  function put(name, value) {
    const {view, record} = parley;
    if (same(value, record.settings[name])) delete view.set[name]; else view.set[name] = Math.round(1e6 * value) / 1e6;
  }
  const value_of = name => name in parley.view.set ? Number(parley.view.set[name]) : parley.record.settings[name];
  const written = value => setting(value);

  let shown = "", timer = null;
  function first_dials() {
    const {record} = parley;
    if (!at("first-dials") || !record?.first) return;
    const names = record.first.map(({name}) => name).join();
    if (names !== shown || !at("first-dials").firstChild) fill("first-dials", record.first.map(box));
    shown = names;
    for (const input of at("first-dials").querySelectorAll("input")) {
      settle(input, value_of(input.dataset.of), record.settings[input.dataset.of]);
      mark(input.dataset.of);
    }
    for (const dial of document.querySelectorAll(".dial")) dial.classList.toggle("is-first", record.first.some(({name}) => dial.id.includes(`"${name}"`)));
  }

  const box = ({name, label, meaning, role, low, high, whole}) => element("div", {className: "first-dial", dataset: {dial: name}},
    element("div", {className: "dial-head"}, element("span", {className: "dial-name"}, capital(label)), element("span", {className: "dial-value"}),
      element("button", {type: "button", className: "reset", "aria-label": `Reset ${label}`, dataset: {resetDial: name}}, "reset")),
    element("div", {className: "slide"}, ...slider({name, low, high, step: whole ? 1 : (high - low) / STEPS, value: parley.record.settings[name], label: capital(label)}, moved)),
    element("p", {}, `${capital(meaning)}. `, element("span", {className: "role"}, role)));

  function mark(name) {
    const place = document.querySelector(`.first-dial[data-dial="${name}"]`);
    place.classList.toggle("is-moved", name in parley.view.set);
    const value = place.querySelector(".dial-value"), text = written(value_of(name));
    if (value.textContent !== text) value.textContent = text;
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
      const why = idle[place.dataset.idle] ?? "", text = why && `Does nothing here, ${why}.`;
      if (place.textContent !== text) place.textContent = text;
      place.hidden = !why;
      place.parentElement.classList.toggle("is-idle", Boolean(why));
    }
  }

  on("parley:record parley:design parley:dials", () => { first_dials(); mark_idle(); });
  on("parley:page", () => { shown = ""; });
  on_click("[data-reset-dial]", button => parley.reset(button.dataset.resetDial));

  parley.dials = {slider, settle, put, value_of, written};
})();
