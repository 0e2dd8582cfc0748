// The faces of the figure: chart, map, table, network, sources. The address names the one shown,
// but for the chart; what is not shown is not drawn.
(() => {
  const { at, put, callbacks, on, dispatch } = parley.dom;
  const FACES = ["chart", "map", "table", "network", "sources"];
  // A link to one world or to a share on the map means the map.
  const asked = () =>
    FACES.includes(parley.view.figure)
      ? parley.view.figure
      : parley.view.world || parley.view.map
        ? "map"
        : "chart";
  let shown = "chart";

  function show(face) {
    if (!at("faces") || !FACES.includes(face)) return;
    put("faces", { value: face });
    told(face);
  }

  function told(face) {
    if (face === shown) return;
    shown = face;
    const plain = parley.view.world || parley.view.map ? "map" : "chart";
    parley.view.figure = face === plain ? null : face;
    parley.write();
    mark();
    // When its panel has a size.
    requestAnimationFrame(() => requestAnimationFrame(() => dispatch("parley:face", face)));
  }

  function mark() {
    if (at("figure")) at("figure").dataset.face = shown;
  }

  on("parley:page", () => {
    shown = "chart";
    mark();
  });
  on("parley:record", ({ may_sign }) => {
    const tab = document.querySelector("#faces [role=tab][aria-controls$=-map]");
    if (!tab) return;
    tab.hidden = !may_sign.includes("state");
    const face = asked() === "map" && tab.hidden ? "chart" : asked();
    if (face !== shown) show(face);
  });

  parley.faces = { show, shown: () => shown };
  callbacks({
    on_face(face) {
      if (parley.record) told(face);
    },
  });
})();
