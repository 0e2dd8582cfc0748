// The words of the page Compare: what each view changes beside the one that all are set beside, in
// sentences.
(() => {
  const { element } = parley.dom;
  const {
      BASES,
      KIND,
      KINDS,
      capital,
      change_range,
      count,
      day,
      holds,
      in_few_digits,
      is_clear,
      listing,
      percent,
      range_in_words,
      side_in_words,
    } = parley.format,
    { clear_or_not, from_none, in_sentence, words_of } = parley.pairs,
    { direction, exchange, is_hardly, harm, harm_in_a_row } = parley.statements;
  const NINETY = percent(0.9),
    LUCK = "may be luck",
    SIGNS = "signs"; // a choice that is supposed

  const letter = ({ letter }) =>
    element(
      "b",
      { className: `view-name side-${letter.charCodeAt(0) - "A".charCodeAt(0)}` },
      letter,
    );
  const row_of = ({ differences }, kind) => differences.find(({ key }) => key === `listed-${kind}`);
  const change_of = (pair, kind) => pair.supposed[kind] ?? row_of(pair, kind);
  const is_open = (view, kind) => view.may_sign.includes(kind);
  const is_far = (pair) => parley.basis.word(pair) === BASES.extrapolated;
  const last_day = (view) => day(view.dates[view.dates.length - 1]);

  // A change and its words; one that so few worlds cannot tell from luck is called that
  // (`is_luck`).
  function told(change, unit = "") {
    const each = clear_or_not(change, unit),
      is_luck = each.is_unclear && !change.sign;
    return { ...each, is_luck, words: is_luck ? LUCK : each.words };
  }
  const strong = ({ words, is_luck }) =>
    element("strong", is_luck ? { className: "is-luck" } : {}, words);
  const range = (ends) => ends && ` (${ends})`;
  const ranged = ({ words, ends }) => `${words}${range(ends)}`;

  // How often pairs of so many worlds agree on a change.
  function agreed({ pairs_more: more, pairs_fewer: fewer }, worlds) {
    const ways = [
      ["more", more],
      ["fewer", fewer],
      ["alike", worlds - more - fewer],
    ]
      .filter(([, number]) => number)
      .sort(([, a], [, b]) => b - a);
    const [[first, most], ...others] = ways;
    return (
      `${first} in ` +
      `${most === worlds ? `all ${count(worlds)}` : `${count(most)} of ${count(worlds)}`} ` +
      `pairs${others.map(([way, number]) => `, ${way} in ${count(number)}`).join("")}`
    );
  }

  // The sentences of a *comparison*. Its pairs under other fits are `wider`: undefined until they
  // are here, null where they do not come. Where `tells_harm`, `conduct` has the ranges of the harm
  // prevented by the letters of views, in the same way, and `strikes` those of strikes in
  // retaliation: the sentence of a view that moves nobody tells harm, and a line below that of
  // another.
  function of(comparison) {
    const { views, worlds, pairs, reference, conduct } = comparison,
      wider = comparison.wider ?? [],
      beside = views[reference],
      view_of = (pair) => views[pair.place];
    const closed_in = (pair, kind) =>
      [beside, view_of(pair)].filter((view) => !is_open(view, kind)).map((view) => view.letter);
    const open_in_all = (kind) => views.every((view) => is_open(view, kind));
    // Whether there are other fits whose pairs are not here yet; and whether ranges are those of
    // luck, as there are none.
    const awaits = Boolean(comparison.other_fits) && comparison.wider === undefined,
      is_luck = !comparison.other_fits || comparison.wider === null;
    // What the ranges of pairs in the same worlds hold.
    const held = () => {
      const all = [...new Set(comparison.weights.map(holds))];
      return all.length > 1 ? "luck, and weights where a view draws them" : all[0];
    };

    // What each other view changes of the public list, a sentence each: what it supposes; what
    // follows of a *kind*, beyond those whose choice is supposed; and of which other kinds there
    // clearly are more or fewer. What is still to come is left out, so that nothing said is taken
    // back. Below each stand its range under other fits, what else it rests on and its mark. A view
    // far outside the data is told by its directions and the ends that other fits give. Where one
    // coalition takes the place of another, that comes first, and the numbers wait for `in_sum`.
    const finding = (kind) =>
      pairs.map((pair) => {
        const view = view_of(pair),
          far = is_far(pair),
          name = element(
            "span",
            { className: `view-name side-${pair.place}` },
            far ? in_sentence(view.condition) : view.condition,
            " (",
            element("b", {}, view.letter),
            ")",
          );
        const below = [
          ["strikes", strikes(pair)],
          ["in-sum", in_sum(pair, kind)],
          ["other-fits", other_fits(pair)],
          ["of-harm", harm_below(pair)],
          ["anyway", anyway(pair)],
        ]
          .filter(([, words]) => words)
          .map(([className, words]) => element("p", { className }, words));
        return element(
          "div",
          { className: "of-view" },
          element(
            "h2",
            { className: "line" },
            ...(far ? ["Extrapolated, "] : []),
            name,
            consequences(pair, kind),
          ),
          ...mark(pair),
          ...below,
        );
      });
    function consequences(pair, kind, has_ranges = !in_other_fits(pair), stop = ".") {
      if (pair.coalitions)
        return `: one coalition for another. ${capital(exchange(pair.coalitions))}`;
      if (is_far(pair)) return awaits ? " …" : `: ${directions(pair, kind)}${stop}`;
      const words = (is_still(pair) ? of_harm : changes)(pair, kind, has_ranges);
      return `, ${words}${stop}`;
    }

    // What that exchange comes to in numbers. It is not those who join less those who leave, as
    // everybody else moves a little too.
    function in_sum(pair, kind) {
      if (!pair.coalitions || (awaits && is_far(pair))) return "";
      return (
        "In sum, counting smaller moves too, " +
        `${is_far(pair) ? directions(pair, kind, true) : changes(pair, kind, !in_other_fits(pair))}.`
      );
    }

    // What one of several views rests on, where the badge of the card is not that of all, and how
    // to read one far outside the data.
    function mark(pair) {
      const reads = !is_far(pair)
        ? ""
        : awaits
          ? "Directions, not numbers; the ranges of other fits follow."
          : comparison.other_fits && comparison.wider !== null
            ? "Trust the direction and these ranges; the pale numbers are the best fit alone."
            : "Trust the direction; the table has the numbers of the best fit.";
      const is_marked =
        reads || pairs.some((each) => parley.basis.word(each) !== parley.basis.word(pairs[0]));
      return is_marked
        ? [
            element(
              "p",
              { className: "rests" },
              parley.basis.tag(pair),
              ...(reads ? [" ", reads] : []),
            ),
          ]
        : [];
    }

    // Of a view that moves nobody, the strikes in retaliation that it clearly brings or spares:
    // they are among what harms.
    function strikes(pair) {
      const ends = is_still(pair) ? comparison.strikes?.[pair.letter] : null;
      return ends && !ends.includes(null) && is_clear(...ends)
        ? `${capital(range_in_words(change_range(...ends.map(in_few_digits))))} strikes in ` +
            "retaliation (assumed), which harm too."
        : "";
    }

    // The same pair under other fits; none where these are not here.
    const wide_of = (pair) => wider.find((each) => each.letter === pair.letter);

    // The same of the first other view without a letter, where it stands alone; *stop* ends it.
    const alone = (kind, stop = ".") =>
      `${view_of(pairs[0]).condition}${consequences(pairs[0], kind, true, stop)}`;

    // The words of a change, without its *side* where that is said.
    const without_side = ({ words, middle }, side) =>
      side && middle && side_in_words(middle) === side
        ? range_in_words(middle, { side: false })
        : words;

    // What changes of a *kind*, on demand with the number of the best fit, and then of the others,
    // those that go the same way together.
    function directions(pair, kind, with_best = false) {
      const closed = closed_in(pair, kind),
        wide = wide_of(pair);
      const of = (each) => ({
        each,
        other: pair.supposed[each] ? "other " : "",
        ...direction(
          row_of(pair, each).first_median,
          change_of(pair, each),
          wide && change_of(wide, each),
          false,
        ),
      });
      const ends_of = ({ ends }) => (wide ? ends : ""),
        bracketed = (each) => (ends_of(each) ? ` (${ends_of(each)})` : "");
      const first = of(kind),
        range = ends_of(first),
        many = `${first.other}${words_of(kind)}`,
        best = with_best && range ? without_side(told(change_of(pair, kind)), first.side) : "";
      const is_plain = first.side && !first.size,
        by_range = is_plain && range && !best;
      const lead = closed.length
        ? `${words_of(kind)} may not sign in ${listing(closed)}, so they are not compared`
        : by_range
          ? `${range} ${first.way} ${many} sign with other fits that the data allow`
          : `${first.way ? `${first.way} ${many} sign` : `no clear change in ${many}`}${!range ? "" : best ? `: ${range} with other fits (best fit: ${best})` : `, ${range} with other fits that the data allow`}`;
      const others = Object.keys(KINDS)
          .filter((each) => each !== kind && !closed_in(pair, each).length)
          .map(of),
        ways = [...new Set(others.map(({ way }) => way))];
      const rest = ways.map(
        (way) =>
          `${way || "no clear change in"} ` +
          `${listing(others.filter((each) => each.way === way).map((each) => `${each.other}${words_of(each.each)}${bracketed(each)}`))}`,
      );
      return [lead, ...(rest.length ? [listing(rest)] : [])].join("; ");
    }

    // Whether no kind clearly changes, or by hardly any, where no choice is supposed: then conduct
    // is what the view may change.
    const open_in = (pair) => Object.keys(KINDS).filter((kind) => !closed_in(pair, kind).length);
    const is_level = (change) => {
      const { is_told, is_level } = told(change);
      return !is_told || is_level || is_hardly(change);
    };
    const is_still = (pair) =>
      !is_far(pair) &&
      view_of(pair).query !== beside.query &&
      open_in(pair).length > 0 &&
      !pair.chosen.length &&
      open_in(pair).every((kind) => is_level(row_of(pair, kind)));
    const tells_harm = () => pairs.some((pair) => is_still(pair) || is_far(pair));
    function of_harm(pair, kind, has_ranges) {
      const all = open_in(pair).map((each) => row_of(pair, each)),
        is_same = !pair.turns && all.every((each) => told(each).is_same);
      const who = is_same
        ? "nobody joins or leaves"
        : !pair.turns && all.every(is_hardly)
          ? "hardly anybody joins or leaves"
          : changes(pair, kind, has_ranges);
      return conduct === undefined
        ? who
        : `${who}; ` +
            `${conduct?.[pair.letter] ? harm(conduct[pair.letter]) : "what it does to harm is told below"}`;
    }
    // Whether harm may stand beside what a view is called: not where that names somebody whose
    // choice or convening it supposes.
    const is_named_with_harm = (pair) =>
      is_still(pair) ||
      (!pair.chosen.some(({ id }) => view_of(pair).choosers_named.includes(id)) &&
        !new URLSearchParams(view_of(pair).query).has("convenor"));
    // What a view that moves somebody, and supposes nobody's choice, does to harm.
    function harm_below(pair) {
      const change =
        is_still(pair) || pair.chosen.length || !is_named_with_harm(pair)
          ? null
          : conduct?.[pair.letter];
      if (!change || change.includes(null)) return "";
      return is_clear(...change)
        ? `Harm prevented: ${harm_in_a_row(change)} (assumed).`
        : `${capital(harm(change))}.`;
    }

    function changes(pair, kind, has_ranges) {
      const closed = closed_in(pair, kind),
        ranges_of = (...change) => (has_ranges ? bracket(pair, ...change) : "");
      if (closed.length)
        return `${words_of(kind)} may not sign in ${listing(closed)}, so they are not compared`;
      const first = consequence(pair, kind),
        of_first = ranges_of(kind, first.ends, "other fits: ", first.is_none),
        name = of_first ? "" : "other fits: ";
      const others = Object.keys(KINDS)
        .filter((each) => each !== kind && !closed_in(pair, each).length)
        .map((each) => ({ each, own: pair.supposed[each], ...told(change_of(pair, each)) }))
        .filter(({ is_told, is_level }) => is_told && !is_level);
      const whom = ({ each, own, words, middle }) =>
        `${own ? `apart from those ${own.words}, ` : ""}${words} ${words_of(each, middle)}`;
      const rest = others.map(
        (each, k) =>
          `${whom(each)} ` +
          `${each.middle.is_one ? "signs" : "sign"}${ranges_of(each.each, each.ends, k ? "" : name)}`,
      );
      return [`${first.text}${of_first}`, ...(rest.length ? [listing(rest)] : [])].join("; ");
    }

    // The range after a change, as on Simulate that of other fits, with its *name*; none until it
    // is here, and the *ends* by luck where there are no other fits. After a change that *is none*
    // the range says that it is of more.
    function bracket(pair, kind, ends, name, is_none = false) {
      const wide = wide_of(pair),
        change = wide && clear_or_not(change_of(wide, kind));
      if (is_luck || !wide) return is_luck ? range(ends) : "";
      return change.is_same && told(change_of(pair, kind)).is_same
        ? ""
        : " " +
            `(${name}${from_none(change)}${is_none && change.shares_side && change.ends ? ` ${side_in_words(change.spread)}` : ""})`;
    }

    // That nobody of a *kind* follows those supposed to sign, and in how many worlds, unless some
    // sign less often there.
    function none_follows(pair, kind) {
      const { pairs_more: more, pairs_fewer: fewer } = pair.agreement[kind],
        none = worlds - more;
      if (fewer || none <= more) return `mostly no other ${KIND[kind]} follows`;
      return (
        `no other ${KIND[kind]} follows in ${more ? `${count(none)} of` : "any of"} ` +
        `${count(worlds)} worlds`
      );
    }

    // What follows of a *kind*: in words, and the ends.
    function consequence(pair, kind) {
      const own = pair.supposed[kind],
        { words, ends, is_same, is_told, is_level, middle } = told(change_of(pair, kind)),
        many = words_of(kind),
        follows = own?.choice === SIGNS;
      if (!is_same && !is_told)
        return {
          text: follows
            ? `${worlds} worlds cannot tell whether other ${many} follow`
            : `${worlds} worlds cannot tell whether more or fewer ` +
              `${own ? "other " : ""}${many} sign`,
          ends: "",
        };
      if (follows && is_level) return { text: none_follows(pair, kind), ends: "", is_none: true };
      if (is_level)
        return {
          text: `${is_same ? "" : "mostly "}as many ${own ? "other " : ""}${many} sign`,
          ends: "",
        };
      const one = words_of(kind, middle),
        { is_one } = middle;
      if (!own) return { text: `${words} ${one} sign${is_one ? "s" : ""}`, ends };
      return follows && middle.direction === "more"
        ? { text: `${count(middle.far)} other ${one} follow${is_one ? "s" : ""}`, ends }
        : { text: `${words} other ${one} sign${is_one ? "s" : ""}`, ends };
    }

    // When the list is counted, beside which view, and what ranges hold.
    function how_sure(kind) {
      const compared = pairs.filter((pair) => !closed_in(pair, kind).length),
        others = compared.map(view_of);
      if (!compared.length) return "";
      const when = others.every((view) => last_day(view) === last_day(beside))
        ? `by ${last_day(beside)}`
        : "by the end of each";
      const doubts = compared
        .filter((pair) => pairs.length === 1 || !is_still(pair))
        .filter((pair) => {
          const { is_told, is_same } = told(change_of(pair, kind));
          return !is_told && !is_same;
        })
        .map((pair) => {
          const both_ways = Object.values(pair.agreement[kind]).every(Boolean);
          return (
            ` What differs${pairs.length > 1 ? ` in ${pair.letter}` : ""} may be luck, ` +
            `as ${both_ways ? "it goes both ways" : "so few differ"}.`
          );
        });
      return (
        `On the public list ${when}, beside ${beside.letter}, ${beside.label}; ranges ` +
        `hold ${NINETY} of the pairs${is_luck ? `, ${held()}` : ""}.${doubts.join("")}`
      );
    }

    // What a view changes under other fits, a sentence of the server, which names them shorter
    // beside others; of one far outside the data the finding has it. What is still to come has its
    // place.
    const in_other_fits = (pair) => (is_far(pair) ? "" : (wide_of(pair)?.in_other_fits ?? ""));
    function other_fits(pair) {
      const of_harm =
        conduct === undefined && tells_harm() ? " What it does to harm: being simulated …" : "";
      return awaits
        ? `With other fits that the data allow: being simulated …${of_harm}`
        : `${in_other_fits(pair)}${of_harm}`;
    }
    // The row of a measure of one view under other fits, those supposed among them, and its ends;
    // null where they are not here.
    const wide_row = (pair, key) =>
      wide_of(pair)?.differences.find((row) => row.key === key) ?? null;
    function ends_in_other_fits(pair, kind) {
      const row = wide_row(pair, `listed-${kind}`);
      return row && [row.low_90, row.high_90];
    }
    // Whether the best fit of a view is told after other fits: far outside the data, unless these
    // do not come.
    const is_told_wide = (pair) =>
      is_far(pair) && Boolean(comparison.other_fits) && comparison.wider !== null;

    // How often those whose choice is supposed choose so anyway, and what follows where they would
    // not.
    function anyway(pair) {
      if (!pair.anyway) return "";
      const { signs, who, turned } = pair.anyway,
        does = signs ? "signs" : "stays out",
        does_so = who.map((each) => ({
          ...each,
          number: signs ? each.worlds : worlds - each.worlds,
        }));
      const some = does_so.filter(({ number }) => number);
      if (!some.length) return "";
      if (!turned || who.length > 1) {
        const parts = some.map(
          ({ said, number }, k) =>
            `${said}${k ? "" : ` ${does} anyway`} in ` +
            `${number === worlds ? "all" : count(number)}${k ? "" : ` of ${count(worlds)} worlds`}`,
        );
        const none = does_so.filter(({ number }) => !number).map(({ said }) => said);
        return (
          `In ${beside.letter}, ` +
          `${[...parts, ...(none.length ? [`${listing(none)} in none`] : [])].join(", ")}.`
        );
      }
      const [{ said, number }] = does_so,
        rest = worlds - number;
      const follows = Object.keys(KINDS)
        .filter((kind) => turned[kind] && !closed_in(pair, kind).length)
        .map((kind) => ({ kind, own: pair.supposed[kind], ...told(turned[kind]) }))
        .filter(({ is_told, is_level }) => is_told && !is_level);
      const those = listing(
          follows.map(
            ({ kind, own, words, middle }) =>
              `${words} ${own ? "other " : ""}${words_of(kind, middle)}`,
          ),
        ),
        verb = follows.length === 1 && follows[0].middle.is_one ? "signs" : "sign";
      return (
        `In ${beside.letter}, ${said} ${does} anyway in ` +
        `${number === worlds ? `all ${count(worlds)}` : `${count(number)} of ${count(worlds)}`} ` +
        `worlds${signs ? ", where only the date changes" : ""}${rest === 0 ? "" : follows.length ? `; in the other ${count(rest)}, ${those} ${verb}` : `; in the other ${count(rest)}, too, nothing clear follows`}.`
      );
    }

    // Whom another view moves, in a line.
    const others_of = (number) => `${count(number)} other${number > 1 ? "s" : ""}`,
      NAMED = 3;
    function some_of(rows) {
      const named = rows.length > NAMED + 1 ? rows.slice(0, NAMED) : rows;
      return listing([
        ...named.map(({ said }) => said),
        ...(rows.length > named.length ? [others_of(rows.length - named.length)] : []),
      ]);
    }
    const whom = (pair) => capital(moves_in(pair));
    function moves_in(pair) {
      const { up, down, moved, chosen } = pair,
        open = Object.keys(KINDS).filter((kind) => !closed_in(pair, kind).length);
      const ways = [
          [up, "more"],
          [down, "less"],
        ].filter(([rows]) => rows.length),
        nobody = `${open.length === 1 ? `no ${KIND[open[0]]}` : "no named state, firm or NGO"}${chosen.length ? " but those supposed" : ""}`;
      if (!ways.length) return `${nobody} signs more or less often`;
      const far = ways.map(
        ([rows, way]) => `${some_of(rows)} ${rows.length > 1 ? "sign" : "signs"} ${way} often`,
      );
      return moved.up || moved.down ? far.join("; ") : `${nobody} moves far`;
    }

    // What one other view near the data changes of a *kind*, as the title of a picture; empty where
    // there is no such view, or no clear change.
    function title(kind) {
      const [pair, ...more] = pairs,
        { is_told, is_level, words, middle } = pair ? told(row_of(pair, kind)) : {},
        wide = pair && wide_row(pair, `listed-${kind}`);
      if (!is_told || is_level || more.length || is_far(pair) || closed_in(pair, kind).length)
        return "";
      const fits = wide && clear_or_not(wide);
      return (
        `${capital(words)} ${words_of(kind, middle)} ` +
        `${in_sentence(view_of(pair).condition)}${fits ? ` (other fits: ${from_none(fits)})` : ""}`
      );
    }

    return {
      title,
      view_of,
      beside,
      closed_in,
      open_in_all,
      finding,
      alone,
      is_still,
      is_named_with_harm,
      tells_harm,
      how_sure,
      held,
      ends_in_other_fits,
      wide_of,
      wide_row,
      is_told_wide,
      anyway,
      whom,
    };
  }

  parley.comparing = {
    of,
    letter,
    row_of,
    change_of,
    is_open,
    is_far,
    last_day,
    told,
    strong,
    range,
    ranged,
    agreed,
    NINETY,
    SIGNS,
  };
})();
