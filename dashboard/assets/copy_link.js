// The address is the whole view, so sending it is sharing it: where others can open it. An address
// of this machine, or of its network, is said to be one, and the brief is offered as a file, which
// opens anywhere. Where the browser keeps the clipboard to itself, as it does on pages without TLS
// that are not of this machine, the address is shown for copying.
(() => {
  const { at, element, on, on_click } = parley.dom;
  const OF_MACHINE = /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\]|0\.0\.0\.0)$/;
  const OF_NETWORK =
    /^(10(\.\d+){3}|192\.168(\.\d+){2}|172\.(1[6-9]|2\d|3[01])(\.\d+){2}|169\.254(\.\d+){2}|\[f[cde].*\]|[^.]+|.+\.(local|lan|internal|home\.arpa))$/i;

  // How far the address of the host carries: this machine, this network, or anywhere.
  function reach(host = location.hostname) {
    if (OF_MACHINE.test(host)) return "machine";
    return OF_NETWORK.test(host) ? "network" : "";
  }
  const LIMITS = {
    machine: () =>
      `It opens on this machine only, as ${location.hostname} is no address for ` +
      "others. To send this view, take ",
    network: () =>
      `It opens in your network only, at ${location.hostname}. To send this view further, take `,
  };

  function limit() {
    const where = reach();
    if (!where) return [];
    const file = element(
      "a",
      { href: `brief/file${at("to-brief")?.search ?? ""}`, download: "" },
      "its brief as a file",
    );
    return [` ${LIMITS[where]()}`, file, "."];
  }

  on_click("#share", async () => {
    try {
      await navigator.clipboard.writeText(location.href);
      at("shared").replaceChildren("Link copied.", ...limit());
    } catch {
      const field = element("input", {
        value: location.href,
        readOnly: true,
        "aria-label": "Link to this view",
      });
      at("shared").replaceChildren(field, ...limit());
      field.select();
    }
  });
  // The message is about the view of that moment.
  on("parley:view parley:round", () => at("shared")?.replaceChildren());

  parley.reach = reach;
})();
