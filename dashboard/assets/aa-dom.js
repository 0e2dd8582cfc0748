// What the scripts of all pages share: elements, tables, messages, questions to the server, events.
// Dash loads scripts in the order of their names, and this one has to be the first.
window.parley = {};
(() => {
  const at = (id) => document.getElementById(id);

  // The text of the element *id*, where the page has it. A text that stays is not written, so that
  // screen readers do not announce it again.
  function set(id, text) {
    const place = at(id);
    if (place && place.textContent !== String(text)) place.textContent = text;
  }

  // A message in the element *id*, which is hidden without one.
  function say(id, message = "") {
    const place = at(id);
    if (place) Object.assign(place, { textContent: message, hidden: !message });
  }

  // Whether the content of the element *id* is being renewed, for screen readers and the style
  // sheet.
  const busy = (id, is) => at(id)?.setAttribute("aria-busy", is);

  // A new element. Properties that elements do not have, such as aria-label, become attributes.
  function element(tag, { style = {}, dataset = {}, ...properties } = {}, ...content) {
    const created = document.createElement(tag);
    for (const [name, value] of Object.entries(properties)) {
      if (name in created) created[name] = value;
      else created.setAttribute(name, value);
    }
    Object.assign(created.style, style);
    Object.assign(created.dataset, dataset);
    created.append(...content);
    return created;
  }

  // Parts of a table. A label is a text, or a text with properties of its cell; any cell may also
  // be an element already.
  const is_cell = (content) => content instanceof HTMLTableCellElement;
  const header = (...labels) =>
    element(
      "thead",
      {},
      element(
        "tr",
        {},
        ...labels.map((label) => {
          const [text, properties] = [label].flat();
          return is_cell(text) ? text : element("th", { scope: "col", ...properties }, text);
        }),
      ),
    );
  const cell = (properties, ...content) => element("td", properties, ...content);
  const row = (head, ...cells) =>
    element(
      "tr",
      {},
      element("th", { scope: "row" }, ...[head].flat()),
      ...cells.map((content) => (is_cell(content) ? content : cell({}, content))),
    );
  const table = (labels, rows, properties) =>
    element("table", properties, header(...labels), element("tbody", {}, ...rows));

  // A table that scrolls inside its card, where the keyboard reaches it.
  const wide_table = (label, content) =>
    element(
      "div",
      { className: "wide-table", tabIndex: 0, role: "region", "aria-label": label },
      content,
    );

  // The content of the element *id*, in place of what it holds.
  const fill = (id, elements) => at(id).replaceChildren(...elements);

  // Properties of a component of Dash, by its id; the second leaves alone what the page does not
  // have.
  const figures = new Map();
  function put(component, properties) {
    if (properties.figure) figures.set(component, properties.figure);
    dash_clientside.set_props(component, properties);
  }
  // Data and layout of a graph: what is drawn, or what was put there since and Dash has not drawn
  // yet.
  function figure_of(graph) {
    const figure = figures.get(graph.closest(".dash-graph")?.id),
      is_drawn = graph._fullLayout && (!figure || graph.data === figure.data);
    return is_drawn || !figure ? graph : figure;
  }
  function put_if_there(component, properties) {
    if (at(typeof component === "string" ? component : JSON.stringify(component)))
      put(component, properties);
  }

  // An element of SVG with its attributes.
  function svg(tag, attributes = {}, ...children) {
    const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [name, value] of Object.entries(attributes))
      made.setAttribute(name === "className" ? "class" : name, value);
    made.append(...children);
    return made;
  }

  // The functions that Dash calls when a control changes.
  function callbacks(functions, namespace = "parley") {
    Object.assign(((window.dash_clientside ??= {})[namespace] ??= {}), functions);
  }

  // The address of *path* with several parts of a query, of which some may be empty.
  const address = (path, ...parts) => `${path}?${parts.filter(Boolean).join("&")}`;
  // Query parameters as an address that people can read.
  const readable = (parameters) =>
    parameters.toString().replaceAll("%3A", ":").replaceAll("%2C", ",");

  // The JSON at an address; where the server refuses, an error with its message and status. A busy
  // server says after how many seconds to ask again: so is done some times, while the question
  // *holds*, and the visitor reads it meanwhile.
  const TRIES = 8,
    LONGEST_PAUSE = 20; // seconds
  async function ask(where, options = {}, holds = () => true) {
    const turn = {};
    wait(1);
    try {
      for (let tries = 1; ; tries++) {
        const response = await fetch(where, options),
          content = await content_of(response);
        if (response.ok) return content;
        const after = response.status === 503 ? Number(response.headers.get("Retry-After")) : 0;
        const problem = Object.assign(new Error(content.message), {
          status: response.status,
          is_busy: after > 0,
          unread: content.unread ?? [],
        });
        if (!problem.is_busy || tries === TRIES) throw problem;
        const seconds = seconds_to_wait(after, tries);
        tell_of_pause(
          turn,
          `The server is busy. This page asks again in ${Math.ceil(seconds)}\u00a0s ` +
            `(try ${tries + 1} of ${TRIES}).`,
        );
        for (let left = seconds; left > 0; left--) {
          await pause(Math.min(left, 1), options.signal);
          if (!holds()) throw problem;
        }
      }
    } finally {
      tell_of_pause(turn, "");
      wait(-1);
    }
  }

  // While questions are under way, the frame shows it (frame.css).
  let under_way = 0;
  function wait(more) {
    under_way += more;
    document.body.classList.toggle("waiting", under_way > 0);
  }

  // Never earlier than the server says, later each time, and not all visitors at the same moment.
  const seconds_to_wait = (after, tries) =>
    Math.min(LONGEST_PAUSE, after * 2 ** (tries - 1)) * (1 + Math.random() / 2);

  // What stands between may answer with a page of its own.
  async function content_of(response) {
    try {
      return await response.json();
    } catch (problem) {
      if (problem instanceof SyntaxError)
        return { message: `The server cannot answer just now (${response.status}).` };
      throw problem;
    }
  }

  const pause = (seconds, signal) =>
    new Promise((resume, reject) => {
      const timer = setTimeout(resume, 1000 * seconds);
      signal?.addEventListener(
        "abort",
        () => {
          clearTimeout(timer);
          reject(signal.reason);
        },
        { once: true },
      );
    });

  // The last of the questions that wait for a busy server has a line at the foot of the page.
  const pauses = new Map(),
    pause_line = element("p", { id: "server-busy", className: "message", role: "status" });
  document.body.append(pause_line);
  function tell_of_pause(turn, words) {
    if (words) pauses.set(turn, words);
    else pauses.delete(turn);
    set("server-busy", [...pauses.values()].pop() ?? "");
  }

  // Questions of one kind. A new one cancels the one before it, whose answer is null.
  function latest() {
    let current = null;
    const cancel = () => current?.abort();
    return {
      cancel,
      async ask(where) {
        cancel();
        const { signal } = (current = new AbortController());
        try {
          const content = await ask(where, { signal });
          return signal.aborted ? null : content;
        } catch (problem) {
          if (signal.aborted) return null;
          throw problem;
        }
      },
    };
  }
  // For what the page can do without: null where the server refuses.
  const or_null = (answer) =>
    answer.catch((problem) => {
      if (problem.status) return null;
      throw problem;
    });

  // Events of the page, such as "parley:record"; several names are separated by spaces.
  function on(names, listener) {
    for (const name of names.split(" "))
      document.addEventListener(name, ({ detail }) => listener(detail));
  }
  const dispatch = (name, detail) => document.dispatchEvent(new CustomEvent(name, { detail }));
  const on_click = (selector, action) =>
    document.addEventListener("click", (event) => {
      const target = event.target.closest?.(selector);
      if (target) action(target);
    });

  // A function that draws in the next frame, once however often it is called until then.
  function once_a_frame(draw) {
    let frame = null;
    const now = () => {
      cancelAnimationFrame(frame);
      frame = null;
      due.delete(now);
      draw();
    };
    return () => {
      due.add(now);
      frame ??= requestAnimationFrame(now);
    };
  }
  const due = new Set();
  // Calls *changed* with whether the element is in sight, when that changes.
  function watch(place, changed, margin = "0px") {
    const last = (entries) => changed(entries[entries.length - 1].isIntersecting);
    new IntersectionObserver(last, { rootMargin: margin }).observe(place);
    watched.add({ place: new WeakRef(place), changed });
  }
  const watched = new Set();

  // All that draws when it is in sight, or in the next frame, draws now: paper shows what no screen
  // has shown.
  function draw_all() {
    for (const each of watched) {
      if (each.place.deref()?.isConnected) each.changed(true);
      else watched.delete(each);
    }
    for (const now of [...due]) now();
  }

  parley.dom = {
    at,
    set,
    say,
    busy,
    element,
    svg,
    header,
    cell,
    row,
    table,
    wide_table,
    fill,
    put,
    figure_of,
    put_if_there,
    callbacks,
    address,
    readable,
    ask,
    latest,
    or_null,
    on,
    dispatch,
    on_click,
    once_a_frame,
    watch,
    draw_all,
  };
})();
