// From the round shown on, with one thing changed: branches are entries of the address, and run again under the same luck.
(() => {
  window.parley ??= {};
  const at = id => document.getElementById(id);
  const put = (component, props) => dash_clientside.set_props(component, props);
  const chosen = {who: null, choice: "signs", dial: null, value: ""};
  let under_way = null;

  function words(branch) {
    const [round, what, value] = branch.split(":"), month = Number(round), record = parley.record;
    const day = record?.dates[month - record.first_round];
    const from = day ? `From ${parley.figures.day(day)}` : `From month ${round}`;
    const done = {signs: "signs", "stays-out": "stays out", approached: "approached"}[value];
    if (done) return `${from}: ${what.split(",").map(one => parley.people?.[one]?.name ?? one).join(", ")} ${done}`;
    return `${from}: ${what.replaceAll("_", " ")} becomes ${value}`;
  }

  function list() {
    const place = at("branches");
    if (!place) return;
    place.hidden = parley.view.branch.length === 0;
    place.replaceChildren(...parley.view.branch.map((branch, k) => {
      const item = document.createElement("li"), button = document.createElement("button");
      Object.assign(button, {className: "reset", textContent: "remove"});
      button.dataset.unbranch = k;
      button.setAttribute("aria-label", `Remove the branch: ${words(branch)}`);
      item.append(words(branch), button);
      return item;
    }));
  }

  function here() {
    if (!at("branch-card") || !parley.record) return;
    const t = parley.round(), over = t === parley.record.dates.length - 1;
    at("branch-round").textContent = `the month that ends on ${parley.figures.day(parley.record.dates[t])}`;
    for (const id of ["branch-sign", "branch-set"]) at(id).disabled = over;
    at("branch-message").textContent = over ? "This is the last month. Go back with the play bar to a month that has a future." : "";
  }

  function add(text, message) {
    if (!text) return void (at("branch-message").textContent = message);
    const branch = `${parley.round() + parley.record.first_round}:${text}`;
    if (parley.view.branch.includes(branch)) return void (at("branch-message").textContent = "This branch is there already.");
    // The curves are shown to their end; whoever plays sees both futures unfold from here.
    parley.branch(branch);
    list();
  }

  // The same view without its branches: a thin line in the curves.
  async function beside(record) {
    under_way?.abort();
    const mine = under_way = new AbortController();
    const key = at("beside-key");
    if (key) key.hidden = parley.view.branch.length === 0;
    if (parley.view.branch.length === 0) { parley.beside = null; return; }
    const said = new URLSearchParams(record.query);
    said.delete("branch");
    if (parley.beside?.asked === said.toString()) return;
    parley.beside = null;
    try {
      const answer = await fetch(`data/run?${said}`, {signal: mine.signal});
      if (!answer.ok) return;
      parley.beside = {...await answer.json(), asked: said.toString()};
      document.dispatchEvent(new Event("parley:beside"));
    } catch (problem) {
      if (problem.name !== "AbortError") throw problem;
    }
  }

  function people() {
    if (!at("branch-card") || !parley.people) return;
    put("branch-who", {data: Object.values(parley.people).map(({id, name}) => ({value: id, label: name})).sort((a, b) => a.label.localeCompare(b.label))});
    list();
  }

  let filled = null;
  function appear() {
    const card = at("branch-card");
    if (!card || !parley.record) return;
    list();
    here();
    beside(parley.record);
    if (filled !== card) {
      filled = card;
      Object.assign(chosen, {who: null, choice: "signs", dial: null, value: ""});
      people();
    }
  }
  document.addEventListener("parley:record", appear);
  document.addEventListener("parley:page", appear);
  document.addEventListener("parley:people", people);
  document.addEventListener("parley:round", here);
  document.addEventListener("click", event => {
    const remove = event.target.closest?.("[data-unbranch]");
    if (remove) {
      parley.unbranch(Number(remove.dataset.unbranch));
      list();
      (at("branches").querySelector("button") ?? at("branch-who"))?.focus();
    }
    if (event.target.id === "branch-sign") add(chosen.who && `${chosen.who}:${chosen.choice}`, "Say who first.");
    if (event.target.id === "branch-set") {
      add(chosen.dial && chosen.value !== "" && chosen.value !== null && `${chosen.dial}:${chosen.value}`, "Name a dial and its value first.");
    }
  });

  window.dash_clientside ??= {};
  Object.assign(dash_clientside.parley ??= {}, {
    heard_branch_choice(who, choice) { Object.assign(chosen, {who, choice}); },
    heard_branch_dial(dial) {
      if (!dial || dial === chosen.dial) return;
      const [min, max, whole] = JSON.parse(at("branch-card").dataset.dials)[dial];
      chosen.dial = dial;
      chosen.value = Number(parley.view.set[dial] ?? parley.record?.settings[dial] ?? min);
      put("branch-value", {value: chosen.value, min, max, step: whole ? 1 : (max - min) / 20, allowDecimal: !whole, label: `becomes (${min} to ${max})`});
    },
    heard_branch_value(value) { chosen.value = value; },
  });
})();
