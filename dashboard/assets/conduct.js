// The range of conduct in the headline. It costs far more than a record, so it is asked for when the view has rested, or
// at once by whoever has opened its assumptions; and the old one is marked as old until then.
(() => {
  window.parley ??= {};
  const FIRST = 1500, REST = 6000, AGAIN = 3000;  // milliseconds
  const at = id => document.getElementById(id);
  const set = (id, words) => { const place = at(id); if (place) place.textContent = words; };
  let told = null, waiting = null, asking = null;

  const make = (tag, words, ...children) => {
    const element = document.createElement(tag);
    if (words) element.textContent = words;
    element.append(...children);
    return element;
  };
  const range = ({low, high}) => {
    const digits = high < 2 ? 2 : high < 10 ? 1 : 0;
    return [low, high].map(value => value.toFixed(digits).replace("-", "−")).join(" to ");
  };
  const percent = ({unit}) => unit.startsWith("%");

  function soon(wait) { clearTimeout(waiting); waiting = setTimeout(ask, wait); }

  async function ask() {
    if (!at("conduct-card") || !parley.record) return;
    const query = parley.record.query;
    if (told?.query === query) return fresh();
    asking?.abort();
    asking = new AbortController();
    set("harm-unit", "is being simulated …");
    try {
      const answer = await fetch(`data/conduct?${query}`, {signal: asking.signal}), content = await answer.json();
      if (query !== parley.record?.query) return;
      if (answer.status === 202) { set("harm-unit", content.message); return soon(AGAIN); }
      if (!answer.ok) throw new Error(content.message);
      told = content;
      show();
    } catch (problem) {
      if (problem.name !== "AbortError") set("harm-unit", problem.message);
    }
  }

  const fresh = () => at("conduct-card").classList.remove("is-old");

  function show() {
    fresh();
    const {headline} = told;
    at("conduct-card").classList.toggle("is-withheld", !headline);
    at("conduct-more").hidden = false;
    set("harm", headline ? `${range(headline)} %` : "not told");
    set("harm-unit", headline ? "of the harm in the same world without the code, over the whole run: a range over assumptions, never one number" : told.withheld);
    at("assumptions").replaceChildren(...told.assumptions.map(one => make("li", "",
      make("strong", one.label), one.low === one.high ? ` ${one.low}, as set` : ` ${one.low} to ${one.high}`, ` (${one.unit}): ${one.meaning}. `,
      make("span", `${one.source[0].toUpperCase()}${one.source.slice(1)}.`))));
    at("conduct-rows").replaceChildren(...(told.rows.length ? [table()] : []));
    set("conduct-provenance", headline ? `From the lowest 5th to the highest 95th percentile of ${told.worlds} worlds at each of ${told.combinations} combinations, seed ${told.seed}.` : "");
  }

  function table() {
    const head = make("thead", "", make("tr", "", ...["outcome (simulated)", "range"].map(words => Object.assign(make("th", words), {scope: "col"}))));
    const rows = told.rows.map(row => make("tr", "",
      Object.assign(make("th", row.label + (row.group === "all" ? "" : `: ${row.group}`)), {scope: "row"}), make("td", range(row) + (percent(row) ? " %" : ""))));
    return make("table", "", head, make("tbody", "", ...rows));
  }

  document.addEventListener("parley:record", ({detail: record}) => {
    if (!at("conduct-card")) return;
    asking?.abort();
    if (told?.query === record.query) { clearTimeout(waiting); return show(); }
    at("conduct-card").classList.add("is-old");
    if (told) set("harm-unit", "of the view before; this one's follows when it has rested");
    soon(at("conduct-more").open || !told ? FIRST : REST);
  });
  document.addEventListener("toggle", event => {
    if (event.target.id === "conduct-more" && event.target.open && parley.record && told?.query !== parley.record.query) soon(0);
  }, {capture: true});
})();
