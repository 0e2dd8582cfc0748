// The talks over the text: what a team wants, the chair's draft, the vote and what opens.
import { at, element, rows, say, show, texts } from "./dom.js";
import { listed, message } from "./texts.js";
import { capital } from "./words.js";

const UNKNOWN = "unknown"; // convenor, as messages have it
const rung_in_words = (rung) => message(`talks-rung-${rung}`);

// One draft: a line for each provision, with the rungs that it may stand on, where it stood and
// where it stands now.
export function ladders(place, talks, asked = true) {
  rows(
    place,
    talks.draft ?? [],
    ({ id }) => id,
    ({ name, rungs }) =>
      element(
        "li",
        {},
        element("strong", {}, capital(name)),
        element(
          "span",
          { className: "rungs", "aria-hidden": "true" },
          ...rungs.map(() => element("i")),
        ),
        element("span", { className: "to" }),
        element("small", { className: "dimmed" }),
      ),
    (node, { rungs, before, after, more, less }) => {
      const [from, to] = [rungs.indexOf(before), rungs.indexOf(after)],
        moved = from !== to;
      node.className = moved ? (to > from ? "moved up" : "moved down") : "";
      [...node.querySelectorAll("i")].forEach((dot, number) => {
        dot.className =
          number === to
            ? "is-now"
            : number === from
              ? "is-before"
              : number > Math.min(from, to) && number < Math.max(from, to)
                ? "is-between"
                : "";
      });
      say(
        node.children[2],
        moved
          ? message("talks-moves", { before: rung_in_words(before), after: rung_in_words(after) })
          : message("talks-stays", { rung: rung_in_words(after) }),
      );
      say(node.lastChild, asked ? message("talks-wishes", { more, less, seats: talks.seats }) : "");
    },
  );
}

const moves_in = (draft) => draft.filter(({ before, after }) => before !== after).length;
export const by_model = ({ model }) => (model ? message("talks-by-model", { seats: model }) : "");
export function draft_in_words({ draft }) {
  const moves = moves_in(draft);
  return message("talks-draft", { moves, rest: draft.length - moves });
}
export const rule_in_words = ({ needed, seats }) =>
  message(needed === seats ? "talks-rule-all" : "talks-rule", { needed, seats });

const outcome = ({ adopted }) => (adopted ? "adopted" : "failed");

// What came of a vote: the numbers, and who was against it, each by its name. Returns the sections to show,
// none before a vote.
export function vote(place, talks) {
  const node = at(place),
    { vote: last, needed, seats } = talks;
  show(node, last);
  if (!last) return [];
  const [words, names, note] = node.children;
  say(
    words,
    message("talks-vote", {
      accept: last.accept,
      seats,
      needed,
      blockers: last.blockers.length,
      result: outcome(last),
    }),
  );
  rows(
    names,
    last.blockers,
    ({ name }) => name,
    ({ name }) => element("li", {}, name, " ", element("small")),
    (item, { model }) => say(item.lastChild, model ? message("talks-the-model") : ""),
  );
  show(names, last.blockers.length);
  show(
    note,
    last.blockers.some(({ model }) => model),
  );
  return [place];
}

// How the talks ended: the heading, and a line below it.
export function ending({ vote: last, draft, convenor }) {
  const about = { convenor: convenor || UNKNOWN, changes: moves_in(draft) };
  return last.adopted
    ? { head: message("talks-adopted"), words: message("talks-adopted-words", about) }
    : { head: message("talks-failed"), words: message("talks-failed-words", about) };
}

// What a team wants of the text: one row of buttons for each provision, kept while the page is
// drawn anew.
let made = null,
  sending = null;
const name_of = (id) => `wish-${id}`;
const chosen = (id) => document.querySelector(`input[name="${name_of(id)}"]:checked`)?.value;

function changes() {
  return made.provisions
    .filter(({ id, table }) => chosen(id) !== table)
    .map(({ id, name }) => ({ id, name, rung: chosen(id) }));
}

function provision({ id, name, asks, rungs, table }) {
  const buttons = rungs.map(({ value, words }) =>
    element(
      "label",
      { className: value === table ? "rung on-table" : "rung" },
      element("input", { type: "radio", name: name_of(id), value, checked: value === table }),
      element("span", {}, words),
    ),
  );
  return element(
    "fieldset",
    { className: "card wish" },
    element("legend", { className: "asked" }, capital(name)),
    element("p", { className: "small dimmed" }, asks ? message("talks-asks", { what: asks }) : ""),
    element("div", { className: "rung-row", role: "presentation" }, ...buttons),
  );
}

function tell() {
  say("wish-count", message("talks-changes", { changes: changes().length }));
}

export function amend(state, weigh) {
  const {
    talks,
    step: { number },
  } = state;
  sending = weigh;
  if (made?.number === number) return;
  made = { number, provisions: talks.provisions };
  at("wishes").replaceChildren(...talks.provisions.map(provision));
  tell();
}

const wish = () => Object.fromEntries(changes().map(({ id, rung }) => [id, rung]));
const lines_of = (value, provisions) =>
  provisions
    .filter(({ id }) => value[id])
    .map(({ id, name }) =>
      message("talks-wish", { provision: capital(name), rung: rung_in_words(value[id]) }),
    );

// A list of what a team wants, or one line that it wants no change.
export function wanted(place, value, provisions) {
  const lines = lines_of(value, provisions);
  texts(place, lines.length ? lines : [message("talks-no-wish")]);
}

at("wishes")?.addEventListener("change", tell);
at("wish-form")?.addEventListener("submit", (event) => {
  event.preventDefault();
  sending(wish());
});

export function debrief_of(
  [
    finding,
    {
      children: [up, down],
    },
    {
      children: [votes, expected],
    },
  ],
  { talks, worlds },
) {
  const about = {
    deeper: talks.deepened.length,
    weaker: talks.weakened.length,
    convenor: talks.convenor || UNKNOWN,
  };
  say(
    finding,
    !talks.adopted
      ? message("talks-over-failed")
      : !talks.changed
        ? message("talks-over-unchanged")
        : message("talks-over-changed", about),
  );
  for (const [node, all] of [
    [up, talks.deepened],
    [down, talks.weakened],
  ]) {
    show(node, all.length);
    rows(
      node.lastChild,
      all,
      ({ id }) => id,
      ({ name }) => element("li", {}, capital(name), " ", element("small")),
      (item, { after }) => say(item.lastChild, rung_in_words(after)),
    );
  }
  const only = talks.votes.length === 1;
  rows(
    votes.lastChild,
    talks.votes,
    (_, number) => number,
    () => element("li"),
    (item, last, number) =>
      say(
        item,
        capital(
          message(
            only ? "talks-result" : number ? "talks-second-result" : "talks-first-result",
            result_of(last),
          ),
        ),
      ),
  );
  const { own, written, basis } = talks.expected,
    [, words, badge] = expected.children;
  say(
    words,
    message(talks.changed ? "talks-expected-changed" : "talks-expected-unchanged", {
      worlds,
      own: Math.round(own),
      written: Math.round(written),
    }),
  );
  say(badge.firstChild, basis);
}

// Who was against a draft, teams before those for whom the model answers, and what came of it.
function result_of(last) {
  const { blockers } = last;
  const [teams, others] = [false, true].map((by) =>
    blockers.filter(({ model }) => model === by).map(({ name }) => name),
  );
  const who =
    teams.length && others.length
      ? "both"
      : teams.length
        ? "teams"
        : others.length
          ? "model"
          : "nobody";
  return { blockers: who, teams: listed(teams), others: listed(others), result: outcome(last) };
}
