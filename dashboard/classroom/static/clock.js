// The time left of a step, by the server's clock.
import { at, mark, say, show } from "./dom.js";
import { seconds_until } from "./server_clock.js";
import { message } from "./texts.js";

const LITTLE = 30; // seconds left from which the clock stands out

const DAY = 86400,
  HOUR = 3600;
const whole_of = (seconds, unit) => Math.floor(seconds / unit);

// 4:05, and of homework, whose steps take days, 1 d 6 h or 3 h 20 min.
const in_words = (seconds) =>
  seconds >= DAY
    ? message("clock-days", { days: whole_of(seconds, DAY), hours: whole_of(seconds % DAY, HOUR) })
    : seconds >= HOUR
      ? message("clock-hours", {
          hours: whole_of(seconds, HOUR),
          minutes: whole_of(seconds % HOUR, 60),
        })
      : message("clock-minutes", { minutes: whole_of(seconds, 60), seconds: seconds % 60 });

// Keeps #clock and #clock-bar; *on_end* is called once for each step whose time has run out.
export function clock(on_end) {
  let step = null,
    paused = false,
    whole = 0,
    over = null,
    told = null;
  const node = at("clock"),
    bar = at("clock-bar");

  function draw() {
    if (!step) return;
    const timed = step.ends !== null || step.left !== null;
    show(node, timed);
    if (bar) show(bar, timed);
    if (!timed) return;
    const left = Math.max(0, Math.ceil(paused ? step.left : seconds_until(step.ends)));
    say(node, in_words(left));
    mark(
      node,
      "data-pace",
      paused ? "paused" : left === 0 ? "over" : left <= LITTLE ? "little" : "enough",
    );
    if (bar) bar.style.transform = `scaleX(${whole ? Math.min(1, left / whole) : 0})`;
    if (left === 0 && !paused && over !== step.number) {
      over = step.number;
      on_end();
    }
    const words = at("clock-words"),
      little = message("clock-little", { seconds: LITTLE });
    if (!paused && left <= LITTLE && left > 0 && told !== step.number && words) {
      told = step.number;
      say(words, little);
    }
    if (!paused && left === 0 && words && words.textContent === little)
      say(words, message("clock-over"));
  }

  setInterval(draw, 250);
  return (state) => {
    ({ step, paused } = state);
    whole = step.seconds;
    if (told !== null && (told !== step.number || (step.ends === null && !paused))) {
      told = null;
      say("clock-words", "");
    }
    draw();
  };
}
