// Charts as SVG, drawn for the room that they have: axes with ticks, and names where lines end
// instead of a legend.
import { month, whole } from "./texts.js";

const SVG = "http://www.w3.org/2000/svg";
const DAY = 86400000,
  MONTH = 30.44 * DAY;

function shape(tag, attributes, text) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  if (text !== undefined) node.textContent = text;
  return node;
}

const pen = document.createElement("canvas").getContext("2d");
function width_of(text, size) {
  pen.font = `600 ${size}px Inter, system-ui, sans-serif`;
  return pen.measureText(text).width;
}

// Whole numbers from 0 to *most* or a little beyond, at most *count* steps.
export function ticks(most, count) {
  const power = 10 ** Math.floor(Math.log10(Math.max(most, 1) / count));
  const step = Math.max(
    1,
    [1, 2, 5, 10].map((each) => each * power).find((each) => most / each <= count),
  );
  return Array.from({ length: Math.ceil(most / step) + 1 }, (_, number) => number * step);
}

// Beginnings of years, or of months where the time is short, at most *count* of them.
function dates(from, to, count) {
  const long = to - from > 20 * MONTH,
    first = new Date(from),
    all = [];
  for (let number = 1; number < 600; number++) {
    const at = long
      ? Date.UTC(first.getUTCFullYear() + number, 0, 1)
      : Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + number, 1);
    if (at > to) break;
    const date = new Date(at).toISOString();
    all.push({ at, words: long ? date.slice(0, 4) : month(date.slice(0, 7)) });
  }
  const every = Math.ceil(all.length / count);
  return all.filter((_, number) => number % every === 0);
}

// Heights of names at the ends of lines: as near to where each belongs as they can be without
// covering one another.
function apart(places, gap, low, high) {
  const sorted = places.map((y, number) => ({ y, number })).sort((a, b) => a.y - b.y),
    result = [];
  sorted.forEach((each, number) => {
    each.y = Math.max(each.y, number ? sorted[number - 1].y + gap : low);
  });
  for (let number = sorted.length - 1; number >= 0; number--)
    sorted[number].y = Math.min(
      sorted[number].y,
      number === sorted.length - 1 ? high : sorted[number + 1].y - gap,
    );
  for (const each of sorted) result[each.number] = each.y;
  return result;
}

const steps = (points, x, y) =>
  points
    .map(([date, value], number) =>
      number ? `H${x(date)}V${y(value)}` : `M${x(date)} ${y(value)}`,
    )
    .join("");

// Drawn again at every new size of *place*, a block of fixed height; *draw* gets width, height and
// the size of type.
const drawings = new WeakMap();
function drawn_in(place, label, draw) {
  let drawing = drawings.get(place);
  if (!drawing) {
    const svg = shape("svg", { role: "img" });
    place.replaceChildren(svg);
    drawing = { svg };
    drawings.set(place, drawing);
    new ResizeObserver(() => drawing.paint()).observe(place);
  }
  drawing.svg.setAttribute("aria-label", label);
  drawing.paint = () => {
    const { clientWidth: width, clientHeight: height } = place,
      root = parseFloat(getComputedStyle(document.documentElement).fontSize);
    if (!width || !height) return;
    drawing.svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    drawing.svg.replaceChildren(...draw(width, height, Math.max(14, root * 0.875)));
  };
  drawing.paint();
}

/* Curves over time in *place*. *lines*: {points: [[date, number], ...], style, name};
 * *band*: {dates, low, high, style, name}; *dots*: {points, style, name}. What is counted is the
 * *unit*, above the axis. */
