// Last of the assets: who is who, then the first question, as soon as the page is there.
(() => {
  const there = () => document.getElementById("scenario") && window.dash_clientside?.set_props;
  const begin = async () => {
    if (!there()) return setTimeout(begin, 30);
    const scrub = document.getElementById("scrub");
    if (scrub && !document.getElementById("round")) {
      scrub.append(Object.assign(document.createElement("input"), {type: "range", id: "round", min: 0, max: 72, value: 72}));
      document.getElementById("round").setAttribute("aria-label", "Round shown");
    }
    dash_clientside.parley.begin();
    const answer = await fetch("data/people");
    parley.people = Object.fromEntries((await answer.json()).map(one => [one.id, one]));
    const grid = () => { if (!parley.grid()) return setTimeout(grid, 100); parley.rows(); };
    if (document.getElementById("stakeholders")) grid();
  };
  begin();
})();
