// The page Negotiate: what the address asks of the server, the draft on show, and the text of
// whoever takes the chair. The address holds all of it, as one value beside the view of the other
// pages.
(() => {
  const {
    at,
    set,
    say,
    element,
    fill,
    put,
    callbacks,
    address,
    readable,
    latest,
    on,
    on_click,
    once_a_frame,
  } = parley.dom;
  const { percent } = parley.format,
    figures = parley.negotiation_figures;
  const DEFAULTS = { talks: "un-gge-2017", without: "", replicates: 200, seed: 1, world: 1 };
  const DRAFTS_A_SECOND = 5,
    SOON = 90,
    LATER = 400; // milliseconds until a moved level is asked; until a figure is there
  // what, changed, has the seats negotiate anew
  const ANEW = ["set", "without", "replicates", "seed"];
  const LEAST_DRAWN = 3; // drafts; fewer are told in words
  const questions = latest(),
    texts = latest(),
    tablings = latest(),
    assumptions = latest();
  let tabled = null, // what comes of the chair's text once it is tabled
    note = ""; // what is said of a text that was proposed
  let asked = null,
    record = null,
    mine = null,
    playing = null,
    timer = null,
    is_chair = false,
    is_refused = false,
    table = null,
    result = null;
  let put_aside = null; // the levels of a chair who watches the drafts for a while

  const here = () => at("negotiate"),
    is_open = (name) => at(`negotiate-${name}-fold`).open;
  const level = (value) => String(Math.round(1e6 * value) / 1e6);

  // The link, as far as it is understood; the server reads the whole of it and refuses what is
  // wrong.
  function read(link) {
    const parameters = new URLSearchParams(link ?? "");
    asked = Object.fromEntries(
      Object.entries(DEFAULTS).map(([key, value]) => [key, parameters.get(key) ?? value]),
    );
    for (const key of ["replicates", "seed", "world"]) asked[key] = Number(asked[key]);
    asked.set = Object.fromEntries(
      parameters.getAll("set").map((part) => part.split(/:(.*)/s).slice(0, 2)),
    );
    asked.draft = parameters.has("draft") ? Number(parameters.get("draft")) : null;
    asked.levels = parameters.get("levels")?.split(",").map(Number) ?? null;
    is_chair = asked.levels !== null;
  }

  function query({ shown = true } = {}) {
    const parameters = new URLSearchParams();
    for (const [key, value] of Object.entries(DEFAULTS))
      if (String(asked[key]) !== String(value)) parameters.set(key, asked[key]);
    for (const [name, value] of Object.entries(asked.set))
      parameters.append("set", `${name}:${value}`);
    if (shown && asked.draft !== null) parameters.set("draft", asked.draft);
    if (shown && asked.levels) parameters.set("levels", asked.levels.map(level).join(","));
    return readable(parameters);
  }

  function write() {
    parley.view.negotiation = query() || null;
    parley.write();
    for (const link of document.querySelectorAll(".negotiate-data"))
      link.search = query({ shown: false });
  }

  // Asks anew, by the *link* where it is just opened; *after* is done with what comes back.
  async function ask(link = query(), after = () => {}) {
    document.body.classList.add("asking");
    pause();
    assumptions.cancel();
    try {
      const content = await questions.ask(address("data/negotiate", link));
      if (!content) return; // a newer question is under way
      say("message");
      is_refused = false;
      record = content;
      show();
      after();
    } catch (problem) {
      is_refused = true;
      if (record && here()) result.outcome(record, is_chair);
      here()?.classList.add("refused");
      say("message", problem.message);
      at("message")?.scrollIntoView({ block: "nearest" });
    }
    document.body.classList.remove("asking");
  }

  // How robust the end is, under other assumptions.
  async function try_assumptions() {
    result.waits_for_robustness(true);
    try {
      const link = address("data/negotiate/assumptions", query({ shown: false }));
      const content = await assumptions.ask(link);
      if (!content || !here()) return; // the talks are others now
      say("message");
      result.robust(content);
    } catch (problem) {
      fill("negotiate-robust", []);
      say("message", problem.message);
    }
    result.waits_for_robustness(false);
  }

  const again = () => {
    if (record) result.again({ ...record.original, ...asked.set });
  };

  // Other talks, or the same ones with something changed.
  function change(changes, after) {
    Object.assign(asked, changes);
    write();
    if (!changes.talks && ANEW.some((name) => name in changes)) again();
    return ask(undefined, after);
  }

  function show() {
    const { title, replicates, seed, version, world } = record;
    parley.record = {
      title,
      lens: "",
      worlds: replicates,
      seed,
      version,
      dates: [],
      first_round: 0,
    }; // for downloads
    [mine, put_aside] = [null, null];
    at("negotiate-shown").hidden = false;
    here().classList.remove("refused");
    parley.entitle(title);
    result.show(record, is_chair);
    controls();
    table.begin(record, { moved, levels: asked.levels });
    set(
      "negotiate-question",
      `${title}: ${record.question[0].toLowerCase()}${record.question.slice(1)}`,
    );
    for (const name of ["tally", "heat"])
      set(
        `negotiate-${name}-provenance`,
        `${title}; world ${world} of ${replicates}, seed ${seed}, Parley ${version}`,
      );
    write();
    follow();
    if (is_chair) evaluate();
  }

  function controls() {
    const { settings, replicates, seed, world, name, everybody, without } = record;
    put("negotiate-talks", { value: name });
    put("negotiate-world", { value: world, max: replicates });
    set("negotiate-worlds", `of ${replicates} simulated`);
    put("negotiate-mode", { value: is_chair ? "chair" : "watch" });
    put("negotiate-rule", { value: result.rule_of(settings) });
    put("negotiate-without", { data: everybody, value: without });
    put("negotiate-replicates", { value: replicates });
    put("negotiate-seed", { value: seed });
    put("negotiate-trades", { checked: settings.trades });
    offer(settings.transfer_efficiency);
  }

  function offer(share) {
    if (!at("side-offer")) {
      fill("negotiate-offer", [
        element("label", { htmlFor: "side-offer", className: "talks-label" }, "Side offers"),
        element("input", {
          type: "range",
          id: "side-offer",
          min: 0,
          max: 1,
          step: 0.05,
          value: share,
          "aria-describedby": "side-offer-says",
        }),
        element("p", { id: "side-offer-says", className: "dimmed" }),
      ]);
    }
    at("side-offer").value = share;
    say_offer(share);
  }
  function say_offer(share) {
    const words =
      share > 0
        ? "Those who gain may hand points of their gain to those who lose; of these, " +
          `${percent(share)} arrives.`
        : "None: nobody pays anybody for accepting. Move it, and those who gain may hand " +
          "points of their gain, hundredths of all that a seat wants, to those who lose.";
    set("side-offer-says", words);
    at("side-offer").setAttribute(
      "aria-valuetext",
      share > 0 ? `${percent(share)} arrives` : "none",
    );
  }

  // What is on show: the chair's text, once the server has told what it is worth, else a draft.
  const number = () => Math.min(asked.draft ?? record.final, record.drafts.length);
  const shown = () => (is_chair && mine) || record.drafts[number() - 1];

  function follow() {
    if (!here() || !record) return;
    const draft = shown(),
      slider = at("negotiate-round"),
      voters = record.seats.filter((seat) => seat.vote).length;
    const { majority } = record.told,
      needed = majority ? `, ${majority} needed` : "";
    const count =
        `${draft.accept} of ${voters} ` +
        `accept${draft.paid.length ? `, ${draft.paid.length} for payment alone` : ""}${needed}`,
      of_world = `in world ${record.world}`;
    Object.assign(slider, { max: record.drafts.length, value: number() });
    slider.setAttribute("aria-valuetext", `draft ${number()}, ${count}`);
    for (const id of ["play", "scrub"])
      at(`negotiate-${id}`).hidden = is_chair || record.drafts.length === 1;
    for (const id of ["table-it", "chair", "verdict"]) at(`negotiate-${id}`).hidden = !is_chair;
    // drafts that play would never end
    at("negotiate-state").setAttribute("aria-live", is_chair ? "polite" : "off");
    set("negotiate-count", count);
    result.outcome(record, is_chair);
    set(
      "negotiate-draft",
      is_chair
        ? `Your text ${of_world}`
        : `Draft ${number()} of ${record.drafts.length} ${of_world}`,
    );
    const is_tabled =
      is_chair &&
      asked.levels.every((value, place) => level(value) === level(record.provisions[place].high));
    at("negotiate-table-it").disabled = is_tabled;
    set(
      "negotiate-state",
      is_chair ? (mine ? table.told(mine, tabled, is_tabled) : "") : of_draft(),
    );
    set(
      "negotiate-text-note",
      is_chair
        ? note ||
            `Move a provision between the rules in force (${percent(0)}) and what was ` +
              `tabled at first (${percent(1)}). The seats answer at once.`
        : `${percent(0)}: as in the rules in force; ${percent(1)}: as tabled at first.`,
    );
    table.follow(draft, { record, is_chair, mine });
    halves(draft);
    if (is_chair && mine) table.verdict(tabled, voters, is_tabled);
    draw();
  }

  // What becomes of the draft on show.
  function of_draft() {
    if (number() !== record.final)
      return number() === 1
        ? "The text as tabled, with which the talks begin."
        : "Not adopted: the chair drafts on.";
    const {
        told: { majority },
        is_adopted,
        final,
        drafts,
        seats,
      } = record,
      voters = seats.filter(({ vote }) => vote).length;
    if (is_adopted)
      return (
        "This text is " +
        `adopted${majority ? `: ${drafts[final - 1].accept} of ${voters} seats accept, and ${majority} are needed` : ""}.`
      );
    return record.rule === "consensus"
      ? table.nearest(record)
      : "Not adopted, and no draft comes nearer.";
  }

  const draw = once_a_frame(() => {
    if (!here() || !record) return;
    const draft = shown(),
      where = is_chair ? null : number();
    const is_drawn = record.drafts.length >= LEAST_DRAWN;
    at("negotiate-tally-drawn").hidden = !is_drawn;
    if (is_drawn && is_open("tally"))
      // a fold that is closed has no room for it
      put("negotiate-tally", { figure: figures.tally(record, where, mine) });
    if (is_open("heat")) put("negotiate-heat", { figure: figures.heat(record, draft) });
    titles(draft);
    const named = is_chair ? "your text" : `draft ${number()}`,
      rows = draft.hurt.length,
      all = record.seats.length;
    const press = element(
      "span",
      { className: "on-screen" },
      `; press a bar to ${is_chair ? "start from" : "see"} its draft`,
    );
    fill(
      "negotiate-tally-note",
      is_drawn
        ? [
            `How many of ${all} seats accept each draft in world ${record.world}`,
            press,
            `. ${table.why_fewer(record)}`,
          ]
        : [table.few_drafts(record, is_chair && mine)],
    );
    set(
      "negotiate-heat-note",
      `What each provision of ${named} gives to a seat or takes from it in world ` +
        `${record.world}, in points: hundredths of all that it wants. ` +
        `${rows < all ? `The ${rows} of ${all} seats that like the text least.` : "Those that like the text least stand first."} ` +
        `✕ does not accept${draft.paid.length ? ", $ accepts for payment alone" : ""}.`,
    );
    if (!playing) table.hurts(record, draft);
    if (is_drawn) listen();
  });

  // What each half of the stage finds. On a phone they are closed until somebody opens them, or
  // takes the chair.
  function halves({ objects, resisted }) {
    const count = objects.filter((place) => record.seats[place].vote).length;
    set(
      "negotiate-table-title",
      count === 0
        ? "The table: all accept"
        : `The table: ${count} ${count === 1 ? "does" : "do"} not accept`,
    );
    set(
      "negotiate-text-title",
      resisted === null
        ? "The text: nothing in it divides"
        : `The text: ${record.provisions[resisted].provision} divides most`,
    );
  }
  function unfold(open) {
    for (const part of document.querySelectorAll("#negotiate .unfolded")) part.open = open;
  }

  // What each figure finds in the world on show.
  function titles(draft) {
    const { drafts, final, provisions, seats, world } = record,
      voters = seats.filter((seat) => seat.vote).length,
      last = drafts[final - 1];
    set(
      "negotiate-tally-title",
      drafts.length === 1
        ? `${last.accept} of ${voters} seats accept the text as tabled`
        : drafts[0].accept === last.accept
          ? `${last.accept} of ${voters} seats accept, as many at the end of ` +
            `${drafts.length} drafts as at first`
          : `From ${drafts[0].accept} to ${last.accept} of ${voters} seats accept, over ` +
            `${drafts.length} drafts in world ${world}`,
    );
    set(
      "negotiate-heat-title",
      `${draft.resisted === null ? "No provision keeps a seat from accepting" : `Most disputed is ${provisions[draft.resisted].provision}`}, ` +
        `in ${is_chair ? "your text" : `draft ${number()}`}`,
    );
  }

  function listen() {
    const graph = at("negotiate-tally")?.querySelector(".js-plotly-plot");
    if (!graph) return void setTimeout(() => here() && draw(), LATER);
    if (graph.dataset.listens) return;
    graph.dataset.listens = "yes";
    graph.on("plotly_click", ({ points: [{ x }] }) => {
      if (x > record.drafts.length) return;
      if (is_chair) return void take_chair(record.drafts[x - 1].text);
      show_draft(x);
      write();
    });
  }

  function show_draft(draft) {
    asked.draft = draft === record.final ? null : draft;
    follow();
  }

  // The address of a table; that of what hurts whom is of the draft on show.
  parley.negotiation_table_at = (name) =>
    address(`data/negotiate/${name}.csv`, query({ shown: name === "blame" }));

  // Playing

  function play() {
    if (playing) return pause();
    if (number() >= record.drafts.length) show_draft(1);
    to_table();
    playing = setInterval(() => {
      if (!here()) return pause();
      show_draft(number() + 1);
      if (number() >= record.drafts.length) pause();
    }, 1000 / DRAFTS_A_SECOND);
    label();
  }
  // The table, which play changes, comes into view where it is not, with the bar above it.
  function to_table() {
    const stage = at("negotiate-play").closest(".talks-stage"),
      half = at("negotiate-table-half"),
      smooth = matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
    half.open = true;
    if (half.getBoundingClientRect().bottom > innerHeight)
      stage.scrollIntoView({ block: "start", behavior: smooth });
  }
  function pause() {
    if (!playing) return;
    clearInterval(playing);
    playing = null;
    if (!here()) return;
    label();
    write();
    draw();
  }
  function label() {
    set("negotiate-play", playing ? "Pause" : "Play");
    at("negotiate-play").setAttribute("aria-pressed", Boolean(playing));
  }

  // The chair

  function take_chair(text) {
    const levels = text.map((value, place) =>
      Math.min(record.provisions[place].high, Math.max(record.provisions[place].low, value)),
    );
    pause();
    [is_chair, note] = [true, ""];
    asked.levels = levels;
    put("negotiate-mode", { value: "chair" });
    for (const half of ["table", "text"]) at(`negotiate-${half}-half`).open = true;
    table.begin(record, { moved, levels });
    write();
    follow();
    return evaluate();
  }

  function leave_chair() {
    if (!is_chair) return;
    texts.cancel();
    is_chair = false;
    put_aside = asked.levels;
    asked.levels = mine = null;
    put("negotiate-mode", { value: "watch" });
    table.begin(record, { moved, levels: asked.levels });
    write();
    follow();
  }

  // A level has moved: the server is asked once it rests for a moment.
  function moved(levels) {
    asked.levels = levels;
    note = "";
    clearTimeout(timer);
    timer = setTimeout(() => {
      write();
      evaluate();
    }, SOON);
  }

  // The text of the chair, at the table as it is, and, where it has rested for longer, once it is
  // tabled.
  const of_chair = (path) =>
    address(path, query({ shown: false }), `levels=${asked.levels.map(level).join(",")}`);
  async function evaluate() {
    at("negotiate-chair").setAttribute("aria-busy", true);
    tablings.cancel();
    tabled = null;
    clearTimeout(tabling);
    if (!record.is_slow) tabling = setTimeout(ask_tabled, LATER);
    try {
      const content = await texts.ask(of_chair("data/negotiate/text"));
      if (!content || !is_chair || !here()) return;
      say("message");
      mine = content;
      follow();
    } catch (problem) {
      say("message", problem.message);
    }
    at("negotiate-chair")?.setAttribute("aria-busy", false);
  }

  let tabling = null;
  async function ask_tabled() {
    if (!is_chair || !here()) return;
    try {
      const content = await tablings.ask(of_chair("data/negotiate/tabled"));
      if (!content || !is_chair || !here()) return;
      tabled = content;
    } catch {
      tabled = { message: "nothing would be left to agree on" };
    }
    follow();
  }

  async function from_widest() {
    try {
      const content = await texts.ask(address("data/negotiate/widest", query({ shown: false })));
      if (!content || !is_chair) return;
      take_chair(content.levels);
      note = content.suits_all
        ? `All accept this text in world ${record.world}; no other leaves the worst-off seat more.`
        : `No text suits all in world ${record.world} while so much is tabled: this one ` +
          "costs the worst-off seat least.";
    } catch (problem) {
      say("message", problem.message);
    }
  }

  // The chair's text becomes the one that is tabled, and the seats negotiate anew.
  function table_it() {
    const now = { ...asked.set };
    for (const [place, value] of asked.levels.entries()) {
      const name = `tabled_${place + 1}`;
      delete now[name];
      if (
        level(value) !== level(record.original[name]) &&
        level(value) !== level(record.provisions[place].first)
      )
        now[name] = level(value);
    }
    is_chair = false;
    change({ set: now, levels: null, draft: null }, () => at("negotiate-answer").focus());
  }

  // Settings of the talks; one that is as they ship does not stand in the link.
  function settle(values) {
    if (!record) return;
    const now = { ...asked.set };
    for (const [name, value] of Object.entries(values)) {
      delete now[name];
      if (value !== record.original[name])
        now[name] = typeof value === "boolean" ? Number(value) : value;
    }
    change({ set: now, draft: null });
  }

  const of_rule = (value) =>
    value === "two thirds"
      ? { rule: "majority", quota_number: result.two_thirds() }
      : { rule: value, quota_number: record.original.quota_number };

  on("parley:page", () => {
    if (!here()) return;
    fill("negotiate-scrub", [
      element("input", {
        type: "range",
        id: "negotiate-round",
        min: 1,
        max: 40,
        value: 40,
        "aria-label": "Draft on show",
      }),
    ]);
    [record, mine, playing, table, result] = [
      null,
      null,
      null,
      parley.negotiation_table,
      parley.negotiation_answer,
    ];
    unfold(!result.is_phone());
  });
  on("parley:negotiate", () => {
    read(parley.view.negotiation);
    ask(parley.view.negotiation ?? "");
  });
  on("parley:scheme", () => draw());
  on("parley:fold", () => draw());
  on_click("#negotiate-play", play);
  on_click("[data-rescue]", ({ dataset: { rescue } }) => {
    read(rescue);
    write();
    again();
    ask(rescue, () => at("negotiate-answer").focus());
  });
  on_click("#negotiate-try", try_assumptions);
  on_click("#negotiate-table-it", table_it);
  on_click("#negotiate-from-last", () => take_chair(record.drafts[record.drafts.length - 1].text));
  on_click("#negotiate-from-tabled", () => take_chair(record.drafts[0].text));
  on_click("#negotiate-from-widest", from_widest);
  on_click("#negotiate-back", () => {
    is_chair = false;
    change({ set: {}, without: "", levels: null, draft: null }, () =>
      at("negotiate-answer").focus(),
    );
  });
  window.addEventListener("beforeprint", () => {
    unfold(true);
    if (here()) at("negotiate-record").open = true;
  });
  document.addEventListener(
    "toggle",
    ({ target }) => {
      if (target.id === "negotiate-table-half") follow();
    },
    true,
  ); // its seats had no room
  document.addEventListener("input", ({ target }) => {
    if (target.id === "negotiate-round") {
      pause();
      show_draft(Number(target.value));
    }
    if (target.id === "side-offer") say_offer(Number(target.value));
  });
  document.addEventListener("change", ({ target }) => {
    if (target.id === "negotiate-round") write();
    if (target.id === "side-offer") settle({ transfer_efficiency: Number(target.value) });
  });

  // Dash tells of what the page itself sets as well, which changes nothing.
  const differs = (value, now) =>
    here() &&
    value !== null &&
    value !== undefined &&
    value !== "" &&
    (is_refused || (record && String(value) !== String(now)));
  callbacks({
    on_negotiate_talks(value) {
      if (!differs(value, record?.name)) return;
      is_chair = false;
      change({ talks: value, set: {}, without: "", world: 1, draft: null, levels: null });
    },
    on_negotiate_world(value) {
      if (differs(value, record?.world)) change({ world: value, draft: null });
    },
    on_negotiate_replicates(value) {
      if (differs(value, record?.replicates))
        change({ replicates: value, world: Math.min(asked.world, value) });
    },
    on_negotiate_seed(value) {
      if (differs(value, record?.seed)) change({ seed: value, draft: null });
    },
    on_negotiate_rule(value) {
      if (differs(value, record && result.rule_of(record.settings))) settle(of_rule(value));
    },
    on_negotiate_trades(value) {
      if (differs(value, record?.settings.trades)) settle({ trades: value });
    },
    on_negotiate_without(value) {
      if (differs(value, record?.without)) change({ without: value.join(","), draft: null });
    },
    on_negotiate_mode(value) {
      if (!here() || !record || (value === "chair") === is_chair) return;
      if (value === "chair") take_chair(put_aside ?? shown().text);
      else leave_chair();
    },
  });
})();