export function curves(place, { label, unit, lines, band = null, dots = null }) {
  drawn_in(place, label, (width, height, size) => {
    const time = (date) => Date.parse(date);
    const series = [
      ...lines.map((line) => line.points),
      ...(dots ? [dots.points] : []),
      ...(band ? [band.dates.map((date, number) => [date, band.high[number]])] : []),
    ];
    const all = series.flat();
    if (!all.length) return [];
    const from = Math.min(...all.map(([date]) => time(date)));
    const to = Math.max(...all.map(([date]) => time(date)), from + 6 * MONTH);
    const most = Math.max(1, ...all.map(([, value]) => value));
    const scale = ticks(most * 1.12, Math.max(2, Math.min(5, Math.floor(height / (size * 3.2))))),
      top = scale.at(-1);
    const names = [
      ...lines,
      ...(dots ? [dots] : []),
      ...(band
        ? [{ ...band, points: band.dates.map((date, number) => [date, band.middle[number]]) }]
        : []),
    ].map((each) => ({
      words: each.name,
      number: whole(each.points.at(-1)[1]),
      date: each.points.at(-1)[0],
      value: each.points.at(-1)[1],
      style: each.style,
    }));
    // A single name stands above its line; several stand beside theirs, and on a narrow chart
    // without their numbers.
    const alone = names.length === 1,
      narrow = width < 400;
    const right = alone
      ? 4
      : Math.max(
          ...names.map((each) =>
            width_of(narrow ? each.words : `${each.words} ${each.number}`, size),
          ),
        ) + 16;
    const left = width_of(whole(top), size) + 8,
      bottom = height - size * 1.9,
      head = size * 2.3;
    const x = (date) => left + ((width - left - right) * (time(date) - from)) / (to - from),
      y = (value) => bottom - ((bottom - head) * value) / top;
    const nodes = [shape("text", { class: "tick", x: 0, y: size, "font-size": size }, unit)];
    for (const value of scale) {
      nodes.push(
        shape("line", { class: "rule", x1: left, x2: width - right, y1: y(value), y2: y(value) }),
      );
      nodes.push(
        shape(
          "text",
          {
            class: "tick",
            x: left - 8,
            y: y(value) + size * 0.35,
            "text-anchor": "end",
            "font-size": size,
          },
          whole(value),
        ),
      );
    }
    const room = Math.max(
      1,
      Math.floor((width - left - right) / (to - from > 20 * MONTH ? size * 4 : size * 6.2)),
    );
    for (const { at, words } of dates(from, to, room)) {
      const place_of = left + ((width - left - right) * (at - from)) / (to - from),
        half = width_of(words, size) / 2;
      nodes.push(
        shape("line", { class: "rule", x1: place_of, x2: place_of, y1: bottom, y2: bottom + 5 }),
      );
      nodes.push(
        shape(
          "text",
          {
            class: "tick",
            x: Math.min(Math.max(place_of, half), width - half),
            y: height - size * 0.4,
            "text-anchor": "middle",
            "font-size": size,
          },
          words,
        ),
      );
    }
    if (band) {
      const forth = band.dates.map((date, number) => [date, band.high[number]]),
        back = band.dates.map((date, number) => [date, band.low[number]]);
      const edge = back
        .map(([date, value], number) =>
          number
            ? [
                [date, back[number - 1][1]],
                [date, value],
              ]
            : [[date, value]],
        )
        .flat()
        .reverse();
      nodes.push(
        shape("path", {
          class: band.style,
          d: `${steps(forth, x, y)}${edge.map(([date, value]) => `L${x(date)} ${y(value)}`).join("")}Z`,
        }),
      );
      nodes.push(
        shape("path", {
          class: "line simulated",
          d: steps(
            band.dates.map((date, number) => [date, band.middle[number]]),
            x,
            y,
          ),
        }),
      );
    }
    for (const line of lines) {
      const [date, value] = line.points.at(-1);
      nodes.push(
        shape("path", { class: `line ${line.style}`, d: steps(line.points, x, y) }),
        shape("circle", {
          class: `end-of ${line.style}`,
          cx: x(date),
          cy: y(value),
          r: size * 0.3,
        }),
      );
    }
    for (const [date, value] of dots?.points ?? [])
      nodes.push(shape("circle", { class: dots.style, cx: x(date), cy: y(value), r: size * 0.33 }));
    const heights = alone
      ? [y(names[0].value) - size * 1.1]
      : apart(
          names.map((each) => y(each.value)),
          size * 1.25,
          head,
          bottom,
        );
    names.forEach((each, number) => {
      const half = width_of(`${each.words} ${each.number}`, size) / 2 + 4;
      const place_of = alone
        ? {
            x: Math.min(Math.max(x(each.date), left + half), width - half),
            "text-anchor": "middle",
          }
        : { x: width - right + 12 };
      const text = shape(
        "text",
        {
          class: `end ${each.style}`,
          ...place_of,
          y: heights[number] + size * 0.35,
          "font-size": size,
        },
        `${each.words} `,
      );
      if (alone || !narrow) text.append(shape("tspan", { "font-weight": 700 }, each.number));
      nodes.push(text);
    });
    return nodes;
  });
}

/* Guesses as dots over one axis from 0 on, each at its own place and above those that it would
 * cover, with upright lines for what came about: [{value, words, style}]. */
export function guesses(place, { label, values, truths = [] }) {
  drawn_in(place, label, (width, height, size) => {
    const marks = ticks(
        Math.max(10, ...values, ...truths.map(({ value }) => value)),
        Math.max(2, Math.floor(width / (size * 5))),
      ),
      high = marks.at(-1);
    const left = size,
      right = size * 1.4,
      bottom = height - size * 2,
      room = width - left - right,
      x = (value) => left + (room * value) / high;
    const radius = size * 0.42,
      ends = [],
      nodes = [],
      head = size * (0.6 + 1.3 * truths.length);
    const dots = [...values]
      .sort((a, b) => a - b)
      .map(x)
      .map((at) => {
        const free = ends.findIndex((end) => at - end >= radius * 2.1),
          floor = free < 0 ? ends.length : free;
        ends[floor] = at;
        return { at, floor };
      });
    const rise = Math.min(radius * 2.1, (bottom - head - 4) / Math.max(1, ends.length));
    nodes.push(
      shape("line", { class: "axis", x1: left, x2: width - right, y1: bottom, y2: bottom }),
    );
    for (const value of marks) {
      nodes.push(
        shape("line", { class: "axis", x1: x(value), x2: x(value), y1: bottom, y2: bottom + 5 }),
      );
      nodes.push(
        shape(
          "text",
          {
            class: "tick",
            x: x(value),
            y: height - size * 0.4,
            "text-anchor": "middle",
            "font-size": size,
          },
          whole(value),
        ),
      );
    }
    for (const { at, floor } of dots)
      nodes.push(
        shape("circle", {
          class: "guess",
          cx: at,
          cy: bottom - 3 - radius - floor * rise,
          r: radius,
        }),
      );
    truths.forEach(({ value, words, style }, number) => {
      const y = size * (1 + 1.3 * number),
        before = x(value) + width_of(`${words} ${value}`, size) + 8 > width;
      nodes.push(
        shape("line", {
          class: `line ${style}`,
          x1: x(value),
          x2: x(value),
          y1: y - size * 0.7,
          y2: bottom,
        }),
      );
      const text = shape(
        "text",
        {
          class: `end ${style}`,
          x: x(value) + (before ? -7 : 7),
          y: y + size * 0.1,
          "text-anchor": before ? "end" : "start",
          "font-size": size,
        },
        `${words} `,
      );
      text.append(shape("tspan", { "font-weight": 700 }, whole(value)));
      nodes.push(text);
    });
    return nodes;
  });
}
