// The page on which a teacher opens a session.
import { LONG, Refusal, answer } from "./api.js";
import { at, element, rows, say, show, with_button } from "./dom.js";
import { message } from "./texts.js";
import "./top.js";
import { spaced } from "./words.js";
import { forget, kept } from "./way_back.js";

function tile(group, value, checked, ...words) {
  const input = element("input", { type: "radio", name: group, value: String(value), checked });
  return element("label", { className: "tile" }, input, ...words);
}

let real = {}; // plan with rounds under invented names -> as long, under real names alone
const value_of = (group) => document.querySelector(`input[name=${group}]:checked`).value;

const plan_of = () => (!at("secret").checked && real[value_of("plan")]) || value_of("plan");

function fill({ scenarios, plans, seats, rules, team, usual, phones, join }) {
  at("plans").replaceChildren(
    ...plans.map(({ id, title }) =>
      tile("plan", id, id === usual.plan, element("strong", {}, title)),
    ),
  );
  const course = () => say("plans-words", plans.find(({ id }) => id === value_of("plan")).words);
  at("plans").addEventListener("change", course);
  course();
  at("sizes").replaceChildren(
    ...seats.map((size) =>
      tile("seats", size, size === usual.seats, element("strong", {}, String(size))),
    ),
  );
  real = Object.fromEntries(plans.map((each) => [each.id, each.real]));
  const secrets = () => show("secrets", real[value_of("plan")]);
  at("plans").addEventListener("change", secrets);
  secrets();
  at("rules").replaceChildren(
    ...rules.map(({ id, title }) =>
      tile("rule", id, id === usual.rule, element("strong", {}, title)),
    ),
  );
  const talks = () => {
    show("rules-all", plans.find(({ id }) => id === value_of("plan")).talks);
    say("rules-words", rules.find(({ id }) => id === value_of("rule")).words);
  };
  for (const place of ["plans", "rules"]) at(place).addEventListener("change", talks);
  talks();
  const room = () =>
    say("sizes-words", message("class-room", { students: team * value_of("seats") }));
  at("sizes").addEventListener("change", room);
  room();
  at("scenario").replaceChildren(
    ...scenarios.map(({ id, title }) =>
      element("option", { value: id, selected: id === usual.scenario }, title),
    ),
  );
  const words = () =>
    say("scenario-words", scenarios.find(({ id }) => id === at("scenario").value)?.words);
  at("scenario").addEventListener("change", words);
  words();
  show("reach", !phones);
  say("join-at", message("class-join-at", { address: join, phones: phones ? "yes" : "no" }));
}

at("form").addEventListener("submit", (event) => {
  event.preventDefault();
  with_button(at("open"), "refusal", async () => {
    const body = {
      scenario: at("scenario").value,
      plan: plan_of(),
      seats: Number(value_of("seats")),
      rule: value_of("rule"),
    };
    say("open", message("class-opening"));
    const { code, secret } = await answer("sessions", { body, patience: LONG }).finally(() =>
      say("open", message("class-open")),
    );
    location.assign(`/class/console#${code}.${secret}`);
  });
});

// The sessions that were opened in this browser and go on.
function opened() {
  const all = Object.entries(kept("teacher"));
  show("opened", all.length);
  rows(
    "opened-rows",
    all,
    ([code]) => code,
    ([code, { token, title }]) =>
      element(
        "li",
        {},
        element(
          "a",
          { className: "main", href: `/class/console#${token}` },
          message("class-go-on"),
        ),
        element("span", {}, `${spaced(code)} · ${title}`),
        element(
          "button",
          {
            className: "plain",
            type: "button",
            onclick: () => {
              forget("teacher", code);
              opened();
            },
          },
          message("class-forget"),
        ),
      ),
  );
}
for (const [code, { token }] of Object.entries(kept("teacher"))) {
  answer("state", { token })
    .then(
      ({ over }) => over,
      (error) => error instanceof Refusal && [401, 403, 404, 410].includes(error.status),
    )
    .then((over) => {
      if (over) {
        forget("teacher", code);
        opened();
      }
    });
}
opened();

answer("choices").then(fill, (error) => say("refusal", error.message));
