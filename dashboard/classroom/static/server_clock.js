// The server's clock, as this page knows it. Each answer brings the server's time, which lies
// between the sending of the request and the coming of its answer: so the server's clock is ahead
// of this one by an amount between two bounds, which every further answer may narrow.
let least = -Infinity,
  most = Infinity; // seconds

const here = () => Date.now() / 1000;

// Begins with the sending of a request, and returns what takes its answer in. A clock of this
// device that somebody has set in the meantime contradicts earlier answers, which are forgotten; one
// that was set back meanwhile says less than what has passed since the sending.
export function timed() {
  const sent = here(),
    start = performance.now();
  return (response) => {
    const time = Number(response.headers.get("Parley-Time"));
    if (!time) return;
    const passed = (performance.now() - start) / 1000,
      [low, high] = [time - here(), time - Math.min(sent, here() - passed)],
      agrees = low <= most && high >= least;
    least = agrees ? Math.max(least, low) : low;
    most = agrees ? Math.min(most, high) : high;
  };
}

// The seconds from now until that *moment* of the server.
export const seconds_until = (moment) => moment - here() - (least + most) / 2;
