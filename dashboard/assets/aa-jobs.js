// Jobs of the server as pages follow them: a long question is started, polled, cancelled, and found
// again by its address.
(() => {
  const { at, set, say, busy, ask } = parley.dom,
    { capital, count: number, duration } = parley.format;
  const OFTEN = 700,
    SELDOM = 3000; // milliseconds between polls, while the server answers and while it does not
  const SETTLES = 1000; // milliseconds within which the figures of an answer find their places
  // A random name for this opening of the page, so that one visitor does not cancel the job of
  // another.
  const visitor = [...crypto.getRandomValues(new Uint8Array(12))]
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("");
  const followers = [];

  const waits = (job) => job?.state === "waiting" || job?.state === "running";
  const post = (content) => ({
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ ...content, visitor }),
  });
  const ask_job = (path, content) => ask(`data/jobs${path}`, content && post(content));

  // The heading of an answer has the focus and stands in the upper part of the screen, however the
  // layout still moves it; whoever scrolls or types meanwhile is left where they are.
  function arrive(place) {
    const until = performance.now() + SETTLES,
      own = new AbortController();
    for (const kind of ["wheel", "touchmove", "pointerdown", "keydown"])
      addEventListener(kind, () => own.abort(), { passive: true, signal: own.signal });
    place.focus({ preventScroll: true });
    (function keep() {
      if (own.signal.aborted) return;
      if (!place.isConnected || performance.now() > until) return own.abort();
      const { top } = place.getBoundingClientRect();
      if (top < 0 || top > innerHeight / 3)
        place.scrollIntoView({ block: "start", behavior: "instant" });
      requestAnimationFrame(keep);
    })();
  }

  // Follows one job at a time in the elements of a page that are called *name* and what they are
  // for. *show* draws its answer; *words* may say how the end of the work is called, what is
  // counted, where the focus goes once it is done, and whether the answer before it stays until
  // then.
  function follower(
    name,
    show,
    {
      ending = "Simulating",
      counted = "",
      focus = `${name}-start`,
      begin = () => `${name}-start`,
      keeps = false,
    } = {},
  ) {
    const own = {
      job: null,
      waits: () => waits(own.job),
      start,
      find,
      poll,
      cancel,
      leave,
      show: show_job,
      table,
    };
    let timer = null,
      asked = 0,
      question = {}; // as this visitor spells it

    async function start(content) {
      question = content;
      set(`${name}-state`, "Starting …");
      busy(`${name}-answer`, true);
      await attempt("", content);
      if (own.waits()) at(`${name}-cancel`).focus();
      else if (own.job?.state === "done") arrive(at(focus)); // the answer was there already
    }

    async function attempt(path, content) {
      const turn = ++asked;
      try {
        const job = await ask_job(path, content);
        if (turn === asked) follow(job);
      } catch (problem) {
        if (turn === asked) refuse(problem);
      }
    }

    // The job of a question, where the server has one; else null. It is neither started nor waited
    // for.
    async function find(content) {
      question = content;
      const turn = ++asked,
        job = await ask_job(`?${new URLSearchParams(content)}`);
      if (!at(`${name}-card`) || turn !== asked) return own.job;
      if (waits(job) || job.state === "done") follow(job);
      else show_job(null);
      return own.job;
    }

    // The server's refusal ends the job; a server that does not answer may still have it.
    function refuse(problem) {
      if (!at(`${name}-card`)) return;
      say(`${name}-problem`, capital(problem.message));
      busy(`${name}-answer`, false);
      if (problem.status) show_job(null);
    }

    async function poll() {
      if (!at(`${name}-card`) || !own.job) return;
      clearTimeout(timer);
      const turn = asked;
      try {
        const job = await ask_job(
          `/${own.job.key}?${new URLSearchParams({ visitor, ...question })}`,
        );
        if (turn === asked) follow(job);
      } catch (problem) {
        if (turn !== asked) return;
        if ((problem.status && !problem.is_busy) || !at(`${name}-card`)) return refuse(problem);
        set(`${name}-state`, "The server does not answer; trying again");
        timer = setTimeout(poll, SELDOM);
      }
    }

    // The address of a table of the answer, in whose rows the question is spelled as it was asked
    // here.
    function table(table) {
      return `data/jobs/${own.job.key}/${table}.csv?${new URLSearchParams(question)}`;
    }

    function cancel() {
      if (own.job) attempt(`/${own.job.key}/leave`, {});
    }

    // Another question takes its place; it goes on where others wait for it.
    function leave() {
      if (own.waits()) ask_job(`/${own.job.key}/leave`, {}).catch(() => {});
      asked++;
      show_job(null);
    }

    function follow(job) {
      say(
        `${name}-problem`,
        waits(job) || job.state === "done" || !job.message ? "" : capital(`${job.message}.`),
      );
      show_job(job);
    }

    function show_job(job) {
      const waiting = waits(job),
        has_total = waiting && job.total > 0,
        done = job?.state === "done";
      const button = at(`${name}-cancel`),
        had_focus = document.activeElement === button,
        bar = at(`${name}-progress`);
      clearTimeout(timer);
      own.job = job;
      button.hidden = bar.hidden = !waiting;
      at(`${name}-start`).hidden = waiting;
      if (has_total) Object.assign(bar, { max: job.total, value: job.done });
      else bar.removeAttribute("value");
      set(`${name}-state`, waiting ? progress(job) : done ? "Done" : "");
      set(`${name}-count`, has_total ? count(job) : "");
      at(`${name}-answer`).hidden = !done && !(keeps && waiting && !at(`${name}-answer`).hidden);
      busy(`${name}-answer`, waiting);
      if (waiting) timer = setTimeout(poll, OFTEN);
      else if (done) show({ ...job.result, key: job.key });
      if (had_focus && done) arrive(at(focus));
      else if (had_focus && !waiting) at(begin()).focus();
    }

    function progress({ state, before, done, total }) {
      if (state === "running" && total > 0) return done === total ? ending : "Simulating";
      if (state === "running")
        return "Starting; the model is compiled at its first use, which may take a minute";
      return before === 0
        ? "Waiting for its turn"
        : before === 1
          ? "Waiting; one question is before it"
          : `Waiting; ${before} questions are before it`;
    }

    function count({ done, total, seconds_left }) {
      if (!counted) return `${done} of ${total}${time_left(seconds_left)}`;
      if (done === total) return `${number(total)} ${counted}`;
      const rate =
        seconds_left > 0 && done > 0 ? `, ${number((total - done) / seconds_left)} a second` : "";
      return `${number(done)} of ${number(total)} ${counted}${rate}${time_left(seconds_left)}`;
    }

    followers.push(own);
    return own;
  }

  function time_left(seconds) {
    if (seconds === null) return "";
    if (seconds < 1.5) return ", about a second left";
    return `, about ${duration(seconds)} left`;
  }

  // A page in the background is slowed down by the browser; back in front it polls at once.
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) for (const each of followers) if (each.waits()) each.poll();
  });

  parley.jobs = { follower };
})();
