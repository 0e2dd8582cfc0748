// A picture of a table of bars, which the page draws of elements: its key, its heads, and each row
// at the place it has there. Of an element the picture has the colour, the height and the extent
// along the axis; texts have columns of their own.
(() => {
  const { svg } = parley.dom,
    SIZE = 14,
    GAP = 22,
    KEY = 30,
    HEAD = 44,
    TALLEST = 34; // pixels: of type, between columns, of the key, of the heads, of a row
  const brush = document.createElement("canvas").getContext("2d");
  const width_of = (words, weight = 400) => {
    brush.font = `${weight} ${SIZE}px Inter, sans-serif`;
    return brush.measureText(words).width;
  };

  const style_of = (part) => getComputedStyle(part);
  const percents = ({ style: { left, width } }) =>
    [left, width].map((part) => parseFloat(part) || 0);
  // The texts of a cell: of a head without those of its axis, of a row each part apart.
  const texts_of = (cell) =>
    [...cell.childNodes]
      .filter((part) => !part.matches?.(".axis, .track"))
      .map((part) => ({
        words: part.textContent.trim(),
        weight: part.matches?.("strong, a") ? 600 : 400,
      }))
      .filter(({ words }) => words);
  const wide = (texts) =>
    texts.reduce((sum, { words, weight }) => sum + width_of(words, weight) + 6, 0);
  const is_right = (cell) => style_of(cell).textAlign === "right";

  // What *box* shows, *from* pixels below the upper edge *to* at most, between the sides *left* and
  // *right*.
  function drawing(box, { from, to, left, right, colour }) {
    const table = box.querySelector("table"),
      [head, ...rows] = [...table.rows].map(({ cells }) => [...cells]),
      place = head.findIndex((cell) => cell.matches(".bar"));
    const widths = head.map((cell, k) =>
      k === place
        ? 0
        : Math.max(...[cell, ...rows.map((row) => row[k])].map((each) => wide(texts_of(each)))) +
          GAP,
    );
    widths[place] = right - left - widths.reduce((sum, width) => sum + width, 0);
    const starts = widths.map(
      (_, k) => left + widths.slice(0, k).reduce((sum, width) => sum + width, 0),
    );
    const [start, long] = [starts[place] + GAP / 2, widths[place] - GAP],
      across = (percent) => start + (long * percent) / 100;
    const top = from + KEY + HEAD,
      tall = Math.min(TALLEST, (to - top) / rows.length);
    const rect = (x, y, width, height, fill) => svg("rect", { x, y, width, height, fill });
    const text = (x, y, words, more = {}) =>
      svg("text", { x, y, "font-size": SIZE, fill: colour("text"), ...more }, words);
    const written = (cell, k, y, fill) => {
      const texts = texts_of(cell);
      let x =
        k === place ? start : is_right(cell) ? starts[k] + widths[k] - wide(texts) : starts[k];
      return texts.map(({ words, weight }) => {
        const made = text(x, y, words, { "font-weight": weight, fill });
        x += width_of(words, weight) + 6;
        return made;
      });
    };
    let used = left;
    const keys = [...box.querySelectorAll(".keys > *")]
      .filter((item) => !item.hidden)
      .flatMap((item) => {
        const sign = item.querySelector(".key"),
          words = item.textContent.trim(),
          { height, backgroundColor } = style_of(sign),
          high = parseFloat(height) || 10,
          x = used;
        used += 34 + width_of(words) + GAP;
        return [
          rect(x, from + 10 - high / 2, 26, high, backgroundColor),
          text(x + 34, from + 15, words),
        ];
      });
    const ticks = [...head[place].querySelectorAll(".axis > span")].flatMap((tick) => {
      const [at] = percents(tick);
      return [
        text(across(at), top - 8, tick.textContent, {
          "text-anchor": "middle",
          fill: colour("dimmed"),
        }),
        rect(across(at), top - 4, 1, 4, colour("dimmed")),
      ];
    });
    const drawn = rows.flatMap((row, k) => {
      const y = top + tall * k,
        line = rect(left, y, right - left, 1, colour("grid"));
      return [
        line,
        ...row.flatMap((cell, column) => written(cell, column, y + tall / 2 + 5, colour("text"))),
        ...[...row[place].querySelectorAll(".track > *")].map((part) => {
          const [at, width] = percents(part),
            { top: above, height, backgroundColor } = style_of(part);
          return part.matches(".zero")
            ? rect(across(at), y, 1, tall, colour("dimmed"))
            : rect(
                across(at),
                y + tall / 2 - 11 + parseFloat(above),
                Math.max((long * width) / 100, 2),
                parseFloat(height),
                backgroundColor,
              );
        }),
      ];
    });
    return svg(
      "g",
      {},
      ...keys,
      ...head.flatMap((cell, k) =>
        written(cell, k, k === place ? top - 28 : top - 8, colour("dimmed")),
      ),
      ...ticks,
      ...drawn,
    );
  }

  // The same as on paper, whatever the scheme of the page is.
  function bars_in_picture(box, sizes) {
    const root = document.documentElement,
      scheme = root.dataset.mantineColorScheme;
    root.dataset.mantineColorScheme = "light";
    const made = drawing(box, {
      ...sizes,
      colour: (name) => style_of(root).getPropertyValue(`--${name}`).trim(),
    });
    root.dataset.mantineColorScheme = scheme;
    return made;
  }

  parley.bars_in_picture = bars_in_picture;
})();
