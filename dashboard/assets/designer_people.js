// The page Code designer: by name who would join and who would leave, as the server says who turns,
// and whom these lists count. And what the value of each lever of a text means, in words.
(() => {
  const { at, set, element, row, table, fill, address } = parley.dom;
  const {
      KIND,
      KINDS,
      capital,
      change,
      count,
      in_percent,
      listing,
      more_or_fewer,
      on_one_line,
      with_unit,
    } = parley.format,
    { words_of } = parley.pairs,
    { shares, told } = parley.finding;
  const SHOWN = 3; // rows
  const ALL = "All names, by the best fit";
  const MOSTLY = 2 / 3; // of those who join, or leave, from where the others are passed over

  const points = (share) => with_unit(in_percent(share), "points");
  const turned = (rows) => rows.filter(({ turns }) => turns);
  const likelier = (rows) => rows.filter(({ moves, turns }) => moves && !turns);

  // That nobody joins, or leaves: of how many who have a name.
  const nobody = ({ with_name }) =>
    "None of the " +
    `${count(Object.values(with_name).reduce((sum, number) => sum + number, 0))} we ` +
    "know by name";

  function by_kind(rows) {
    const numbers = Object.keys(KINDS)
      .map((kind) => [kind, rows.filter((one) => one.kind === kind).length])
      .filter(([, number]) => number);
    return listing(
      numbers.map(
        ([kind, number]) => `${count(number)} ${number === 1 ? KIND[kind] : words_of(kind)}`,
      ),
    );
  }

  // Far outside the data: of which kinds they are, and who moves farthest, which is told better
  // than how many do. Whom it names are of the kind that most of them are, or else one of each
  // kind.
  function farthest(rows) {
    const of = (kind) => rows.filter((one) => one.kind === kind).length,
      kinds = Object.keys(KINDS).filter(of);
    const most = kinds.find((kind) => of(kind) >= MOSTLY * rows.length && kinds.length > 1),
      first = (kind) => rows.filter((one) => one.kind === kind);
    const named =
      most || kinds.length === 1
        ? first(most ?? kinds[0]).slice(0, SHOWN)
        : kinds.map((kind) => first(kind)[0]);
    return capital(
      `${most ? `mostly ${words_of(most)}` : listing(kinds.map(words_of))}. Farthest ` +
        `moved${most || kinds.length === 1 ? "" : " of each"}: ` +
        `${named.map(({ name }) => name).join(", ")}`,
    );
  }

  // Where not all are in sight, how many end near one half of the worlds.
  function of_half(rows) {
    const near = rows.length > SHOWN ? rows.filter((one) => one.near_half) : [],
      number = near.length;
    if (!number) return "";
    const moves = near[0].second > near[0].first ? "rise" : "fall";
    return number === rows.length
      ? `; all ${moves} only to about half`
      : `; ${count(number)} of these ${count(rows.length)} ` +
          `${moves}${number === 1 ? "s" : ""} only to about half`;
  }

  // Who is in, or out, in a line: the first, and how many more.
  function in_line(rows) {
    const [one, ...others] = turned(rows);
    return `${one.name}${one.near_half ? " (to about half)" : ""}${others.length ? ` and ${count(others.length)} more` : ""}`;
  }

  // Who does not change sides, but signs in many more or many fewer worlds; and who is on the edge,
  // as it changes sides by so little that luck may do it: a sentence each, none where there is
  // nobody. One of whom more is told already is left out.
  function much_moved(answer, told_of) {
    const also = (way, words) =>
        turned(answer[way]).length || answer[way].includes(told_of)
          ? `Also ${words}`
          : capital(words),
      edge = [...answer.up, ...answer.down].filter((one) => one.edge);
    const by_distance = edge.sort(
      (a, b) => Math.abs(b.second - b.first) - Math.abs(a.second - a.first),
    );
    const some = [
      [also("up", "likelier to sign"), likelier(answer.up)],
      [also("down", "less likely to sign"), likelier(answer.down)],
      [`On the edge (across one half, by less than ${points(answer.moved)})`, by_distance],
    ];
    return some
      .map(([words, rows]) => [words, rows.filter((one) => one !== told_of || one.edge)])
      .filter(([, rows]) => rows.length)
      .map(([words, rows]) => {
        const first = rows.slice(0, SHOWN).map((one) => `${one.name} (${shares(one)})`);
        return element(
          "p",
          {},
          element("strong", {}, `${words}: `),
          `${listing([...first, ...(rows.length > SHOWN ? [`${count(rows.length - SHOWN)} more`] : [])])}.`,
        );
      });
  }

  // Where fewer states, or more, clearly sign, but less than half of that is who joins or leaves:
  // what these come to, and whose move, short of that, is the largest; null elsewhere. No state
  // tips clearly then: those on the edge cross one half, but by little.
  function short_of_it(answer) {
    const change = answer.differences.find(({ key }) => key === "signatories-state"),
      { median } = change;
    const [way, become] =
        median < 0 ? ["down", "slightly less likely"] : ["up", "slightly likelier"],
      states = (rows) => rows.filter(({ kind }) => kind === "state");
    const [joined, left] = [answer.up, answer.down].map((rows) => states(turned(rows)).length),
      net = joined - left;
    const [most] = states(answer[way])
      .filter(({ turns }) => !turns)
      .sort((a, b) => Math.abs(b.second - b.first) - Math.abs(a.second - a.first));
    if (!told(change).is_clear || !most || Math.abs(net) >= Math.abs(median) / 2) return null;
    return {
      is_nobody: joined + left === 0,
      net: more_or_fewer(net),
      become,
      most,
      is_less: median < 0,
    };
  }
  function sum_of_small({ is_nobody, net, become, most }) {
    const rest = `many become ${become}, ${most.said} most (${shares(most)}).`;
    return element(
      "p",
      {},
      is_nobody
        ? `No single state clearly tips; ${rest}`
        : `The states in these lists come to ${net}; beyond them ${rest}`,
    );
  }
  function most_in_line(answer) {
    const found = short_of_it(answer);
    return found?.is_nobody
      ? `No state ${found.is_less ? "leaves" : "joins"}; most moved: ${found.most.name} ` +
          `(${shares(found.most)})`
      : `${nobody(answer)} would join or leave`;
  }

  // The lists of both ways, and below them why they do not add up to the table, which counts
  // everybody. Of a text far outside the data all names and their number stand behind a fold, and
  // who moves less behind another; in sight are their kinds and who moves farthest.
  function show(answer, is_changed, is_far) {
    const is_empty = is_changed && !["up", "down"].some((way) => turned(answer[way]).length);
    at("designer").classList.toggle("turns-nobody", is_empty);
    at("designer").classList.toggle(
      "is-one-way",
      is_changed && !is_empty && ["up", "down"].some((way) => !turned(answer[way]).length),
    );
    for (const way of ["up", "down"])
      list(way, is_changed ? turned(answer[way]) : [], is_far, answer);
    const small = is_changed && !is_far ? short_of_it(answer) : null,
      moved = is_changed ? much_moved(answer, small?.most) : [];
    fill("people-moved", is_far ? [] : [...(small ? [sum_of_small(small)] : []), ...moved]);
    fill(
      "people-less-moved",
      is_far && moved.length ? [element("p", {}, "Unreliable here:"), ...moved] : [],
    );
    set(
      "people-named",
      [
        ...(is_empty ? [`${nobody(answer)} would join or leave.`] : []),
        ...(is_far ? [] : [named(answer)]),
      ].join(" "),
    );
    set("people-sum", [`${sum_in_words(answer)}.`, ...(is_far ? [named(answer)] : [])].join(" "));
    set("people-counted", counted(answer));
  }

  function list(way, rows, is_far, answer) {
    // as their number says already
    const are_all_near = rows.length > SHOWN && rows.every(({ near_half }) => near_half);
    const rest = rows.slice(is_far ? 0 : SHOWN),
      was_open = at(`people-${way}`).querySelector("details")?.open ?? false;
    const person = ({ id, name, kind, first, second, near_half }) =>
      row(
        [
          element(
            "a",
            { href: address("stakeholder", parley.query(), `who=${encodeURIComponent(id)}`) },
            name,
          ),
          ...(kind === "state" ? [] : [element("span", { className: "dimmed" }, ` ${KIND[kind]}`)]),
          ...(near_half && !are_all_near
            ? [
                element(
                  "span",
                  { className: "to-half" },
                  `, ${second > first ? "rises" : "falls"} to about half`,
                ),
              ]
            : []),
        ],
        shares({ first, second }),
      );
    const part = (some) => table(["Who", "Worlds signed"], some.map(person));
    set(
      `people-${way}-counts`,
      !rows.length ? nobody(answer) : is_far ? farthest(rows) : `${by_kind(rows)}${of_half(rows)}`,
    );
    fill(`people-${way}`, [
      ...(rows.length && !is_far ? [part(rows.slice(0, SHOWN))] : []),
      ...(rest.length
        ? [
            element(
              "details",
              { open: was_open },
              element("summary", {}, is_far ? ALL : `${count(rest.length)} more`),
              ...(is_far
                ? [element("p", { className: "dimmed" }, `${by_kind(rows)}${of_half(rows)}`)]
                : []),
              part(rest),
            ),
          ]
        : []),
    ]);
  }

  // How many of each kind have a name; the table counts all.
  function named({ with_name, everybody }) {
    const [state, ...others] = Object.keys(KINDS),
      sum = (numbers) => others.reduce((total, kind) => total + numbers[kind], 0);
    return (
      `Only ${count(sum(with_name))} of ${count(sum(everybody))} firms and NGOs have a ` +
      `name here, and all ${count(with_name[state])} ${words_of(state)}; the table ` +
      "counts everybody."
    );
  }

  // By kind, those who join less those who leave, and why the change of all is another number.
  function sum_in_words(answer) {
    const of = (way, kind) => turned(answer[way]).filter((one) => one.kind === kind).length;
    const sums = Object.keys(KINDS)
      .map((kind) => [kind, of("up", kind), of("down", kind)])
      .filter(([, up, down]) => up + down)
      .map(([kind, up, down]) =>
        on_one_line(`${count(up)} − ${count(down)} = ${change(up - down)} ${words_of(kind)}`),
      );
    const all =
      "The table has the medians of all: also of those who move less, and of those without a name";
    const by = `moves past one half of the worlds by ${points(answer.moved)} or more`;
    return (
      `${sums.length ? `These lists name who ${by}: ${listing(sums)}` : `Nobody with a name ${by}`}. ` +
      `${all}`
    );
  }

  function counted({ moved, near_half, coalitions }) {
    return (
      `${coalitions ? "In the exchange of coalitions the most powerful are named. " : ""}Would ` +
      "join: signs in most worlds, as it does not under the present text, and in " +
      `${points(moved)} more of the worlds. Would leave: the reverse. To about half: so, ` +
      `but within ${points(near_half)} of one half. Likelier, or less likely: by ` +
      `${points(moved)} or more, on the same side of one half. On the edge: across one ` +
      "half, by less than that. Who moves farthest comes first; of those that move as " +
      "far, states come first, by their material power, then firms and NGOs by their size."
    );
  }

  // What the value of a lever is in words: of a provision, before what it says; of others, beside
  // their name.
  const SOME = 1 / 3,
    MOST_OF_IT = 2 / 3,
    NEAR_HALF = 0.06,
    NEAR_END = 0.2,
    NEAR_MIDDLE = 0.4;
  const SHORT = {
    text_openness: ["state control", "open"],
    text_public_rule: ["private", "public"],
  }; // the ends of a position
  function degree(share, kind) {
    if (share <= 0) return kind === "rule" ? "none" : "left out";
    if (share >= 1) return "in full";
    if (Math.abs(share - 0.5) < NEAR_HALF) return "about half";
    return share < SOME
      ? "a little"
      : share < 0.5
        ? "less than half"
        : share < MOST_OF_IT
          ? "more than half"
          : "most";
  }
  function place(share, [low, high]) {
    const [near, end] = share < 0.5 ? [share, low] : [1 - share, high],
      away = Math.round(100 * near) / 100;
    return away >= NEAR_MIDDLE ? "in between" : away > NEAR_END ? `rather ${end}` : end;
  }
  function write(name, value, most) {
    const says = at(`says-${name}`),
      { degrees, low, high } = says.dataset,
      share = value / most;
    if (degrees === "provision")
      says.replaceChildren(
        element("strong", {}, capital(degree(share, degrees))),
        `: ${share <= 0 ? low : high}`,
      );
    else
      set(
        `degree-${name}`,
        degrees === "rule" ? degree(share, degrees) : place(share, SHORT[degrees]),
      );
  }

  parley.joining = { show, in_line, most_in_line };
  parley.degrees = { write, degree };
})();
