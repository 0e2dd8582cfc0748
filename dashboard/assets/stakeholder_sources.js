// What is quoted on the page A stakeholder, with links to where it stands: who reports that it
// joined, and what it said.
(() => {
  const { at, element } = parley.dom,
    { day } = parley.format;
  const is_address = (url) => /^https?:\/\//.test(url);
  const link_to = (url, words) =>
    element("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, words);

  // *words* in which the *source*, if any, stands in brackets: as a link.
  function sourced(words, source) {
    const brackets = source && is_address(source.url) ? `(${source.words})` : "",
      [before, after] = brackets ? words.split(brackets) : [words];
    return after === undefined
      ? [words]
      : [`${before}(`, link_to(source.url, source.words), `)${after}`];
  }

  function positions(all) {
    return !all.length
      ? [element("li", { className: "dimmed" }, "Nothing by it is on file here.")]
      : all.map(({ date, who, said, url, source }) =>
          element(
            "li",
            {},
            element(
              "span",
              { className: "dimmed" },
              `${day(date)}, ${parley.people[who]?.name ?? "the European Union"}`,
            ),
            element("p", {}, said),
            is_address(url) ? link_to(url, source) : element("span", {}, source),
          ),
        );
  }

  // Why the day is not known on which it joined, folded below what happened.
  function undated(why) {
    at("not-dated-fold").hidden = !why;
    at("not-dated").textContent = why;
  }

  parley.sources = { sourced, positions, undated };
})();
