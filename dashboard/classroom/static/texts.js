// The messages of the page in its language: the server puts them into the page, Fluent fills their
// gaps.
const { FluentBundle, FluentResource } = window.FluentBundle;
const source = document.getElementById("texts"),
  { locale } = source.dataset;
const bundle = new FluentBundle(locale, { useIsolating: false });
// English comes first, for what a language lacks
bundle.addResource(new FluentResource(source.textContent), { allowOverrides: true });

const utc = { timeZone: "UTC" };
const lists = new Intl.ListFormat(locale),
  choices = new Intl.ListFormat(locale, { type: "disjunction" }),
  days = new Intl.DateTimeFormat(locale, {
    ...utc,
    day: "numeric",
    month: "long",
    year: "numeric",
  }),
  numbers = new Intl.NumberFormat(locale);

// The message *id* with *values* in its gaps: numbers as numbers, so that they choose the plural.
export function message(id, values = {}) {
  const problems = [],
    pattern = bundle.getMessage(id)?.value;
  if (!pattern) throw new Error(`there is no message ${id}`);
  const found = bundle.formatPattern(pattern, values, problems);
  if (problems.length) throw problems[0];
  return found;
}

export const listed = (words) => lists.format(words);
export const either = (words) => choices.format(words); // a, b or c
export const day = (date) => days.format(new Date(`${date}T00:00Z`)); // 12 November 2018
export const month = (date) => {
  const [year, number] = date.split("-");
  return `${message(`month-${Number(number)}`)} ${year}`;
}; // Nov 2018
export const whole = (number) => numbers.format(Math.round(number)); // 1,180
