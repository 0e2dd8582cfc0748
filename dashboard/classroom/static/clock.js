// The time left of a step, by the server's clock.
import {at, mark, say, show} from "./dom.js";

const LITTLE = 30;  // seconds left from which the clock stands out

export const minutes = seconds => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;

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
  }

  setInterval(draw, 250);
  return state => {
    if (state.now) ahead = state.now - Date.now() / 1000;
    ({step, paused} = state);
    whole = step.seconds;
    if (told !== null && told !== step.number) say("clock-words", "");
    draw();
  };
}
