// One round at a time: everything that shows a round follows it here, and asks nobody.
(() => {
  window.parley ??= {};
  const still = {displayModeBar: false, responsive: true};
  let playing = null, speed = 6;

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
    parley.write();
  };

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

  function write(id, words) { const place = document.getElementById(id); if (place) place.textContent = words; }

  function play() {
    if (playing) return pause();
    if (parley.round() === last()) parley.show_round(0);
    const step = () => {
      if (parley.round() >= last()) return pause();
      parley.show_round(parley.round() + 1);
      playing = setTimeout(step, 1000 / speed);
    };
    playing = setTimeout(step, 0);
    label();
  }
  function pause() { clearTimeout(playing); playing = null; label(); }
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
  });
  document.addEventListener("parley:record", follow);
  document.addEventListener("click", event => {
    if (event.target.closest?.("#play")) play();
    const entry = event.target.closest?.("[data-round]");
    if (entry && parley.record) parley.show_round(Number(entry.dataset.round) - parley.record.first_round);
  });
  document.addEventListener("input", event => {
    if (event.target.id === "round") { pause(); parley.show_round(Number(event.target.value)); }
    if (event.target.id === "speed") speed = Number(event.target.value);
  });
  document.addEventListener("keydown", event => {
    if (event.target.closest?.("input, textarea, [role=slider], [role=combobox], [contenteditable]") || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === " " && event.target === document.body) { event.preventDefault(); play(); }
    if (event.key === "ArrowRight" && document.getElementById("round")) { pause(); parley.show_round(parley.round() + 1); }
    if (event.key === "ArrowLeft" && document.getElementById("round")) { pause(); parley.show_round(parley.round() - 1); }
  });

  parley.still = still;
})();
