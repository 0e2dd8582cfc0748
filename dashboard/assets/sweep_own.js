// Where a visitor of the page Sweeps is taken who has asked: to how far it is, and once it is done
// to the answer, which stands far above the form of one's own question. Whoever moves meanwhile
// stays, and has a link to it beside the button.
(() => {
  const { at, set } = parley.dom,
    MOVES = ["wheel", "touchmove", "pointerdown", "keydown"],
    SETTLES = 1500; // milliseconds
  let watch = null; // while nobody has moved since a question was asked

  // A question is asked; *is_own*: by the button of the form.
  function asked(is_own) {
    watch?.abort();
    const own = (watch = new AbortController());
    for (const kind of MOVES)
      addEventListener(kind, () => own.abort(), { passive: true, signal: own.signal });
    see(is_own ? "See how far it is ↑" : "", "sweep-card");
    at("sweep-card").scrollIntoView({ block: is_own ? "start" : "nearest", behavior: "instant" });
    // The button to cancel takes the focus and figures go, which both move the page: it is held for
    // a moment.
    const follow = () => {
      const until = performance.now() + SETTLES;
      (function keep() {
        if (
          !is_own ||
          own.signal.aborted ||
          performance.now() > until ||
          at("sweep-card")?.hidden !== false
        )
          return;
        if (at("sweep-card").getBoundingClientRect().top < 0)
          at("sweep-card").scrollIntoView({ block: "start", behavior: "instant" });
        requestAnimationFrame(keep);
      })();
    };
    return { follow };
  }

  // The answer is there.
  function done() {
    if (!at("sweep-see").hidden) see("See the answer ↑", "sweep-answer");
    if (!watch || watch.signal.aborted) return;
    watch.abort();
    const { top } = at("sweep-question").getBoundingClientRect();
    if (top < 0 || top > innerHeight / 3)
      at("sweep-answer").scrollIntoView({ block: "start", behavior: "instant" });
  }

  function see(words, place) {
    at("sweep-see").hidden = !words;
    set("sweep-see", words);
    at("sweep-see").setAttribute("href", `#${place}`);
  }

  parley.sweep_own = { asked, done };
})();
