// The address is the whole view, so sending it is sharing it. Where the browser keeps the clipboard to itself, as it does
// on pages without TLS that are not of this machine, the address is shown, marked, for copying by hand.
document.addEventListener("click", async event => {
  const button = event.target.closest?.("#share");
  if (!button) return;
  const said = document.getElementById("shared");
  try {
    await navigator.clipboard.writeText(location.href);
    said.textContent = "Link copied";
  } catch {
    const field = Object.assign(document.createElement("input"), {value: location.href, readOnly: true});
    field.setAttribute("aria-label", "Link to this view");
    said.replaceChildren(field);
    field.select();
  }
});
// What was copied is the view of that moment.
for (const change of ["parley:record", "parley:round"]) {
  document.addEventListener(change, () => document.getElementById("shared")?.replaceChildren());
}
