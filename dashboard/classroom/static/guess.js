// A whole number to guess: a field for the keyboard and a slider for the thumb, which say the same.
import { element } from "./dom.js";
import { message, whole } from "./texts.js";

let number = 0;

export function guess({ question, unit, low, high }) {
  const id = `guess-${(number += 1)}`;
  const field = element("input", {
    id,
    inputMode: "numeric",
    autocomplete: "off",
    placeholder: "?",
    className: "guess-field",
  });
  const slider = element("input", {
    type: "range",
    min: String(low),
    max: String(high),
    value: String(low),
    "aria-label": message("seat-guess-slider"),
  });
  slider.addEventListener("input", () => {
    field.value = slider.value;
  });
  field.addEventListener("input", () => {
    field.value = field.value.replace(/\D/g, "").slice(0, 6);
    slider.value = field.value || String(low);
  });
  const node = element(
    "div",
    { className: "stack" },
    element("label", { htmlFor: id, className: "asked" }, question),
    element("div", { className: "guess" }, field, element("span", { className: "dimmed" }, unit)),
    element(
      "div",
      { className: "slide" },
      slider,
      element(
        "div",
        { className: "ends dimmed small" },
        element("span", {}, whole(low)),
        element("span", {}, whole(high)),
      ),
    ),
  );
  return {
    node,
    value() {
      const value = Number(field.value);
      if (field.value !== "" && value >= low && value <= high) return value;
      field.focus();
      throw new Error(message("seat-guess-range", { low, high }));
    },
  };
}
