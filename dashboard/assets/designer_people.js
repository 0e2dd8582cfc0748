// The page Code designer: by name who is now more likely in than out, and who more likely out than in, and whom these lists count.
// To be in is to sign in most worlds under the designed text and not under the present one; to be out, the other way round.
// And what the value of each lever of a text means, in words.
(() => {
  const {at, set, element, row, table, fill, address} = parley.dom;
  const {KIND, KINDS, capital, change, count, listing, percent} = parley.format, {words_of} = parley.pairs;
  const SHOWN = 3; // rows
  const NOBODY = "nobody with a name", FAR = "Names, which the data cannot bear";
  const MOST = 0.5, MOVED = 0.1; // of the worlds; MOVED: from where somebody is likelier, or less likely, to sign

  const turned = rows => rows.filter(({first, second}) => (first > MOST) !== (second > MOST));
  const likelier = rows => rows.filter(({first, second}) => Math.abs(second - first) >= MOVED - 1e-9 && (first > MOST) === (second > MOST));

  const shares = ({first, second}) => `${percent(first).replace("\u00a0%", "")}\u00a0→\u00a0${percent(second)}`; // of the worlds

  function by_kind(rows) {
    const numbers = Object.keys(KINDS).map(kind => [kind, rows.filter(one => one.kind === kind).length]).filter(([, number]) => number);
    return numbers.map(([kind, number]) => `${count(number)} ${number === 1 ? KIND[kind] : words_of(kind)}`).join(", ") || NOBODY;
  }

  // Who is in, or out, in a line: the first, and how many more.
  function in_line(rows) {
    const [one, ...others] = turned(rows);
    return one ? `${one.name}${others.length ? ` and ${count(others.length)} more` : ""}` : NOBODY;
  }

  // Who does not change sides, but signs in many more or many fewer worlds, in a sentence for each way; none where nobody does.
  function much_moved(answer) {
    const ways = [["up", "Also likelier to sign"], ["down", "Also less likely to sign"]];
    return ways.flatMap(([way, words]) => {
      const rows = likelier(answer[way]), first = rows.slice(0, SHOWN).map(one => `${one.name} (${shares(one)})`);
      return rows.length ? [element("p", {}, element("strong", {}, `${words}: `), `${listing([...first, ...(rows.length > SHOWN ? [`${count(rows.length - SHOWN)} more`] : [])])}.`)] : [];
    });
  }

  // The lists of both ways, and below them why they do not add up to the headline, which counts everybody; *changed_by* says how a
  // kind's own number changes there.
  // Of a text far outside the data the names stand behind a fold, and the counts alone in sight.
  function show(answer, is_changed, is_far, changed_by) {
    for (const way of ["up", "down"]) list(way, is_changed ? turned(answer[way]) : [], is_far);
    const moved = is_changed ? much_moved(answer) : [], was_open = at("people-moved").querySelector("details")?.open ?? false;
    fill("people-moved", is_far && moved.length ? [element("details", {open: was_open}, element("summary", {}, `Also likelier or less likely: ${FAR.toLowerCase()}`), ...moved)] : moved);
    set("people-sum", `${sum_in_words(answer, changed_by)}.`);
    set("people-counted", counted(answer));
  }

  function list(way, rows, is_far) {
    const rest = rows.slice(is_far ? 0 : SHOWN), was_open = at(`people-${way}`).querySelector("details")?.open ?? false;
    const person = ({id, name, kind, first, second}) => row([
      element("a", {href: address("stakeholder", parley.query(), `who=${encodeURIComponent(id)}`)}, name),
      ...(kind === "state" ? [] : [element("span", {className: "dimmed"}, ` ${KIND[kind]}`)]),
    ], shares({first, second}));
    const part = some => table(["Who", "Worlds signed"], some.map(person));
    set(`people-${way}-counts`, capital(by_kind(rows)));
    fill(`people-${way}`, [
      ...(rows.length && !is_far ? [part(rows.slice(0, SHOWN))] : []),
      ...(rest.length ? [element("details", {open: was_open}, element("summary", {}, is_far ? FAR : `${count(rest.length)} more`), part(rest))] : []),
    ]);
  }

  // What the lists count and what the headline counts, with the sum of the first kind that crosses one half of the worlds.
  function sum_in_words(answer, changed_by) {
    const of = (way, kind) => turned(answer[way]).filter(one => one.kind === kind).length;
    const kind = Object.keys(KINDS).find(kind => of("up", kind) + of("down", kind));
    const all = "is the median count of all: also of those who move less, and of those without a name";
    if (!kind) return `Nobody with a name crosses one half of the worlds. The headline ${all}`;
    const [up, down] = ["up", "down"].map(way => of(way, kind)), changed = changed_by(kind);
    const sum = `${count(up)} − ${count(down)} = ${change(up - down)} ${words_of(kind)}`.replaceAll(" ", "\u00a0");
    return `These lists name who crosses one half of the worlds: ${sum}. The headline${/\d/.test(changed) ? `, ${changed},` : ""} ${all}`;
  }

  function counted({with_name, everybody}) {
    const [state, ...others] = Object.keys(KINDS), sum = numbers => others.reduce((total, kind) => total + numbers[kind], 0);
    return `Would join: signs in most worlds, as it does not under the present text. Would leave: the reverse. Also likelier, or less likely: by ${percent(MOVED)} of the worlds or more, on the same side of one half. All ${count(with_name[state])} ${words_of(state)} have a name, ${count(sum(with_name))} of ${count(sum(everybody))} firms and NGOs. Who moves farthest comes first; of those that move as far, states come first, by their material power, then firms and NGOs by their size.`;
  }

  // What the value of a lever is in words: of a provision, before what it says; of others, beside their name.
  const SOME = 1 / 3, MOST_OF_IT = 2 / 3, NEAR_END = 0.2, NEAR_MIDDLE = 0.4;
  const SHORT = {text_openness: ["state control", "open"], text_public_rule: ["private", "public"]}; // the ends of a position
  function degree(share, kind) {
    const words = kind === "rule" ? ["none", "a little", "half", "most", "in full"] : ["left out", "a little", "about half", "most", "in full"];
    return words[share <= 0 ? 0 : share >= 1 ? 4 : share < SOME ? 1 : share < MOST_OF_IT ? 2 : 3];
  }
  function place(share, [low, high]) {
    const [near, end] = share < 0.5 ? [share, low] : [1 - share, high], away = Math.round(100 * near) / 100;
    return away >= NEAR_MIDDLE ? "in between" : away > NEAR_END ? `rather ${end}` : end;
  }
  function write(name, value, most) {
    const says = at(`says-${name}`), {degrees, low, high} = says.dataset, share = value / most;
    if (degrees === "provision") says.replaceChildren(element("strong", {}, capital(degree(share, degrees))), `: ${share <= 0 ? low : high}`);
    else set(`degree-${name}`, degrees === "rule" ? degree(share, degrees) : place(share, SHORT[degrees]));
  }

  parley.joining = {show, in_line};
  parley.degrees = {write};
})();
