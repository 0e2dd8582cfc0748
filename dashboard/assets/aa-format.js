// How numbers, dates, kinds and people are formatted, alike on all pages.
(() => {
  const {kind: KIND, kinds: KINDS, statuses: STATUSES, bases: BASES, dials: DIALS} = JSON.parse(parley.dom.at("vocabulary").textContent);

  const minus = text => text.replace("-", "−");
  const fixed = (value, digits = 0) => minus(value.toFixed(digits));
  // To so many significant digits.
  const rounded = (value, digits = 3) => minus(String(Number(value.toPrecision(digits))));
  const percent = (share, digits = 0) => `${(100 * share).toFixed(digits)} %`;
  // With its sign, and none where it rounds to zero.
  const signed = (value, digits, zero = "0") => Number(value.toFixed(digits)) === 0 ? zero : (value > 0 ? "+" : "") + fixed(value, digits);
  const span = (low, high) => `${fixed(low)}–${fixed(high)}`;
  const capital = text => text && text[0].toUpperCase() + text.slice(1);
  const spaced = name => DIALS[name] ?? name.replaceAll("_", " "); // a dial by its label
  const lens = name => `lens ${name || "of one's own"}`;

  // Dates such as 2018-11-12 in words; kept, as it takes a while to write one.
  const dates = options => {
    const format = new Intl.DateTimeFormat("en-GB", {day: "numeric", timeZone: "UTC", ...options}), texts = new Map();
    return date => {
      if (!texts.has(date)) texts.set(date, format.format(new Date(`${date}T12:00:00Z`)));
      return texts.get(date);
    };
  };
  const day = dates({month: "long", year: "numeric"}), short_day = dates({month: "short", year: "2-digit"});

  const name_of = id => parley.people?.[id]?.name ?? id;
  // Everybody with a name, or those *ids*, in the order of names, as the options of a control.
  const options = (ids = Object.keys(parley.people)) =>
    ids.map(id => ({value: id, label: name_of(id)})).sort((a, b) => a.label.localeCompare(b.label));

  parley.format = {KIND, KINDS, STATUSES, BASES, minus, fixed, rounded, percent, signed, span, capital, spaced, lens, day, short_day, name_of, options};
})();
