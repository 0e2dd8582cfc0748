// Lists to choose from by typing: stakeholders are found by any of their names, and Enter takes the
// option that is marked.
(() => {
  const { spelling } = parley.format;

  // As Mantine filters, but by other names too, without accents, and whole names first: Turkiye and
  // Turkey find Türkiye, and UK the United Kingdom before Ukraine.
  const WHOLE = 0,
    BEGINS = 1,
    WITHIN = 2,
    NOT = 3;
  const place_in = (name, sought) =>
    name === sought
      ? WHOLE
      : name.startsWith(sought)
        ? BEGINS
        : name.includes(sought)
          ? WITHIN
          : NOT;
  const names_of = ({ value, label }) => [
    value,
    label.replace(/ \([^)]*\)$/, ""),
    label,
    ...(parley.people?.[value]?.other_names.split(", ") ?? []),
  ];
  const found = ({ options, search, limit = Infinity }) => {
    const sought = spelling(search.trim());
    const place = (option) =>
      Math.min(...names_of(option).map((name) => place_in(spelling(name), sought)));
    const groups = options
      .filter(({ items }) => items)
      .map((group) => ({ ...group, items: found({ options: group.items, search, limit }) }));
    const single = options
      .filter(({ items }) => !items)
      .map((option) => ({ option, at: place(option) }));
    return [
      ...groups,
      ...single
        .filter(({ at }) => at < NOT)
        .sort((a, b) => a.at - b.at)
        .map(({ option }) => option),
    ].slice(0, limit);
  };
  (window.dashMantineFunctions ??= {}).by_any_name = found;

  // What is typed takes the place of the name that stands there. The press that brings the focus
  // would put the caret back.
  document.addEventListener("focusin", ({ target }) => {
    if (!target.matches?.(".mantine-Select-input:not([readonly])")) return;
    target.select();
    target.addEventListener("mouseup", (event) => event.preventDefault(), { once: true });
  });

  // After quick typing on a slow machine Mantine's own count of the options can be behind what it
  // shows, and the key would do nothing; where Mantine has taken it, the default is prevented.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.defaultPrevented) return;
    document
      .getElementById(event.target.getAttribute?.("aria-controls"))
      ?.querySelector("[data-combobox-selected]")
      ?.click();
  });
})();
