// The page Method: the filter of the dials, the classics' buttons, the copies of how to cite.
(() => {
  const at = id => document.getElementById(id);
  const make = (tag, words, more = {}) => Object.assign(document.createElement(tag), {textContent: words, ...more});
  const number = value => String(Number(value.toPrecision(4))).replace("-", "−");

  async function dials() {
    const body = at("dial-rows");
    if (!body || body.rows.length) return;
    const answer = await fetch("data/dials"), rows = await answer.json();
    body.replaceChildren(...rows.map(dial => {
      const row = document.createElement("tr"), between = `${dial.between[0]} to ${dial.between[1]}`.replaceAll("-", "−");
      const cells = {Role: dial.structural ? `${dial.role}, structural` : dial.role, Default: number(dial.value), Range: between,
                     Unit: dial.unit, Meaning: dial.meaning, Source: dial.source};
      row.dataset.role = dial.role;
      row.append(make("th", dial.name.replaceAll("_", " "), {scope: "row"}));
      for (const [name, words] of Object.entries(cells)) {
        row.append(make("td", words));
        row.lastChild.dataset.name = name;
      }
      return row;
    }));
    filter();
  }

  // Every word that is searched for has to stand somewhere in the row.
  function filter() {
    const rows = [...(at("dial-rows")?.rows ?? [])], role = at("dial-role").value;
    const words = at("dial-search").value.toLowerCase().replaceAll("_", " ").split(/\s+/).filter(Boolean);
    for (const row of rows) {
      const text = row.textContent.toLowerCase().replaceAll("_", " ");
      row.hidden = Boolean(role && row.dataset.role !== role) || !words.every(word => text.includes(word));
    }
    const left = rows.filter(row => !row.hidden).length;
    at("dial-count").textContent = left === rows.length ? `${left} dials` : `${left} of ${rows.length} dials`;
  }

  async function run(button) {
    const name = button.dataset.classic, place = at(`classic-${name}`);
    button.disabled = true;
    place.replaceChildren(make("p", "Running …", {className: "dimmed"}));
    try {
      const answer = await fetch(`data/classic?name=${encodeURIComponent(name)}`), done = await answer.json();
      if (!answer.ok) throw new Error(done.message);
      place.replaceChildren(table(done), ...done.remarks.map(words => make("p", words, {className: "dimmed"})),
        make("p", `replicates ${done.replicates}, seed ${done.seed}, Parley ${done.version}`, {className: "dimmed"}));
    } catch (problem) {
      place.replaceChildren(make("p", problem.message, {className: "message"}));
      place.lastChild.setAttribute("role", "alert");
    }
    button.disabled = false;
  }

  function table(done) {
    const whole = document.createElement("table"), head = whole.createTHead().insertRow(), body = whole.createTBody();
    for (const words of ["What is checked", "Expected", "Simulated", "Tolerance", "Within"]) head.append(make("th", words, {scope: "col"}));
    for (const check of done.checks) {
      const row = body.insertRow();
      row.append(make("th", check.name, {scope: "row"}), make("td", number(check.expected)), make("td", number(check.simulated)),
        make("td", check.tolerance ? `± ${number(check.tolerance)}` : "exact"), make("td", check.within ? "✓ yes" : "✗ no"));
    }
    return whole;
  }

  async function copy(button) {
    const place = at(button.dataset.copies);
    try {
      await navigator.clipboard.writeText(place.textContent);
      at("copied").textContent = "Copied.";
    } catch {  // no clipboard for pages that are not secure: select it, so that the keyboard can copy
      getSelection().selectAllChildren(place);
      at("copied").textContent = "Selected: copy it with the keyboard.";
    }
  }

  document.addEventListener("parley:page", dials);
  document.addEventListener("input", event => { if (event.target.id === "dial-search" || event.target.id === "dial-role") filter(); });
  document.addEventListener("click", event => {
    const button = event.target.closest?.("button[data-classic], button[data-copies]");
    if (button) (button.dataset.classic ? run : copy)(button);
  });
})();
