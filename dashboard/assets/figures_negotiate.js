// The figures of the page Negotiate: a record in, Plotly figure out.
(() => {
  const { colour, layout, title, rule, along } = parley.figures,
    { decimal, difference, mean: mean_of, percent } = parley.format;

  const MARKED = 0.25; // of the deepest, from where a cell that hurts has its mark
  const READ = 0.72,
    // of a dark colour, and of one that is pale in the dark look: as much as a mark can be read on
    READ_PALE = 0.55;
  const SIZE = 14,
    DEEP = 0.97; // of all values, from where colours are at their deepest

  // How many accept each draft of the world on show, and in the mean of all; the draft *where* is
  // outlined, or the chair's text (*mine*) stands behind them.
  function tally(record, where, mine) {
    const drafts = mine ? [...record.drafts, mine] : record.drafts,
      all = record.seats.filter((seat) => seat.vote).length;
    const x = drafts.map((_, k) => k + 1),
      yours = mine ? drafts.length : null,
      name = (k) => (k + 1 === yours ? "Your text" : `Draft ${k + 1}`);
    const voters = record.seats
        .map((_, place) => place)
        .filter((place) => record.seats[place].vote),
      sum = (places) => places.reduce((total, place) => total + record.seats[place].weight, 0);
    const weight = ({ objects }) =>
      percent(sum(voters.filter((place) => !objects.includes(place))) / sum(voters));
    const words = drafts.map(
        (draft, k) =>
          `<b>${name(k)}</b><br>${draft.accept} of ${all} ` +
          `accept${parley.negotiation_answer.votes_alike(record) ? "" : `, with ${weight(draft)} of the weight`}`,
      ),
      marked = yours ?? where;
    const bar = (values, fill) => ({
      type: "bar",
      x,
      y: values,
      hoverinfo: "text",
      text: words,
      textposition: "none",
      marker: {
        color: colour(fill),
        line: { width: x.map((each) => (each === marked ? 2 : 0)), color: colour("text") },
      },
    });
    const mean = record.path.slice(0, record.drafts.length).map(({ accept }) => accept);
    const data = [
      {
        ...bar(
          drafts.map((draft) => draft.accept),
          "signed",
        ),
        name: "accept",
      },
      {
        ...bar(
          drafts.map((draft) => all - draft.accept),
          "third",
        ),
        name: "do not accept",
        opacity: 0.55,
      },
      {
        x: x.slice(0, mean.length),
        y: mean,
        name: "accept, mean of worlds",
        mode: "lines",
        line: { width: 2, dash: "dot", color: colour("text") },
        hoverinfo: "text",
        text: mean.map(
          (value, k) => `Draft ${k + 1}: ${mean_of(value)} accept in the mean of worlds`,
        ),
      },
    ];
    // The seats that a majority takes, where it decides.
    const { majority } = record.told,
      line = {
        type: "line",
        xref: "paper",
        x0: 0,
        x1: 1,
        y0: majority,
        y1: majority,
        line: { color: colour("text"), width: 2 },
      };
    const named = {
      xref: "paper",
      x: 0.01,
      xanchor: "left",
      y: majority,
      yanchor: "bottom",
      text: `needed: ${majority}`,
      showarrow: false,
      font: { size: SIZE, color: colour("text") },
      bgcolor: colour("card"),
      borderpad: 1,
    };
    const few = record.drafts.length < 10 ? x.filter((each) => each !== yours) : null;
    const ticks = few ?? [
      1,
      ...[10, 20, 30, 40, 60, 80, 100, 120, 140, 160, 180, 200].filter(
        (tick) => tick <= record.drafts.length && !(yours && yours - tick < 4),
      ),
    ];
    const ticked = {
      ticks: "outside",
      tickcolor: colour("dimmed"),
      tickfont: { size: SIZE, color: colour("dimmed") },
    };
    const axis = {
      ...ticked,
      tickvals: yours ? [...ticks, yours] : ticks,
      ticktext: yours ? [...ticks, "yours"] : ticks,
      range: [0.4, drafts.length + 0.6],
    };
    return {
      data,
      layout: layout({
        barmode: "stack",
        bargap: 0.12,
        margin: { l: 0, r: yours ? 22 : 6, t: 10, b: 0 },
        hovermode: "closest",
        xaxis: { ...axis, title: title("draft", 6) },
        yaxis: { ...ticked, range: [0, all], title: title("seats", 6) },
        shapes: [
          ...(marked ? [rule(marked, { color: colour("text"), width: 1, dash: "dot" })] : []),
          ...(majority ? [line] : []),
        ],
        annotations: majority ? [named] : [],
      }),
    };
  }

  // On which side of what a seat wants a provision lies that hurts it: above, below, or none where
  // it does not.
  const LEAST = 0.05; // thousandths of all that a seat wants, below which nothing is told
  const side = (record, draft, place, p, value) =>
    value < LEAST ? "none" : draft.text[p] > record.wants[place][p] ? "above" : "below";

  // What each provision of a draft takes from or adds to what it is worth to each seat, those it is
  // worth least to on top.
  function heat(record, draft) {
    const names = draft.hurt.map(
        (place) =>
          `${draft.objects.includes(place) ? "✕ " : draft.paid.includes(place) ? "$ " : ""}${record.seats[place].name}`,
      ),
      rows = names.length;
    const moving = record.provisions
      .map((_, p) => p)
      .filter((p) => record.provisions[p].high > record.provisions[p].low);
    const provisions = moving.map((p) => record.provisions[p].provision),
      z = draft.blame.map((values) => moving.map((p) => values[p]));
    const sides = draft.blame.map((values, k) =>
      moving.map((p) => side(record, draft, draft.hurt[k], p, values[p])),
    );
    const sizes = record.drafts
      .flatMap((each) => each.blame.flat())
      .map(Math.abs)
      .filter((size) => size > LEAST)
      .sort((a, b) => a - b);
    const most = sizes[Math.floor(sizes.length * DEEP)] ?? 1;
    const text = z.map((values, k) =>
      values.map(
        (value, p) =>
          `<b>${record.seats[draft.hurt[k]].name}</b>, ` +
          `${provisions[p]}<br>${Math.abs(value) < LEAST ? "no matter" : `${{ above: "too far: hurts", below: "not far enough: hurts", none: "supports" }[sides[k][p]]} by ${decimal(Math.abs(value) / 10, 1)} points`}<br>in ` +
          `all ${difference(draft.gains[draft.hurt[k]] / 10)} points: ` +
          `${draft.objects.includes(draft.hurt[k]) ? "does not accept" : draft.paid.includes(draft.hurt[k]) ? "accepts for payment alone" : "accepts"}`,
      ),
    );
    document.documentElement.style.setProperty("--heat-rows", rows);
    const graph = document.getElementById("negotiate-heat"),
      is_narrow = (graph?.clientWidth ?? 900) < 520;
    // What hurts as it goes not far enough is a layer of its own, in another colour.
    const layer = (is_here, hurts) => ({
      type: "heatmap",
      x: provisions.map((_, p) => p),
      y: names.map((_, k) => k),
      z: z.map((values, k) => values.map((value, p) => (is_here(sides[k][p]) ? value : null))),
      customdata: text,
      hovertemplate: "%{customdata}<extra></extra>",
      hoverongaps: false,
      zmin: -most,
      zmax: most,
      showscale: false,
      xgap: 1,
      ygap: 1,
      text: z.map((values, k) =>
        values.map((value, p) =>
          value > MARKED * most ? { above: "▲", below: "▽", none: "" }[sides[k][p]] : "",
        ),
      ),
      texttemplate: "%{text}",
      textfont: { size: SIZE, color: colour("text") },
      colorscale: [
        [0, colour("signed")],
        [0.5, colour("card")],
        [1, hurts],
      ],
    });
    return {
      data: [
        layer((each) => each !== "below", along(READ, [colour("card"), colour("third")])),
        layer((each) => each === "below", along(READ_PALE, [colour("card"), colour("second")])),
      ],
      layout: layout({
        hovermode: "closest",
        margin: { l: 0, r: is_narrow ? 4 : 100, t: is_narrow ? 128 : 4, b: 0 },
        xaxis: {
          tickvals: provisions.map((_, p) => p),
          ticktext: provisions,
          tickangle: is_narrow ? -90 : -40,
          side: "top",
          tickfont: { size: SIZE, color: colour("dimmed") },
        },
        yaxis: {
          tickvals: names.map((_, k) => k),
          ticktext: names,
          autorange: "reversed",
          rangemode: "normal",
          nticks: rows,
          tickfont: { size: SIZE, color: colour("text") },
        },
      }),
    };
  }

  parley.negotiation_figures = { tally, heat, side };
})();
