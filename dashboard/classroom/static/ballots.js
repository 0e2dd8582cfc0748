// Paper ballots: a row for each seat, typed in by keys alone. What is typed stays here until all of
// it is entered.
import { at, element, rows, say, show, with_button } from "./dom.js";
import { either, listed, message } from "./texts.js";

let step = null,
  seats = [],
  send = null;
const field = "input:not([type=radio]), select, input[type=radio]:checked, input[type=radio]";

// The next question of a row that has several, else the next row.
function go_on(row, asked) {
  const own = [...row.querySelectorAll(".asked")],
    next = own[own.indexOf(asked) + 1];
  if (next) first_of(next).focus();
  else go(row, 1);
}

// The row with the focus, the next one that is still open, and the first field of a row.
const open_rows = () => [...at("ballots-rows").children].filter((row) => row.querySelector(field));
const first_of = (row) =>
  row.querySelector("input[type=radio]:checked") ?? row.querySelector(field);
function go(row, by) {
  const all = open_rows(),
    next = all[all.indexOf(row) + by];
  const target = next
    ? first_of(next)
    : by > 0
      ? at("ballots-send")
      : at("ballots-open").querySelector("summary");
  target.focus();
  // so that a second number takes the place of the first
  if (target.type === "text") target.select();
}

const label_of = ({ name }, question) => message("console-ballot-label", { seat: name, question });

function choice_field(seat, { name, words, choices }, number) {
  const keys = choices.map(({ value, key, words: says }) =>
    element(
      "label",
      { className: "key-choice" },
      element("input", { type: "radio", name: `ballot-${number}-${name}`, value }),
      element("kbd", {}, key),
      element("span", {}, says),
    ),
  );
  return element(
    "div",
    { className: "keys", role: "radiogroup", "aria-label": label_of(seat, words) },
    ...(seat.questions.length > 1 ? [element("span", { className: "asks" }, words)] : []),
    ...keys,
    element("small", { className: "refusal", role: "alert" }),
  );
}

// A key that is none of a question's stands beside it until it is taken away, and no other key is
// taken meanwhile: whoever types a pile without a look at the page would else put each ballot that
// follows one row too high.
const is_wrong = (group) => group.hasAttribute("data-wrong");
function mistake(group, key) {
  const keys = [...group.querySelectorAll("kbd")].map((each) => each.textContent.toUpperCase());
  group.setAttribute("data-wrong", key);
  say(
    group.lastChild,
    message("console-ballot-wrong-key", { key: key.toUpperCase(), keys: either(keys) }),
  );
}
function mend(group) {
  group.removeAttribute("data-wrong");
  say(group.lastChild, "");
}

// What answers a question: one key, a list to pick from, a number or a line.
function field_of(seat, question, number) {
  const { words, choices, unit, high, longest } = question,
    label = label_of(seat, words);
  if (choices.some(({ key }) => key)) return [choice_field(seat, question, number)];
  if (choices.length)
    return [
      element(
        "select",
        { "aria-label": label },
        element("option", { value: "" }, "–"),
        ...choices.map(({ value, words: says }) => element("option", { value }, says)),
      ),
    ];
  if (longest)
    return [
      element("input", {
        className: "line",
        type: "text",
        maxLength: longest,
        "aria-label": label,
        autocomplete: "off",
      }),
    ];
  return [
    element("input", {
      className: "number",
      type: "text",
      inputMode: "numeric",
      autocomplete: "off",
      "aria-label": label,
      placeholder: `0–${high}`,
    }),
    element("span", { className: "unit" }, unit),
  ];
}

// What a row says: undefined where it is empty, null where it is not complete.
function value_of(row, { questions }) {
  const parts = [...row.querySelectorAll(".asked")].map((node, place) => {
    const radio = node.querySelector("[role=radiogroup]"),
      text =
        (radio
          ? node.querySelector("input:checked")
          : node.querySelector("input, select")
        )?.value.trim() ?? "";
    const { choices, longest } = questions[place];
    if (radio && is_wrong(radio)) return NaN;
    return text === ""
      ? null
      : choices.length || longest
        ? text
        : /^\d+$/.test(text)
          ? Number(text)
          : NaN;
  });
  if (parts.every((part) => part === null)) return undefined;
  if (
    parts.some((part, place) => (part === null && !questions[place].optional) || Number.isNaN(part))
  )
    return null;
  return questions.length === 1 && !questions[0].name
    ? parts[0]
    : Object.fromEntries(
        questions
          .map(({ name }, place) => [name, parts[place]])
          .filter(([, part]) => part !== null),
      );
}

const typed = () =>
  seats
    .filter(({ answered }) => answered === null)
    .map((seat) => [seat, value_of(row_of(seat.seat), seat)])
    .filter(([, value]) => value !== undefined);
const row_of = (id) => [...at("ballots-rows").children].find((row) => row.dataset.seat === id);
function tell() {
  const all = typed().length;
  say("ballots-words", all ? message("console-ballots-typed", { ballots: all }) : "");
}

