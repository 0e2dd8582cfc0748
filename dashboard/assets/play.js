// One round at a time: everything that shows a round follows it here, and asks nobody.
(() => {
  window.parley ??= {};
  const SPEEDS = [2, 6, 12], PAUSE = 400;  // rounds a second; milliseconds between two changes of the address
  let playing = null, speed = 6, written = 0, later = null;

  const last = () => parley.record.dates.length - 1;
  parley.round = () => {
    const t = parley.view.round;
    return t === null || !parley.record ? (parley.record ? last() : 0) : Math.min(Math.max(t - parley.record.first_round, 0), last());
  };

  parley.show_round = t => {
    if (!parley.record) return;
    const place = Math.min(Math.max(t, 0), last());
    parley.view.round = place === last() ? null : place + parley.record.first_round;
    follow();
    write_soon();
  };

  // A browser that is given too many addresses in a short time takes no more.
  function write_soon() {
    clearTimeout(later);
    const wait = written + PAUSE - performance.now();
    if (wait > 0) later = setTimeout(write_soon, wait);
    else write_now();
  }
  function write_now() {
    clearTimeout(later);
    later = null;
    written = performance.now();
    parley.write();
  }

  function follow() {
    const t = parley.round(), record = parley.record;
    const slider = document.getElementById("round");
    if (slider) {
      slider.max = last();
      slider.value = t;
      slider.setAttribute("aria-valuetext", parley.figures.day(record.dates[t]));
    }
    write("round-date", parley.figures.day(record.dates[t]));
    write("round-number", t + record.first_round < 0 ? "campaign" : `month ${t + record.first_round}`);
    document.dispatchEvent(new CustomEvent("parley:round", {detail: t}));
  }

  function write(id, words) {
    const place = document.getElementById(id);
    if (place && place.textContent !== words) place.textContent = words;
  }

  function play() {
    if (playing) return pause();
    if (parley.round() === last()) parley.show_round(0);
    let due = performance.now();
    const step = () => {
      parley.show_round(parley.round() + 1);
      if (parley.round() >= last()) return pause();
      due = Math.max(due + 1000 / speed, performance.now());
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
    if (later) write_now();
  }
  function label() {
    const button = document.getElementById("play");
    if (button) { button.textContent = playing ? "Pause" : "Play"; button.setAttribute("aria-pressed", String(Boolean(playing))); }
  }

  document.addEventListener("parley:page", () => {
    const place = document.getElementById("scrub");
    if (!place) return;
    const slider = Object.assign(document.createElement("input"), {type: "range", id: "round", min: 0, max: 72, value: 72});
    slider.setAttribute("aria-label", "Round shown");
    place.append(slider);
    const label = Object.assign(document.createElement("label"), {className: "speed"});
    const select = Object.assign(document.createElement("select"), {id: "speed", ariaLabel: "Speed, in rounds a second"});
    select.append(...SPEEDS.map(each => new Option(`${each} a second`, each, each === speed, each === speed)));
    label.append(Object.assign(document.createElement("span"), {textContent: "Speed"}), select);
    place.after(label);
    document.getElementById("play").setAttribute("aria-keyshortcuts", "Space");
  });
  document.addEventListener("parley:record", follow);
  document.addEventListener("click", () => { if (later) write_now(); }, {capture: true});  // links take the round along
  document.addEventListener("click", event => {
    if (event.target.closest?.("#play")) play();
    const entry = event.target.closest?.("[data-round]");
    if (entry && parley.record) parley.show_round(Number(entry.dataset.round) - parley.record.first_round);
  });
  document.addEventListener("input", event => {
    if (event.target.id === "round") { pause(); parley.show_round(Number(event.target.value)); }
    if (event.target.id === "speed") speed = Number(event.target.value);
  });
  // Space plays, arrows go a month back or on; in the play bar, Home and End go to the first and the last month.
  document.addEventListener("keydown", event => {
    const elsewhere = "input, select, textarea, [role=slider], [role=combobox], [role=grid], [role=treegrid], [contenteditable], [data-arrows]";
    if (!document.getElementById("round") || event.target.closest?.(elsewhere) || event.ctrlKey || event.metaKey || event.altKey) return;
    const bar = event.target.closest?.(".play-bar"), to = {ArrowRight: parley.round() + 1, ArrowLeft: parley.round() - 1, ...(bar && {Home: 0, End: last()})};
    if (event.key === " " && event.target === document.body) { event.preventDefault(); play(); }
    if (event.key in to) { event.preventDefault(); pause(); parley.show_round(to[event.key]); }
  });

})();
