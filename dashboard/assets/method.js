// The page Method: the steps of a month, the dials and their filter, the classics with their
// pictures, the copies of how to cite.
(() => {
  const {
    at,
    set,
    say,
    element,
    cell,
    row,
    table,
    fill,
    address,
    ask,
    on,
    dispatch,
    on_click,
    once_a_frame,
  } = parley.dom;
  const { DEFAULTS, significant, spaced } = parley.format;
  const number = (value) => significant(value, 4);
  const note = (words) => element("p", { className: "dimmed" }, words);

  async function dials() {
    const body = at("dial-rows");
    if (!body || body.rows.length) return;
    const dials = await ask("data/dials");
    fill(
      "dial-rows",
      dials.map(
        ({ name, role, structural, value, between: [low, high], unit, meaning, source }) => {
          const cells = {
            Role: structural ? `${role}, structural` : role,
            Default: number(value),
            Range: `${low} to ${high}`.replaceAll("-", "−"),
            Unit: unit,
            Meaning: meaning,
            Source: source,
          };
          const line = row(
            spaced(name),
            ...Object.entries(cells).map(([name, words]) => cell({ dataset: { name } }, words)),
          );
          line.dataset.role = role;
          return line;
        },
      ),
    );
    filter();
  }

  function steps() {
    for (const place of document.querySelectorAll("[data-step]")) {
      if (!place.childElementCount) place.append(parley.pictures.step(place.dataset.step));
    }
  }

  // What each classic claims, where it comes from, its picture, and whether it came out; once.
  let shelf = null;
  async function classics() {
    if (!at("classics")) return;
    try {
      shelf ??= await ask("data/classics");
    } catch (problem) {
      return say("classics-message", problem.message);
    }
    for (const { name, claim, reference, checks } of shelf) {
      const short = name.split("/")[1],
        within = checks.filter((check) => check.within).length;
      set(`claim-${short}`, claim);
      set(`reference-${short}`, reference);
      set(
        `checks-${short}`,
        `${within === checks.length ? "✓" : "✗"} ${within} of ${checks.length} known ` +
          "numbers come out",
      );
    }
    const kept = shelf.filter(({ checks }) => checks.every((check) => check.within)).length;
    set(
      "answer-classics",
      `${kept === shelf.length ? "Yes: " : ""}${kept} of ${shelf.length} results of ` +
        "the literature come out of the same code, each here with its picture.",
    );
    pictures();
    dispatch("parley:folds");
  }

  // Pictures fill their places, once there is room for them; on paper, where three stand beside
  // each other, they are scaled to it.
  const ON_PAPER = 280; // pixels
  function pictures(is_paper = false) {
    for (const { name, claim, picture } of shelf ?? []) {
      const place = at(`picture-${name.split("/")[1]}`),
        width = place && (is_paper ? ON_PAPER : place.clientWidth);
      if (!width || place.dataset.width === String(width)) continue;
      place.dataset.width = width;
      place.setAttribute("aria-label", `${claim} ${picture.up} by ${picture.across}.`);
      place.replaceChildren(parley.pictures.classic(picture, width));
    }
  }

  // Whether the table goes on below what is seen of it.
  const is_cut = () => {
    const { scrollHeight, clientHeight } = document.querySelector(".dial-table");
    return scrollHeight > clientHeight + 1;
  };

  // Every word of the search has to stand somewhere in the row.
  function filter() {
    const rows = [...(at("dial-rows")?.rows ?? [])],
      role = at("dial-role").value;
    const plain = (text) => spaced(text.toLowerCase()),
      words = plain(at("dial-search").value).split(/\s+/).filter(Boolean);
    for (const row of rows) {
      const text = plain(row.textContent);
      row.hidden =
        Boolean(role && row.dataset.role !== role) || !words.every((word) => text.includes(word));
    }
    const visible = rows.filter((row) => !row.hidden).length;
    set(
      "dial-count",
      `${visible === rows.length ? "" : `${visible} of `}${rows.length} ` +
        `dials${is_cut() ? "; scroll the table for more" : ""}`,
    );
  }

  async function run(button) {
    const name = button.dataset.classic,
      place = `classic-${name}`;
    button.disabled = true;
    fill(place, [note("Running …")]);
    try {
      const { checks, remarks, replicates, seed, version } = await ask(
        address("data/classic", `name=${encodeURIComponent(name)}`),
      );
      const rows = checks.map(({ name, expected, simulated, tolerance, within }) =>
        row(
          name,
          number(expected),
          number(simulated),
          tolerance ? `± ${number(tolerance)}` : "exact",
          within ? "✓ yes" : "✗ no",
        ),
      );
      const provenance = `replicates ${replicates}, seed ${seed}, Parley ${version}`;
      fill(place, [
        table(["What is checked", "Expected", "Simulated", "Tolerance", "Within"], rows),
        ...[...remarks, provenance].map(note),
      ]);
    } catch (problem) {
      fill(place, [element("p", { className: "message", role: "alert" }, problem.message)]);
    }
    button.disabled = false;
  }

  async function copy(button) {
    const place = at(button.dataset.copies);
    try {
      await navigator.clipboard.writeText(place.textContent);
      at("copied").textContent = "Copied.";
    } catch {
      // no clipboard for pages that are not secure: select it, so that the keyboard can copy
      getSelection().selectAllChildren(place);
      at("copied").textContent = "Selected: copy it with the keyboard.";
    }
  }

  // The seed of the view in what is to be copied.
  function cite() {
    const seed = new URLSearchParams(location.search).get("seed") ?? DEFAULTS.seed;
    for (const place of document.querySelectorAll("pre[id^=citation-]"))
      place.textContent = place.textContent.replace(/(?<=seed )\d+/, seed);
  }

  on("parley:page", () => {
    steps();
    dials();
    classics();
    cite();
  });
  on("parley:fold", () => {
    pictures();
    if (at("dial-rows")) filter();
  });
  on("parley:paper", () => pictures(true));
  on("parley:screen", () => pictures());
  window.addEventListener(
    "resize",
    once_a_frame(() => pictures()),
  );
  document.addEventListener("input", (event) => {
    if (event.target.id === "dial-search" || event.target.id === "dial-role") filter();
  });
  on_click("button[data-classic]", run);
  on_click("button[data-copies]", copy);
})();