function draw(node, seat) {
  const done = seat.answered !== null;
  if (done && !node.querySelector(".done"))
    node.lastChild.replaceChildren(element("span", { className: "done" }));
  if (done)
    say(
      node.querySelector(".done"),
      message(seat.answered === "paper" ? "console-ballot-entered" : "console-ballot-phone"),
    );
}

function make(seat, number) {
  const asked = seat.questions.map((question) =>
    element("div", { className: "asked row" }, ...field_of(seat, question, number)),
  );
  return element(
    "li",
    { "data-seat": seat.seat },
    element("span", { className: "seat-name" }, seat.name),
    element(
      "div",
      {
        className:
          seat.questions.length > 1 && seat.questions[0].optional
            ? "asked-all several"
            : "asked-all",
      },
      ...asked,
    ),
  );
}

// Why a step has no ballots in which seats decide; empty of any other.
const none_in = (kind) =>
  kind === "keep"
    ? message("console-ballots-none-keep")
    : kind === "accuse"
      ? message("console-ballots-none-accuse")
      : "";

export function ballots(state, sender) {
  const {
      ballots: all,
      over,
      step: { number, kind },
    } = state,
    none = over ? "" : none_in(kind);
  send = (value) => sender({ step: number, ballots: value });
  seats = all;
  show("ballots", all.length || none);
  if (step !== number) {
    say("ballots-refusal", "");
    say("ballots-words", "");
  }
  step = number;
  rows(
    "ballots-rows",
    all,
    ({ seat, questions }) =>
      `${number} ${seat} ${questions.flatMap(({ choices }) => choices.map(({ value }) => value))}`,
    make,
    draw,
  );
  const left = all.filter(({ answered }) => answered === null).length;
  // what phones have sent stands at the seats
  const entered = all.filter(({ answered }) => answered === "paper").length;
  say(
    "ballots-count",
    !entered
      ? ""
      : left
        ? message("console-ballots-count", { ballots: entered })
        : message("console-ballots-all-in"),
  );
  show("ballots-count", entered);
  show("ballots-send", left);
  const keys = all[0]?.questions.flatMap(({ choices }) => choices).some(({ key }) => key);
  const several = keys && all[0].questions.length > 1,
    longest = several
      ? all[0].questions.map((each) => each.choices).sort((a, b) => b.length - a.length)[0]
      : [];
  say(
    "ballots-keys",
    none
      ? none
      : several
        ? message("console-ballots-provisions", {
            keys: listed(
              longest.map(({ key, words }) =>
                message("console-ballot-key", { key, choice: words.toLowerCase() }),
              ),
            ),
          })
        : message(keys ? "console-ballots-keys" : "console-ballots-lines"),
  );
}

const moves = { ArrowDown: 1, ArrowUp: -1 };
at("ballots-rows").addEventListener("keydown", (event) => {
  const row = event.target.closest("li"),
    radio = event.target.type === "radio",
    picks = event.target.tagName === "SELECT";
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key in moves && !picks) {
    event.preventDefault();
    go(row, moves[event.key]);
    return;
  }
  const group = radio ? event.target.closest("[role=radiogroup]") : null,
    wrong = group && is_wrong(group);
  if (event.key === "Enter") {
    event.preventDefault();
    if (!wrong) go_on(row, event.target.closest(".asked"));
  } else if (radio && ["Backspace", "Delete"].includes(event.key)) {
    for (const each of group.querySelectorAll("input[type=radio]")) each.checked = false;
    mend(group);
    tell();
  } else if (radio && event.key.length === 1 && event.key !== " ") {
    event.preventDefault();
    if (wrong) return;
    const key = event.key.toLowerCase();
    const label = [...group.querySelectorAll("label")].find(
      (each) => each.querySelector("kbd").textContent === key,
    );
    if (!label) {
      mistake(group, event.key);
      tell();
      return;
    }
    label.querySelector("input").checked = true;
    tell();
    go_on(row, group.closest(".asked"));
  }
});
at("ballots-rows").addEventListener("input", (event) => {
  if (event.target.type === "radio") mend(event.target.closest("[role=radiogroup]"));
  tell();
});
at("ballots-open").addEventListener("toggle", () => {
  const [row] = open_rows();
  if (at("ballots-open").open && row) first_of(row).focus();
});
at("ballots-send").addEventListener("click", (event) =>
  with_button(event.currentTarget, "ballots-refusal", async () => {
    const all = typed(),
      wrong = all.filter(([, value]) => value === null).map(([{ name }]) => name);
    if (!all.length) throw new Error(message("console-ballots-none"));
    if (wrong.length) throw new Error(message("console-ballots-wrong", { names: listed(wrong) }));
    await send(all.map(([{ seat }, value]) => ({ seat, value })));
    say("ballots-words", message("console-ballots-entered", { ballots: all.length }));
    at("skip").focus();
  }),
);
