// From a round on, with one thing changed: branches are entries of the address, and are simulated
// with the same random streams. It is the round shown; where that is the last, which has no future,
// the launch.
(() => {
  const { at, set, element, fill, put, callbacks, on, on_click } = parley.dom;
  const { capital, day, options } = parley.format;
  const EMPTY = { who: null, choice: "signs", dial: null, value: "" };
  const form = { ...EMPTY };
  let card = null;

  // An entry such as 5:BRA:signs in the words of what the view supposes, once these are here.
  function in_words(branch) {
    const found = (parley.suppositions?.suppositions ?? []).find(({ drop }) =>
      drop.branch?.includes(branch),
    );
    return found ? capital(found.words) : "";
  }

  function list() {
    if (!at("branches")) return;
    at("branches").hidden = parley.view.branch.length === 0;
    fill(
      "branches",
      parley.view.branch.map((branch, k) => {
        const words = in_words(branch);
        return element(
          "li",
          {},
          words,
          element(
            "button",
            {
              className: "reset",
              dataset: { unbranch: k },
              "aria-label": `Remove the branch: ${words}`,
            },
            "remove",
          ),
        );
      }),
    );
  }

  const launch = () => -parley.record.first_round;
  const from = () =>
    parley.round() === parley.record.dates.length - 1 ? launch() : parley.round();

  function follow() {
    if (!at("branch-card") || !parley.record) return;
    const date = day(parley.record.dates[from()]);
    set(
      "branch-round",
      from() === launch() ? `the launch, ${date},` : `the month that ends on ${date}`,
    );
    set(
      "branch-how",
      parley.round() === parley.record.dates.length - 1
        ? "To start later than the launch, move the play bar to that month."
        : "The play bar chooses the month.",
    );
    set("branch-message", "");
  }

  // The curves are shown to their end; the play bar shows both futures from here.
  function add(entry, message) {
    const branch = `${from() + parley.record.first_round}:${entry}`,
      exists = parley.view.branch.includes(branch);
    if (!entry || exists)
      return void (at("branch-message").textContent = exists
        ? "This branch is there already."
        : message);
    parley.branch(branch);
    list();
  }

  function people() {
    if (!at("branch-card") || !parley.people) return;
    put("branch-who", { data: options() });
    list();
  }

  function appear() {
    if (!at("branch-card") || !parley.record) return;
    list();
    follow();
    if (card === at("branch-card")) return;
    card = at("branch-card");
    Object.assign(form, EMPTY);
    people();
  }

  on("parley:record parley:page", appear);
  on("parley:people", people);
  on("parley:suppositions", list);
  on("parley:round", follow);
  on_click("[data-unbranch]", (button) => {
    parley.unbranch(Number(button.dataset.unbranch));
    list();
    (at("branches").querySelector("button") ?? at("branch-who"))?.focus();
  });
  on_click("#branch-sign", () => add(form.who && `${form.who}:${form.choice}`, "Say who first."));
  on_click("#branch-set", () => {
    const full = form.dial && form.value !== "" && form.value !== null;
    add(full && `${form.dial}:${form.value}`, "Name a dial and its value first.");
  });

  callbacks({
    on_branch_choice(who, choice) {
      Object.assign(form, { who, choice });
    },
    on_branch_dial(dial) {
      if (!dial || dial === form.dial) return;
      const [min, max, whole] = JSON.parse(at("branch-card").dataset.dials)[dial];
      const value = Number(parley.view.set[dial] ?? parley.record?.settings[dial] ?? min);
      Object.assign(form, { dial, value });
      put("branch-value", {
        value,
        min,
        max,
        step: whole ? 1 : (max - min) / 20,
        allowDecimal: !whole,
        label: `becomes (${min} to ${max})`,
      });
    },
    on_branch_value(value) {
      form.value = value;
    },
  });
})();
