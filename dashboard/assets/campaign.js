// The page Pivots and campaign: two questions that take long, each a job of the server: started, polled and cancelled. The
// address holds the question, so a link brings it back, and its answer while the server keeps it.
(() => {
  const {at, set, say, put, callbacks, ask, on, on_click} = parley.dom, {day, options, capital} = parley.format;
  const OFTEN = 700, SELDOM = 3000; // milliseconds between polls, while the server answers and while it does not
  // A random name for this opening of the page, so that one visitor does not cancel the job of another.
  const visitor = [...crypto.getRandomValues(new Uint8Array(12))].map(byte => byte.toString(16).padStart(2, "0")).join("");
  const questions = {
    pivots: {
      form: {}, job: null, timer: null, show: answer => parley.answers.pivots(answer, contrast),
      pairs: ({most, who, from}) => [...(who.length ? who.map(id => ["who", id]) : [["most", most]]), ["from", from]],
    },
    campaign: {
      form: {}, job: null, timer: null, show: answer => parley.answers.campaign(answer),
      pairs: ({approaches, from}) => [["approaches", approaches], ["from", from]],
    },
  };
  const NAMES = Object.keys(questions);
  let contrast = "signs less stays out", page = null;

  const waits = job => job?.state === "waiting" || job?.state === "running";

  const post = content => ({method: "POST", headers: {"Content-Type": "application/json"}, body: JSON.stringify({...content, visitor})});
  const ask_job = (path, content) => ask(`data/jobs${path}`, content && post(content));

  async function start(name) {
    const question = questions[name], pairs = question.pairs(question.form);
    if (pairs.some(([, value]) => value === "" || value === null)) return say(`${name}-problem`, "Fill the form first: a number is missing.");
    parley.view[name] = String(new URLSearchParams(pairs));
    parley.write();
    await attempt(name, "", {kind: name, view: parley.query(), asked: parley.view[name]});
    if (waits(question.job)) at(`${name}-cancel`).focus();
  }

  async function attempt(name, path, content) {
    try {
      follow(name, await ask_job(path, content));
    } catch (problem) {
      refuse(name, problem);
    }
  }

  // The server's refusal ends the job; a server that does not answer may still have it.
  function refuse(name, problem) {
    if (!at(`${name}-card`)) return;
    say(`${name}-problem`, problem.message);
    if (problem.status) show_job(name, null);
  }

  async function poll(name) {
    const question = questions[name];
    if (!at(`${name}-card`) || !question.job) return;
    clearTimeout(question.timer);
    try {
      follow(name, await ask_job(`/${question.job.key}?visitor=${visitor}`));
    } catch (problem) {
      if ((problem.status && !problem.is_busy) || !at(`${name}-card`)) return refuse(name, problem);
      set(`${name}-state`, "The server does not answer; trying again");
      question.timer = setTimeout(poll, SELDOM, name);
    }
  }

  function follow(name, job) {
    say(`${name}-problem`, waits(job) || job.state === "done" || !job.message ? "" : capital(`${job.message}.`));
    show_job(name, job);
  }

  function show_job(name, job) {
    const question = questions[name], waiting = waits(job), counted = waiting && job.total > 0, done = job?.state === "done";
    const cancel = at(`${name}-cancel`), had_focus = document.activeElement === cancel, bar = at(`${name}-progress`);
    clearTimeout(question.timer);
    question.job = job;
    cancel.hidden = bar.hidden = !waiting;
    at(`${name}-start`).hidden = waiting;
    if (counted) Object.assign(bar, {max: job.total, value: job.done}); else bar.removeAttribute("value");
    set(`${name}-state`, waiting ? progress(job) : done ? "Done" : "");
    set(`${name}-count`, counted ? `${job.done} of ${job.total}${time_left(job.seconds_left)}` : "");
    at(`${name}-answer`).hidden = !done;
    if (had_focus && !waiting) at(`${name}-start`).focus();
    if (waiting) question.timer = setTimeout(poll, OFTEN, name);
    else if (done) question.show({...job.result, key: job.key});
  }

  function progress({state, before, total}) {
    if (state === "running") return total > 0 ? "Simulating" : "Starting; the model is compiled at its first use, which may take a minute";
    return before === 0 ? "Waiting for its turn" : before === 1 ? "Waiting; one question is before it" : `Waiting; ${before} questions are before it`;
  }

  function time_left(seconds) {
    if (seconds === null) return "";
    if (seconds < 1.5) return ", about a second left";
    return seconds < 90 ? `, about ${Math.round(seconds)} seconds left` : `, about ${Math.round(seconds / 60)} minutes left`;
  }

  // The question of the address into its form; then its job, where the server has one.
  async function restore(name) {
    const text = parley.view[name];
    if (text === null) return;
    const parameters = new URLSearchParams(text), {form} = questions[name];
    for (const key of ["most", "approaches", "from"]) {
      const value = parameters.get(key);
      if (value && isFinite(value)) put(`${name}-${key}`, {value: form[key] = Number(value)});
    }
    if (parameters.has("who")) put("pivots-who", {value: form.who = parameters.getAll("who")});
    try {
      const job = await ask_job(`?${new URLSearchParams({kind: name, view: parley.query(), asked: text})}`);
      if (!at(`${name}-card`) || questions[name].job) return;
      if (waits(job) || job.state === "done") follow(name, job); else set(`${name}-state`, "Not simulated yet: press Start");
    } catch (problem) {
      say(`${name}-problem`, problem.message);
    }
  }

  function months() {
    if (!at("campaign") || !parley.record) return;
    const {dates, first_round} = parley.record, last = first_round + dates.length - 1;
    for (const name of NAMES) {
      const {from} = questions[name].form, date = dates[from - first_round];
      const description = date ? `Month ${from} ends on ${day(date)}.` : `A month from ${first_round} to ${last}.`;
      put(`${name}-from`, {min: first_round, max: last, description});
    }
  }

  function people() {
    if (at("campaign") && parley.people) put("pivots-who", {data: options()});
  }

  function appear() {
    if (!at("campaign") || !parley.record || at("campaign") === page) return;
    page = at("campaign");
    const {title, lens, worlds, seed} = parley.record, number = id => Number(at(id).value);
    const moved = Object.keys(parley.view.set).length, branches = parley.view.branch.length;
    const more = [moved && `${moved} dial${moved > 1 ? "s" : ""} moved`, branches && `${branches} branch${branches > 1 ? "es" : ""}`].filter(Boolean);
    set("campaign-view", [title, ...(lens && lens !== "full" ? [`lens ${lens}`] : []),
      ...(parley.view.may_sign ? [`open to ${parley.view.may_sign.replaceAll(",", " and ")} alone`] : []), ...more, `${worlds} worlds, seed ${seed}`].join("; "));
    questions.pivots.form = {most: number("pivots-most"), who: [], from: 0};
    questions.campaign.form = {approaches: number("campaign-approaches"), from: 0};
    NAMES.forEach(restore);
    people();
    months();
  }

  on("parley:record parley:page", appear);
  on("parley:people", people);
  for (const name of NAMES) {
    on_click(`#${name}-start`, () => start(name));
    on_click(`#${name}-cancel`, () => { if (questions[name].job) attempt(name, `/${questions[name].job.key}/leave`, {}); });
  }
  // A page in the background is slowed down by the browser; back in front it polls at once.
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) for (const name of NAMES) if (waits(questions[name].job)) poll(name);
  });

  callbacks({
    on_pivots(most, who, from) { Object.assign(questions.pivots.form, {most, who: who ?? [], from}); months(); },
    on_campaign(approaches, from) { Object.assign(questions.campaign.form, {approaches, from}); months(); },
    on_contrast(value) {
      contrast = value;
      if (questions.pivots.job?.state === "done") follow("pivots", questions.pivots.job);
    },
  });
})();
