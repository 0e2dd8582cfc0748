// The questions before the debrief, which each student answers alone: how it was, and the guess
// once more.
import { at, element, with_button } from "./dom.js";
import { guess } from "./guess.js";
import { message } from "./texts.js";

const NAME = "mood";
let again = null,
  send = null;

export function exit(asked, decide) {
  send = decide;
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
    await send({ mood, answer: again.value() });
    at("head").focus();
  });
});
