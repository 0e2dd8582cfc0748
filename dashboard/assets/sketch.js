// The first drawing of a curve: what Plotly will draw, at nearly the same places, until its library
// is there.
(() => {
  const { svg } = parley.dom;
  const DASHES = { dot: "3 3", dash: "9 9" },
    NUMBERS = [2, 5, 10];
  const ASIDE = 2,
    BELOW = 13; // pixels from an axis to its labels
  const pen = document.createElement("canvas").getContext("2d");

  // Ticks from 0 to *most*, about so many, at multiples of 1, 2 or 5.
  function ticks_to(most, number) {
    const rough = most / number,
      base = 10 ** Math.floor(Math.log10(rough)),
      step = base * NUMBERS.find((each) => each * base >= rough);
    return Array.from({ length: Math.floor(most / step) + 1 }, (_, k) => k * step);
  }

  // Words with <b> and <br>, from the top *y* on, or about it.
  function words({ text, font }, x, y, { anchor = "start", middle = false } = {}) {
    const lines = text.split("<br>"),
      tall = 1.3 * font.size,
      from = y + (middle ? 0.35 * font.size - ((lines.length - 1) * tall) / 2 : 0.8 * font.size);
    return svg(
      "text",
      { fill: font.color, "font-size": font.size, "text-anchor": anchor },
      ...lines.map((line, k) =>
        svg(
          "tspan",
          { x, y: from + k * tall },
          ...line
            .split(/<\/?b>/)
            .map((part, place) => svg("tspan", place % 2 ? { "font-weight": 700 } : {}, part)),
        ),
      ),
    );
  }

  // A line that stays level until the next value.
  const stairs = (points) =>
    points.map(([x, y], k) => (k === 0 ? `M${x},${y}` : `H${x}V${y}`)).join("");

  function drawn({ data, layout }, wide, high) {
    const { xaxis, yaxis, margin } = layout,
      { tickfont } = yaxis,
      upward = ticks_to(yaxis.range[1], yaxis.nticks);
    pen.font = `${tickfont.size}px ${layout.font.family}`;
    const left = Math.max(...upward.map((tick) => pen.measureText(tick).width)) + ASIDE,
      right = wide - margin.r;
    const low = high - (tickfont.size + BELOW),
      [begin, end] = xaxis.range.map((date) => Date.parse(date));
    const x_of = (date) => left + ((Date.parse(date) - begin) / (end - begin)) * (right - left);
    const y_of = (value) => low - (value / yaxis.range[1]) * (low - margin.t);
    const line = (from, to, attributes) =>
      svg("line", { x1: from[0], y1: from[1], x2: to[0], y2: to[1], ...attributes });
    const axes = [
      ...upward.flatMap((tick) => [
        line([left, y_of(tick)], [right, y_of(tick)], { stroke: yaxis.gridcolor }),
        words({ text: String(tick), font: tickfont }, left - ASIDE, y_of(tick), {
          anchor: "end",
          middle: true,
        }),
      ]),
      ...xaxis.tickvals.flatMap((date, k) => [
        line([x_of(date), low], [x_of(date), low + 4], { stroke: xaxis.tickcolor }),
        words({ text: xaxis.ticktext[k], font: tickfont }, x_of(date), low + BELOW, {
          anchor: "middle",
        }),
      ]),
    ];
    const curves = data.flatMap((trace, k) => {
      const points = trace.x.map((date, t) => [x_of(date), y_of(trace.y[t])]);
      if (trace.mode === "markers")
        return points.map(([cx, cy]) =>
          svg("circle", {
            cx,
            cy,
            r: trace.marker.size / 2,
            fill: trace.marker.color,
            stroke: trace.marker.line.color,
            "stroke-width": trace.marker.line.width,
          }),
        );
      if (trace.fill) {
        const below = data[k - 1].x.map((date, t) => [x_of(date), y_of(data[k - 1].y[t])]),
          back = [...below].reverse();
        const under = back.map(([x, y], t) => (t === 0 ? `L${x},${y}` : `V${y}H${x}`)).join("");
        return [svg("path", { d: `${stairs(points)}${under}Z`, fill: trace.fillcolor })];
      }
      return trace.line.width
        ? [
            svg("path", {
              d: stairs(points),
              fill: "none",
              stroke: trace.line.color,
              "stroke-width": trace.line.width,
              "stroke-dasharray": DASHES[trace.line.dash] ?? "none",
            }),
          ]
        : [];
    });
    const rules = layout.shapes.map(({ x0, line: { color, width, dash } }) =>
      line([x_of(x0), margin.t], [x_of(x0), low], {
        stroke: color,
        "stroke-width": width,
        "stroke-dasharray": DASHES[dash] ?? "none",
      }),
    );
    const labels = layout.annotations
      .filter(({ visible = true }) => visible)
      .map((label) => {
        const is_day = label.yref === "paper",
          x = x_of(label.x) + label.xshift;
        return svg(
          "g",
          is_day ? {} : { className: "end" },
          words(label, x, is_day ? margin.t - (label.yshift ?? 0) : y_of(label.y), {
            middle: !is_day,
          }),
        );
      });
    return svg(
      "svg",
      { className: "sketch", viewBox: `0 0 ${wide} ${high}`, "aria-hidden": "true" },
      ...axes,
      svg("g", { className: "course" }, ...curves),
      ...rules,
      ...labels,
    );
  }

  // In *place*, in which Plotly has drawn nothing yet.
  parley.sketch = (place, figure) => {
    place.querySelector(".sketch")?.remove();
    if (!place.querySelector(".trace"))
      place.append(drawn(figure, place.clientWidth, place.clientHeight));
  };
})();
