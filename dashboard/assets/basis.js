// What numbers on signing rest on: an answer of the server says `basis` and, where that is no fit
// to the register, `why`. Every badge of signing that is named for this answer shows it, and each
// place for the reason says it.
(() => {
  const { element, on } = parley.dom,
    { BASES } = parley.format;
  const word = ({ basis }) => basis.split(":")[0],
    worlds = ({ basis }) => basis.split(": ")[1];

  // Which of BASES these *words* are.
  const key = (words) => Object.keys(BASES).find((basis) => BASES[basis] === words) ?? "";

  // The look of a badge, and the reason on it, of what rests on these *words*.
  function mark(badge, words, why) {
    badge.dataset.rests = key(words);
    badge.title = why;
  }

  function show(answer, name = "page") {
    const words = word(answer),
      why = answer.why ?? "";
    for (const place of document.querySelectorAll(`[data-signing="${name}"]`)) {
      const text = place.dataset.lead + words;
      if (place.textContent !== text) place.textContent = text;
      mark(place.closest(".mantine-Badge-root"), words, why);
    }
    for (const place of document.querySelectorAll(`[data-worlds="${name}"]`)) {
      if (worlds(answer)) place.textContent = `${place.dataset.lead}${worlds(answer)}; `;
    }
    for (const place of document.querySelectorAll(`[data-why="${name}"]`)) {
      if (place.textContent !== why) place.textContent = why;
      place.hidden = !why;
    }
  }

  // What a page says of its signing as a whole; one without such a badge is about the register
  // itself.
  const of_page = () =>
    document.querySelector('[data-signing="page"]')?.textContent ?? BASES.fitted;

  // The same in a table or a list, with a reason of its own.
  function tag(answer) {
    const place = element("span", { className: "tag" }, word(answer));
    mark(place, word(answer), answer.why ?? "");
    return place;
  }

  const shown = () => {
    if (parley.record?.basis) show(parley.record);
  };
  on("parley:record parley:design parley:page", shown);

  parley.basis = { show, tag, word, key, of_page };
})();
