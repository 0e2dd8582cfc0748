// The seats and the text of the page Negotiate: a draft in, elements out. Few seats sit around a
// table, those who want least of what is tabled on the left; many are chips, those who do not
// accept first.
(() => {
  const { at, set, element, fill, table, row, on_click, once_a_frame } = parley.dom,
    { difference, mean, percent } = parley.format;
  const MOST_AROUND = 40,
    MOST_NAMES = 9,
    FEW = 12; // seats; names in the middle; seats that leave the ends of a table free
  const CHIP = 152,
    GAP = 6; // pixels
  const ACROSS = 0.005,
    PRESSED = 0.01; // what counts as a move; a key's step
  let record = null,
    draft = null,
    mine = null,
    pointed = null;

  const code = (seat) => (seat.who.length <= 3 ? seat.who : seat.name);
  // hundredths of all that a seat wants; the server tells thousandths
  const points = (gain) => `${mean(Math.abs(gain) / 10)} points`;
  // Where others pay, what a text is worth leaves the payment out.
  const before = ({ paid }) => (paid.length ? ", before payment" : "");
  const worth = (gain, text = draft) =>
    `${gain === 0 ? "as well off as without a text" : `${points(gain)} ${gain > 0 ? "better" : "worse"} off than without a text`}${before(text)}`;
  const accepts = (place) => !draft.objects.includes(place),
    is_paid = (place) => draft.paid.includes(place);
  const stance = (place) =>
    is_paid(place) ? "accepts for payment alone" : accepts(place) ? "accepts" : "does not accept";

  // Seats

  function seat(place) {
    const one = record.seats[place],
      [look, mark] = is_paid(place)
        ? ["is-paid", "$"]
        : accepts(place)
          ? ["is-for", "✓"]
          : ["is-against", "✕"];
    const heaviest = Math.max(...record.seats.map(({ weight }) => weight));
    return element(
      "button",
      {
        type: "button",
        className: `seat ${look}${one.vote ? "" : " is-voice"}`,
        dataset: { seat: place },
        "aria-label": `${one.name}: ${stance(place)}`,
        "aria-pressed": place === pointed,
        tabIndex: -1,
      },
      element("span", {}, record.seats.length <= MOST_AROUND ? one.name : code(one)),
      element("span", { className: "mark", "aria-hidden": "true" }, mark),
      element("span", {
        className: "weight",
        "aria-hidden": "true",
        style: { width: `${are_alike() ? 0 : (100 * one.weight) / heaviest}%` },
      }),
    );
  }

  function seats() {
    const all = record.seats.map((_, place) => place),
      focused = document.activeElement?.dataset?.seat;
    if (all.length <= MOST_AROUND) around(all);
    else chips(all);
    const first =
      at("negotiate-seats").querySelector(`[data-seat="${pointed ?? focused}"]`) ??
      at("negotiate-seats").querySelector(".seat");
    first.tabIndex = 0;
    if (focused !== undefined)
      at("negotiate-seats")
        .querySelector(`[data-seat="${focused}"]`)
        ?.focus({ preventScroll: true });
    point();
  }

  const are_alike = () => parley.negotiation_answer.votes_alike(record);
  const marks = () =>
    "✓ accepts this text, " +
    `${draft.paid.length ? "$ accepts it because others pay for that, " : ""}✕ does ` +
    "not. " +
    `${are_alike() ? "Every seat has one vote." : "A seat is filled as far as it weighs, the heaviest in full."}`;

  // Places around a table of so many seats, in the order of what they want: a column on the left,
  // pairs above and below, a column on the right. On a phone they stand in lines.
  function places(count, width, tall) {
    const row = tall + GAP,
      across = count < FEW ? 0 : Math.min(Math.floor((width + GAP) / (CHIP + GAP)), 4),
      beside = count - 2 * across,
      left = Math.ceil(beside / 2);
    const first = across ? 1 : 0,
      height = (left + 2 * first) * row - GAP;
    // A row with no room for one more goes from edge to edge, as the columns stand there.
    const is_full = across > 1 && width < (across + 1) * (CHIP + GAP),
      step = is_full ? (width - CHIP) / (across - 1) : CHIP + GAP,
      from = (width - (across - 1) * step - CHIP) / 2;
    const spots = Array.from({ length: count }, (_, k) => {
      if (k < left) return { left: "0", top: `${(k + first) * row}px` };
      if (k < left + 2 * across)
        return {
          left: `${from + Math.floor((k - left) / 2) * step}px`,
          top: `${(k - left) % 2 ? height - tall : 0}px`,
        };
      return { right: "0", top: `${(k - left - 2 * across + first) * row}px` };
    });
    return { spots, height };
  }

  function around(all) {
    const box = at("negotiate-seats"),
      is_narrow = parley.negotiation_answer.is_phone(),
      width = box.clientWidth || 560,
      tall = is_narrow ? 44 : 28;
    const order = all.sort((a, b) => record.seats[a].wants - record.seats[b].wants),
      { spots, height } = places(order.length, width, tall);
    const refuse = all
        .filter((place) => !accepts(place))
        .sort((a, b) => record.seats[b].weight - record.seats[a].weight),
      against = refuse.map((place) => record.seats[place].name);
    const weight = percent(refuse.reduce((sum, place) => sum + record.seats[place].weight, 0)),
      beside = are_alike()
        ? `${draft.accept} accept, ${record.told.majority} needed`
        : `${weight} of the weight`;
    const more = against.length > MOST_NAMES ? [`and ${against.length - MOST_NAMES} more`] : [];
    box.className = "around";
    box.style.height = is_narrow ? "" : `${height}px`;
    const bought = draft.paid.map((place) => record.seats[place].name),
      first = bought.slice(0, MOST_NAMES).join(", ");
    const middle = element(
      "div",
      { className: "middle" },
      ...(bought.length && !against.length
        ? [
            element("strong", {}, `All accept, ${bought.length} for payment alone`),
            element(
              "span",
              {},
              `${first}${bought.length > MOST_NAMES ? `, and ${bought.length - MOST_NAMES} more` : ""}`,
            ),
          ]
        : against.length
          ? [
              element(
                "strong",
                {},
                `${against.length} ${against.length === 1 ? "does" : "do"} not accept`,
              ),
              element("span", { className: "dimmed" }, beside),
              element("span", {}, [...against.slice(0, MOST_NAMES), ...more].join(", ")),
            ]
          : [element("strong", {}, "All accept")]),
    );
    const chairs = order.map((place, k) => {
      const chair = seat(place);
      Object.assign(chair.style, {
        height: `${tall}px`,
        ...(is_narrow ? {} : { width: `${CHIP}px`, ...spots[k] }),
      });
      return chair;
    });
    fill("negotiate-seats", [
      middle,
      element("div", { className: is_narrow ? "chairs in-lines" : "chairs" }, ...chairs),
    ]);
    set(
      "negotiate-reading",
      `${marks()} ` +
        `${is_narrow ? "First: want least of what is tabled; last" : "Left: want least of what is tabled; right"}: ` +
        "want most.",
    );
  }

  function chips(all) {
    const by_name = (a, b) => record.seats[a].name.localeCompare(record.seats[b].name),
      box = at("negotiate-seats");
    const groups = [
      [all.filter((place) => !accepts(place)), "do not accept", "does not accept"],
      [draft.paid.slice(), "accept for payment alone", "accepts for payment alone"],
      [all.filter((place) => accepts(place) && !is_paid(place)), "accept", "accepts"],
    ];
    box.className = "chips-of-seats";
    box.style.height = "";
    fill(
      "negotiate-seats",
      groups
        .filter(([places]) => places.length)
        .flatMap(([places, words, word]) => [
          element(
            "p",
            { className: "chips-head" },
            element("strong", {}, `${places.length} ${places.length === 1 ? word : words}`),
          ),
          element("div", { className: "seat-chips" }, ...places.sort(by_name).map(seat)),
        ]),
    );
    set("negotiate-reading", `${marks()} Those who do not stand first; point at one for its name.`);
  }

  const standing = ({ weight, vote }) =>
    are_alike()
      ? `It has ${vote ? "one vote, as every seat" : "a voice without a vote"}.`
      : "Its weight at the table: " +
        `${percent(weight, 1)}${vote ? "" : ", and a voice without a vote"}.`;

  // The seat that is pointed at, in a sentence.
  function point(place = pointed) {
    if (place === null)
      return set(
        "negotiate-seat",
        "Point at a seat, or tap it, to see how it would fare. A point is a hundredth " +
          "of all that a seat wants.",
      );
    const one = record.seats[place],
      row = draft.hurt.indexOf(place),
      gain = draft.gains[place];
    const most =
      row < 0
        ? null
        : draft.blame[row].reduce((best, value, k, all) => (value > all[best] ? k : best), 0);
    const over =
      most !== null && draft.blame[row][most] > 0
        ? ` Most against it: ${record.provisions[most].provision}.`
        : "";
    const worlds = mine
      ? ` It accepts your text in ${mine.accepts[place]} of ${record.replicates} worlds.`
      : "";
    set(
      "negotiate-seat",
      `${one.name} ${stance(place)}: with this text it would be ` +
        `${worth(gain)}.${over}${worlds} ${standing(one)}`,
    );
    for (const chair of document.querySelectorAll("[data-seat]"))
      chair.setAttribute("aria-pressed", Number(chair.dataset.seat) === place);
  }

  // The text

  // The provisions, anew; with *levels*, as sliders of a chair, who is told where one has *moved*.
  function begin(content, { moved, levels }) {
    record = content;
    if (pointed !== null && pointed >= record.seats.length) pointed = null;
    const now = levels?.slice();
    const scale = element(
      "div",
      { className: "level level-scale", "aria-hidden": "true" },
      element("span", {}),
      element(
        "span",
        { className: "level-ends" },
        element("span", {}, "in force"),
        element("span", {}, "as tabled"),
      ),
      element("span", {}),
    );
    fill("negotiate-levels", [
      scale,
      ...record.provisions.map(({ provision, low, high }, place) => {
        const moves = high - low > ACROSS,
          name = element("span", { className: "level-name", id: `provision-${place}` }, provision);
        if (!moves)
          return element(
            "div",
            { className: "level is-still" },
            name,
            element("span", { className: "level-ends" }, "nothing new is tabled"),
            element("span", { className: "level-value" }),
          );
        const track = now
          ? slider(place, now[place], (value) => {
              now[place] = value;
              say_level(place, value);
              moved(now);
            })
          : element(
              "span",
              { className: "level-track" },
              element("span", { className: "level-fill" }),
              element("span", { className: "level-dot" }),
            );
        return element(
          "div",
          { className: "level", dataset: { level: place } },
          name,
          element("span", { className: "level-ends" }, track),
          element("span", { className: "level-value" }),
        );
      }),
    ]);
    if (now) for (const [place, value] of now.entries()) say_level(place, value);
  }

  const top = ({ first, high }) => Math.max(first, high); // what is drawn as all: tabled at first
  // what a provision is at its lowest
  const start = (low) => (low > ACROSS ? "in force" : "left out");

  function slider(place, value, moved) {
    const { provision, low, high } = record.provisions[place];
    const input = element("input", {
      type: "range",
      min: low,
      max: top(record.provisions[place]),
      step: 0.001,
      value,
      "aria-label": `${provision}, from ${start(low)} to as tabled`,
    });
    const now = () => Math.min(high, Math.max(low, Number(input.value)));
    input.addEventListener("input", () => {
      // nothing may go beyond what is tabled now
      if (Number(input.value) > high) input.value = high;
      moved(now());
    });
    input.addEventListener("keydown", (event) => {
      const way = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }[event.key];
      if (!way) return;
      event.preventDefault();
      input.value = now() + way * PRESSED;
      moved(now());
    });
    return input;
  }

  function say_level(place, value) {
    const line = at("negotiate-levels").querySelector(`[data-level="${place}"]`);
    if (!line) return;
    const { low } = record.provisions[place],
      share = (value - low) / (top(record.provisions[place]) - low);
    line.style.setProperty("--share", `${100 * share}%`);
    line.querySelector(".level-value").textContent = percent(share);
    line.querySelector("input")?.setAttribute("aria-valuetext", percent(share));
  }

  // The draft on show, or the chair's text: who accepts it, and where its provisions stand.
  function follow(text, { is_chair, mine: own }) {
    [draft, mine] = [text, is_chair ? own : null];
    seats();
    if (!is_chair) for (const [place, value] of draft.text.entries()) say_level(place, value);
    for (const line of document.querySelectorAll("#negotiate-levels .level")) {
      const is_worst =
        draft.resisted !== null && Number(line.dataset.level ?? -1) === draft.resisted;
      line.classList.toggle("is-resisted", is_worst);
    }
  }

  // What comes of the chair's text: as it is, while all that was tabled still is, and where it
  // takes the place of that. *then* is what the server tells of the latter, null until it does.
  const adopted = (count) => `adopted in ${count} of ${record.replicates} worlds`;
  function once_tabled(then) {
    if (record.is_slow) return "press “Table it” to see what comes of it";
    if (!then) return "what comes of it once tabled is being negotiated …";
    return then.message ?? `they agree on a text in ${then.adopted} of ${record.replicates} worlds`;
  }
  function told(own, then, is_tabled) {
    const as_it_is = `Put to the seats as it is, your text is ${adopted(own.adopted)}`;
    if (is_tabled) return `This is already tabled: move a provision first. ${as_it_is}.`;
    return record.is_slow || !then
      ? `${as_it_is}; ${once_tabled(then)}`
      : `${as_it_is}; if you table it instead and they negotiate on, ${once_tabled(then)}.`;
  }

  function verdict(then, voters, is_tabled) {
    const { accept, adopted_here, adopted: as_it_is, kept, least } = mine,
      first = " of what was tabled at first",
      rows = {
        [`In world ${record.world}`]:
          `${accept} of ${voters} ` + `accept${adopted_here ? ": adopted" : ""}`,
        "Put to the seats as it is": adopted(as_it_is),
        "Tabled, then negotiated on": is_tabled
          ? "already tabled: that is the talks as they stand"
          : `${once_tabled(then)}${then?.kept ? `, which keeps ${percent(then.kept)}${first}` : ""}`,
        "Your text keeps": `${percent(kept)}${first}`,
        "Gains least": `${record.seats[least.seat].name}, ${worth(least.gain, mine)}`,
      };
    fill(
      "negotiate-verdict",
      Object.entries(rows).map(([term, words]) =>
        element("div", {}, element("dt", {}, term), element("dd", {}, words)),
      ),
    );
  }

  // By what a draft that fails is nearest to adoption, beside the first where more accept that one.
  function nearest({ drafts, final, seats }) {
    const strongest = (draft) => Math.min(...draft.gains.filter((_, place) => seats[place].vote)),
      last = drafts[final - 1];
    const first =
      drafts[0].accept > last.accept
        ? `; draft 1 has more support (${drafts[0].accept} seats), but one seat would ` +
          `lose ${points(strongest(drafts[0]))}`
        : "";
    return (
      "Not adopted, but the draft nearest to agreement: no seat loses more than " +
      `${points(strongest(last))}${first}.`
    );
  }

  // Why fewer accept the last draft than the first, where a chair heeds the loudest: those on the
  // other side then refuse.
  function why_fewer({ drafts, final, seats, settings, rule, wants, world }) {
    const [first, last] = [drafts[0], drafts[final - 1]],
      strongest = (draft) => Math.min(...draft.gains.filter((_, place) => seats[place].vote));
    if (settings.chair !== "growing-weight" || rule !== "consensus" || last.accept >= first.accept)
      return "";
    const lost = last.objects.filter(
        (place) => seats[place].vote && !first.objects.includes(place),
      ),
      row = (place) => last.blame[last.hurt.indexOf(place)];
    const is_short = (place) => {
      const worst = row(place).indexOf(Math.max(...row(place)));
      return last.text[worst] <= wants[place][worst];
    };
    const short = lost.every(row) ? lost.filter(is_short).length : 0,
      of_them = short === lost.length ? "" : ` for ${short} of them`;
    return (
      "Why fewer: each draft gives way to those who refuse most strongly. Whoever is " +
      `worst off is at first ${points(strongest(first))} worse off than without a text, ` +
      `at the end ${points(strongest(last))}; but ${lost.length} seats that accepted the ` +
      `first draft in world ${world} refuse the ` +
      `last${short ? `, as it no longer goes far enough${of_them}` : ""}.`
    );
  }

  // Talks of a draft or two, in words.
  function few_drafts({ drafts, seats, settings, is_adopted, world }, own) {
    const voters = seats.filter(({ vote }) => vote).length,
      count = ({ accept }) => `${accept} of ${voters} accept`,
      [first, second] = drafts;
    const next = settings.amendments ? "after open amendments" : "the draft after it",
      end = is_adopted ? "adopted" : "not adopted";
    return (
      `In world ${world}: the text as tabled, ` +
      `${count(first)}${second ? `; ${next}, ${count(second)}` : ""}: ` +
      `${end}.${own ? ` Your text: ${count(own)}.` : ""}`
    );
  }

  // Tables

  const head = (labels) => labels.map((label) => [label, {}]);
  function hurts(content, text) {
    if (!at("negotiate-heat-table").closest("details").open) return;
    const sides = { above: " too far", below: " not far enough", none: "" },
      of = (value, place, p) => parley.negotiation_figures.side(content, text, place, p, value);
    const rows = text.hurt.map((place, k) =>
      row(
        `${content.seats[place].name}${text.objects.includes(place) ? " ✕" : text.paid.includes(place) ? " $" : ""}`,
        difference(text.gains[place] / 10),
        ...text.blame[k].map(
          (value, p) => `${difference(-value / 10)}${sides[of(value, place, p)]}`,
        ),
      ),
    );
    fill("negotiate-heat-table", [
      table(
        head([
          "Seat",
          `Better off than without a text by, points${before(text)}`,
          ...content.provisions.map(({ provision }) => provision),
        ]),
        rows,
      ),
    ]);
  }

  // Arrows go from seat to seat; the group is one stop of the tab key.
  document.addEventListener("keydown", (event) => {
    const now = event.target.closest?.("[data-seat]"),
      way = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!now || !way) return;
    event.preventDefault();
    const all = [...document.querySelectorAll("[data-seat]")],
      next = all[(all.indexOf(now) + way + all.length) % all.length];
    [now.tabIndex, next.tabIndex] = [-1, 0];
    next.focus();
  });
  on_click("[data-seat]", (chair) => {
    pointed = pointed === Number(chair.dataset.seat) ? null : Number(chair.dataset.seat);
    point(pointed);
  });
  const show = ({ target }) => {
    const chair = target.closest?.("[data-seat]");
    if (chair && draft) point(Number(chair.dataset.seat));
  };
  document.addEventListener("pointerover", show);
  document.addEventListener("focusin", show);
  document.addEventListener(
    "toggle",
    ({ target }) => {
      if (draft && target.querySelector?.("#negotiate-heat-table")) hurts(record, draft);
    },
    { capture: true },
  );
  window.addEventListener(
    "resize",
    once_a_frame(() => {
      if (draft && at("negotiate-seats")) seats();
    }),
  );

  parley.negotiation_table = {
    begin,
    follow,
    told,
    verdict,
    nearest,
    why_fewer,
    few_drafts,
    hurts,
  };
})();
