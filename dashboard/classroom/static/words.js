// Codes, teams, sentences and the place in the plan, as pages write them.
import { message } from "./texts.js";

export const team_of = ({ name, students }) =>
  students.map((one) =>
    one === message("on-paper-of", { seat: name }) ? message("on-paper") : one,
  );
export const capital = (words) => `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
export const spaced = (code) => (code.length === 6 ? `${code.slice(0, 3)} ${code.slice(3)}` : code);

// "Step 5 of 19", by the numbers that ballots and the teacher's table have: steps that are left out
// keep theirs.
export const step_in_words = ({ plan, step: { number } }) =>
  message("step-of", { number, all: plan.length - 1 });

// Those of *all* that say anything, one after the other.
export const sentences = (...all) => all.filter(Boolean).join(" ");
