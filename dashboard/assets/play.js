// The round shown: the play bar moves it, and whatever shows a round follows, without a question to
// the server.
(() => {
  const { at, set, element, on, on_click, dispatch } = parley.dom,
    { day } = parley.format;
  const SPEEDS = [2, 6, 12],
    PAUSE = 400; // rounds a second; milliseconds between two changes of the address
  let playing = null,
    speed = 6,
    written = 0,
    writing = null;

  const last = () => parley.record.dates.length - 1;
  parley.round = () => {
    if (!parley.record) return 0;
    const month = parley.view.round;
    return month === null
      ? last()
      : Math.min(Math.max(month - parley.record.first_round, 0), last());
  };

  // The round of place *t* among the dates; *kept* in the address, unless the page plays by itself.
  parley.show_round = (t, { kept = true } = {}) => {
    if (!parley.record) return;
    const place = Math.min(Math.max(t, 0), last());
    parley.view.round = place === last() ? null : place + parley.record.first_round;
    follow();
    if (kept) write_soon();
  };

  // A browser refuses many changes of the address in a short time.
  function write_soon() {
    clearTimeout(writing);
    const wait = written + PAUSE - performance.now();
    if (wait > 0) writing = setTimeout(write_soon, wait);
    else write_now();
  }
  function write_now() {
    clearTimeout(writing);
    writing = null;
    written = performance.now();
    parley.write();
  }

  function follow() {
    const t = parley.round(),
      { dates, first_round } = parley.record,
      date = day(dates[t]),
      slider = at("round");
    if (slider) {
      slider.max = last();
      slider.value = t;
      slider.setAttribute("aria-valuetext", date);
    }
    set("round-date", date);
    set("round-number", t + first_round < 0 ? "campaign" : `month ${t + first_round}`);
    dispatch("parley:round", t);
  }

  // From the launch on where the end is shown: before it there is nothing to see.
  function play({ kept = true, pace = () => speed } = {}) {
    if (playing) return pause();
    if (parley.round() === last())
      parley.show_round(Math.max(0, -parley.record.first_round - 1), { kept });
    let due = performance.now();
    const step = () => {
      parley.show_round(parley.round() + 1, { kept });
      if (parley.round() >= last()) return pause();
      due = Math.max(due + 1000 / pace(), performance.now());
      playing = setTimeout(step, due - performance.now());
    };
    playing = setTimeout(step, 0);
    label();
  }
  function pause() {
    if (!playing) return;
    clearTimeout(playing);
    playing = null;
    label();
    if (writing) write_now();
    dispatch("parley:paused");
  }
  function label() {
    set("play", playing ? "Pause" : "Play");
    at("play")?.setAttribute("aria-pressed", Boolean(playing));
  }

  on("parley:page", () => {
    const place = at("scrub"),
      options = SPEEDS.map(
        (each) => new Option(`${each} a second`, each, each === speed, each === speed),
      );
    if (!place) return;
    place.append(
      element("input", {
        type: "range",
        id: "round",
        min: 0,
        max: 72,
        value: 72,
        "aria-label": "Round shown",
      }),
    );
    place.after(
      element(
        "label",
        { className: "speed" },
        element("span", {}, "Speed"),
        element("select", { id: "speed", "aria-label": "Speed, in rounds a second" }, ...options),
      ),
    );
    at("play").setAttribute("aria-keyshortcuts", "Space");
  });
  on("parley:record", follow);
  document.addEventListener(
    "click",
    () => {
      if (writing) write_now();
    },
    { capture: true },
  ); // links take the round along
  on_click("#play", () => play());
  on_click("[data-round]", (entry) => {
    if (parley.record) parley.show_round(Number(entry.dataset.round) - parley.record.first_round);
  });
  document.addEventListener("input", (event) => {
    if (event.target.id === "round") {
      pause();
      parley.show_round(Number(event.target.value));
    }
    if (event.target.id === "speed") speed = Number(event.target.value);
  });
  // Space plays, arrows go a month back or on; in the play bar, Home and End go to the first and
  // the last month.
  document.addEventListener("keydown", (event) => {
    const elsewhere =
      "input, select, textarea, [role=slider], [role=combobox], [role=grid], " +
      "[role=treegrid], [contenteditable], [data-arrows]";
    if (
      !at("round") ||
      event.defaultPrevented ||
      event.target.closest?.(elsewhere) ||
      event.ctrlKey ||
      event.metaKey ||
      event.altKey
    )
      return;
    const bar = event.target.closest?.(".play-bar");
    const to = {
      ArrowRight: parley.round() + 1,
      ArrowLeft: parley.round() - 1,
      ...(bar && { Home: 0, End: last() }),
    };
    if (
      event.key === " " &&
      (event.target === document.body || document.body.classList.contains("presenting"))
    ) {
      event.preventDefault();
      play();
    }
    if (event.key in to) {
      event.preventDefault();
      pause();
      parley.show_round(to[event.key]);
    }
  });

  parley.player = { play, pause, is_playing: () => Boolean(playing) };
})();
