// The time left of a step, by the server's clock.
import {at, mark, say, show} from "./dom.js";

const LITTLE = 30;  // seconds left from which the clock stands out

const DAY = 86400, HOUR = 3600;
const whole_of = (seconds, unit) => Math.floor(seconds / unit);

// 4:05, and of homework, whose steps take days, 1 d 6 h or 3 h 20 min.
export const minutes = seconds => seconds >= DAY ? `${whole_of(seconds, DAY)} d ${whole_of(seconds % DAY, HOUR)} h`
  : seconds >= HOUR ? `${whole_of(seconds, HOUR)} h ${whole_of(seconds % HOUR, 60)} min`
  : `${whole_of(seconds, 60)}:${String(seconds % 60).padStart(2, "0")}`;

// Keeps #clock and #clock-bar; *on_end* is called once for each step whose time has run out.
export function clock(on_end) {
  let ahead = 0, step = null, paused = false, whole = 0, over = null, told = null;
  const node = at("clock"), bar = at("clock-bar");

  function draw() {
    if (!step) return;
    const timed = step.ends !== null || step.left !== null;
    show(node, timed);
    if (bar) show(bar, timed);
    if (!timed) return;
    const left = Math.max(0, Math.ceil(paused ? step.left : step.ends - (Date.now() / 1000 + ahead)));
    say(node, minutes(left));
    mark(node, "data-pace", paused ? "paused" : left === 0 ? "over" : left <= LITTLE ? "little" : "enough");
    if (bar) bar.style.transform = `scaleX(${whole ? Math.min(1, left / whole) : 0})`;
    if (left === 0 && !paused && over !== step.number) { over = step.number; on_end(); }
    const words = at("clock-words");
    if (!paused && left <= LITTLE && left > 0 && told !== step.number && words) { told = step.number; say(words, `${LITTLE} seconds are left`); }
    if (!paused && left === 0 && words && words.textContent.startsWith(String(LITTLE))) say(words, "Time is up");
  }

  setInterval(draw, 250);
  return state => {
    if (state.now) ahead = state.now - Date.now() / 1000;
    ({step, paused} = state);
    whole = step.seconds;
    if (told !== null && (told !== step.number || (step.ends === null && !paused))) { told = null; say("clock-words", ""); }
    draw();
  };
}
