// Small changes to a page that is already there: what has the focus stays, and nothing is written
// that has not changed.
export const at = (id) => document.getElementById(id);

export function element(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name in node) node[name] = value;
    else node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child !== null));
  return node;
}

export const of = (node) => (typeof node === "string" ? at(node) : node);

export function say(node, text) {
  const place = of(node),
    words = text ?? "";
  if (place.textContent !== words) place.textContent = words;
}

export function show(node, visible) {
  const place = of(node);
  if (place.hidden === Boolean(visible)) place.hidden = !visible;
}

export const is_seen = (node) => node.getClientRects().length > 0;

export function mark(node, name, value) {
  const place = of(node),
    text = String(value);
  if (place.getAttribute(name) !== text) place.setAttribute(name, text);
}

// The children of *parent*, one for each of *items*: made once for a key, filled at each call,
// moved only where they stand wrong.
const made = new WeakMap();
export function rows(parent, items, key, make, fill = () => {}) {
  const place = of(parent),
    known = made.get(place) ?? new Map(),
    now = new Map();
  items.forEach((item, number) => {
    const name = key(item, number),
      node = known.get(name) ?? make(item, number);
    now.set(name, node);
    fill(node, item, number);
  });
  for (const [name, node] of known) if (!now.has(name)) node.remove();
  [...now.values()].forEach((node, number) => {
    if (place.children[number] !== node) place.insertBefore(node, place.children[number] ?? null);
  });
  made.set(place, now);
}

// Where *text* is, as a list of items of text alone.
export const texts = (parent, items, tag = "li") =>
  rows(
    parent,
    items,
    (item, number) => number,
    () => element(tag),
    (node, item) => say(node, item),
  );

// Puts *buttons* to sleep for a moment: the second tap of a double tap falls on whatever the page
// has put there by then.
const MOMENT = 500; // milliseconds
export function doze(...buttons) {
  for (const button of buttons) button.setAttribute("aria-disabled", "true");
  setTimeout(() => {
    for (const button of buttons) button.removeAttribute("aria-disabled");
  }, MOMENT);
}

// Runs *work* with the button asleep, so that two taps send one request; what the server refuses
// stands in *place*.
export async function with_button(button, place, work) {
  if (button.getAttribute("aria-disabled") === "true") return;
  button.setAttribute("aria-disabled", "true");
  say(place, "");
  try {
    await work();
  } catch (error) {
    say(place, error.message);
  }
  doze(button);
}
