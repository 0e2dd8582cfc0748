// The seats of a session, by kind, as buttons.
import { element, rows, say, with_button } from "./dom.js";
import { listed, message } from "./texts.js";

const KINDS = ["state", "firm", "ngo", "press"];

export function seating(place, seats, own, take) {
  const kinds = KINDS.filter((kind) => seats.some((seat) => seat.kind === kind));
  if (!place.lastElementChild?.matches(".refusal")) {
    place.replaceChildren(
      element("div", { className: "stack" }),
      element("p", { className: "refusal", role: "alert" }),
    );
  }
  const [groups, refusal] = place.children;
  rows(
    groups,
    kinds,
    (kind) => kind,
    (kind) =>
      element(
        "div",
        { className: "stack tight" },
        element("h2", {}, message(`kind-${kind}`)),
        element("ul", { className: "seats" }),
      ),
    (group, kind) =>
      rows(
        group.lastChild,
        seats.filter((seat) => seat.kind === kind),
        (seat) => seat.id,
        (seat) => {
          const button = element(
            "button",
            { type: "button", className: "seat" },
            element("strong", {}, seat.name),
            element("span"),
          );
          button.addEventListener("click", () => with_button(button, refusal, () => take(seat.id)));
          return element("li", {}, button);
        },
        (item, seat) => {
          const button = item.firstChild,
            own_seat = seat.id === own?.id,
            full = !own_seat && (seat.model || seat.full);
          button.disabled = full;
          button.className = `seat${own_seat ? " is-own" : ""}`;
          say(
            button.lastChild,
            full
              ? message(seat.model ? "seat-of-the-model" : "seat-full")
              : seat.students.length
                ? listed(seat.students)
                : message("seat-free"),
          );
        },
      ),
  );
}
