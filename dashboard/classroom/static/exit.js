// The questions before the debrief, which each student answers alone: how it was, and the guess
// once more.
import { at, element, with_button } from "./dom.js";
import { guess } from "./guess.js";
import { message } from "./texts.js";

const NAME = "mood";
let again = null,
  asked = null,
  send = null;

export function exit(questions, decide) {
  send = decide;
  asked = questions;
  if (again) return;
  again = guess(asked);
  const tiles = asked.moods.map(({ value, words }) =>
    element(
      "label",
      { className: "tile" },
      element("input", { type: "radio", name: NAME, value }),
      element("strong", {}, words),
    ),
  );
  at("questions").replaceChildren(
    element(
      "fieldset",
      { className: "card" },
      element("legend", { className: "asked" }, asked.feeling),
      element("div", { className: "tiles mood-tiles" }, ...tiles),
    ),
    element("div", { className: "card" }, again.node),
  );
}

at("exit-form").addEventListener("submit", (event) => {
  event.preventDefault();
  with_button(at("exit-send"), "exit-refusal", async () => {
    const mood = document.querySelector(`input[name=${NAME}]:checked`)?.value;
    if (!mood) throw new Error(message("seat-questions-mood"));
    const value = { mood, answer: again.value() },
      { words } = asked.moods.find((each) => each.value === mood);
    await send(value, message("seat-questions-value", { mood: words, number: value.answer }));
    at("head").focus();
  });
});
