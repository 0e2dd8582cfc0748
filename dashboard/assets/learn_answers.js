// What a student says on the page Learn: kept in this browser alone, as long as it keeps anything;
// a file to take along.
(() => {
  const PLACE = "parley-lessons";
  let all = {},
    is_kept = true;
  try {
    const stored = JSON.parse(localStorage.getItem(PLACE) ?? "{}");
    if (stored && typeof stored === "object") all = stored;
  } catch {
    // nothing can be read, or it is none of ours
  }
  store();

  function store() {
    try {
      if (Object.keys(all).length) localStorage.setItem(PLACE, JSON.stringify(all));
      else localStorage.removeItem(PLACE);
    } catch {
      is_kept = false;
    }
  }

  const of = (name) => all[name] ?? {};
  function keep(name, changes) {
    all[name] = { ...all[name], ...changes };
    store();
  }
  // Of one lesson, or, without a name, of all.
  function forget(name) {
    if (name === undefined) all = {};
    else delete all[name];
    store();
  }
  const begun = () => Object.keys(all).filter((name) => all[name].committed);

  // A table of all answers. A text that a spreadsheet would take for a formula begins with an
  // apostrophe.
  const COLUMNS = [
    "who",
    "lesson",
    "title",
    "question",
    "prediction",
    "unit",
    "why",
    "predicted_on",
    "transfer",
    "what_would_make_it_false",
    "finished_on",
    "parley",
  ];
  const cell = (value) => {
    const text =
      typeof value === "string" && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value ?? "");
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const row = (
    who,
    name,
    {
      title,
      question,
      prediction,
      prediction_words,
      unit,
      why,
      committed,
      transfer,
      doubt,
      finished,
      version,
    },
  ) =>
    [
      who,
      name,
      title,
      question,
      prediction_words ?? prediction,
      unit,
      why,
      committed,
      transfer,
      doubt,
      finished,
      version,
    ]
      .map(cell)
      .join(",");
  const table = (who, names = begun()) =>
    [COLUMNS.join(","), ...names.map((name) => row(who, name, all[name]))]
      .map((line) => `${line}\r\n`)
      .join("");

  // The table as a file; the mark at its start has a spreadsheet read it as UTF-8.
  function save(who, names) {
    const link = document.createElement("a"),
      file = new Blob(["\ufeff", table(who, names)], { type: "text/csv" });
    link.href = URL.createObjectURL(file);
    link.download = "parley-answers.csv";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }

  parley.learner = { of, keep, forget, begun, save, is_kept: () => is_kept };
})();
