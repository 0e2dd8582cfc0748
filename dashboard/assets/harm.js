// What a view changes of the harm prevented, beside the Paris Call as it was: a line on the card of conduct and, where harm goes another
// way than who signs, a short sentence of the headline. Nobody has measured it, which both say.
(() => {
  const {at, element, on} = parley.dom, {capital, extent, is_clear} = parley.format;
  let conduct = null;

  // The ends of what the view changes, and of what the Call prevented; null where these are not here, or not told.
  const beside = () => conduct?.query === parley.record?.query && !parley.beside_the_call.is_baseline(parley.view) ? conduct?.beside : null;

  function show() {
    const place = at("difference-harm"), told = beside();
    if (!place) return;
    place.hidden = !told;
    if (told) place.replaceChildren(element("strong", {}, capital(parley.statements.harm(told.change))), ` beside the Paris Call as it was, with ${extent(...told.was)}\u00a0%`);
  }

  // Of a headline whose *words* say that more sign, or fewer: that harm goes the other way, where all assumptions say so.
  function yet(words) {
    const [low, high] = beside()?.change ?? [0, 0], way = low > 0 ? "more" : "less", other = low > 0 ? /fewer$/ : /more$/;
    return is_clear(low, high) && other.test(words) ? `Yet ${way} harm is prevented (assumed).` : "";
  }

  parley.harm = {yet};
  on("parley:conduct", content => { conduct = content; show(); });
  on("parley:record", show);
})();
