// The address is the whole view, so sending it is sharing it. Where the browser keeps the clipboard to itself, as it does
// on pages without TLS that are not of this machine, the address is shown, marked, for copying by hand.
(() => {
  const {at, element, on, on_click} = parley.dom;
  on_click("#share", async () => {
    try {
      await navigator.clipboard.writeText(location.href);
      at("shared").textContent = "Link copied";
    } catch {
      const field = element("input", {value: location.href, readOnly: true, "aria-label": "Link to this view"});
      at("shared").replaceChildren(field);
      field.select();
    }
  });
  // The message is about the view of that moment.
  on("parley:record parley:round", () => at("shared")?.replaceChildren());
})();
