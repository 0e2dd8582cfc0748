// The page Pivots and campaign: two long questions, each started, polled and cancelled as a job of the server's table.
// The address holds what was asked, so a link brings back the question, and its answer while the server has it.
(() => {
  window.parley ??= {};
  const OFTEN = 700, SELDOM = 3000; // milliseconds between polls, while the server answers and while it does not
  const at = id => document.getElementById(id);
  const put = (component, props) => dash_clientside.set_props(component, props);
  // Who waits: made up when the page is opened, so that one visitor's Cancel is not another's.
  const visitor = [...crypto.getRandomValues(new Uint8Array(12))].map(byte => byte.toString(16).padStart(2, "0")).join("");
  const questions = {
    pivots: {form: {}, job: null, timer: null, pairs: ({most, who, from}) => [...(who.length ? who.map(one => ["who", one]) : [["most", most]]), ["from", from]],
             show: answer => parley.answers.pivots(answer, contrast)},
    campaign: {form: {}, job: null, timer: null, pairs: ({approaches, from}) => [["approaches", approaches], ["from", from]],
               show: answer => parley.answers.campaign(answer)},
  };
  let contrast = "signs less stays out", page = null;

  const under_way = job => job?.state === "waiting" || job?.state === "running";
  const set = (id, words) => { if (at(id) && at(id).textContent !== words) at(id).textContent = words; };

  async function ask(path, content) {
    const how = content ? {method: "POST", headers: {"Content-Type": "application/json"}, body: JSON.stringify({...content, visitor})} : {};
    const answer = await fetch(`data/jobs${path}`, how), told = await answer.json();
    if (!answer.ok) throw Object.assign(new Error(told.message), {told: true});
    return told;
  }

  function problem(name, words) {
    set(`${name}-problem`, words);
    at(`${name}-problem`).hidden = !words;
  }

  async function start(name) {
    const question = questions[name], pairs = question.pairs(question.form);
    if (pairs.some(([, value]) => value === "" || value === null)) return problem(name, "Fill the form first: a number is missing.");
    parley.view[name] = String(new URLSearchParams(pairs));
    parley.write();
    await attempt(name, "", {kind: name, view: parley.query(), asked: parley.view[name]});
    if (under_way(question.job)) at(`${name}-cancel`).focus();
  }

  async function attempt(name, path, content) {
    try {
      follow(name, await ask(path, content));
    } catch (wrong) {
      if (!at(`${name}-card`)) return;
      problem(name, wrong.message);
      if (wrong.told) follow(name, null, false);
    }
  }

  async function poll(name) {
    const question = questions[name];
    if (!at(`${name}-card`) || !question.job) return;
    clearTimeout(question.timer);
    try {
      follow(name, await ask(`/${question.job.key}?visitor=${visitor}`));
    } catch (wrong) {
      if (!at(`${name}-card`)) return;
      if (wrong.told) { problem(name, wrong.message); return follow(name, null, false); }
      set(`${name}-state`, "The server does not answer; trying again");
      question.timer = setTimeout(poll, SELDOM, name);
    }
  }

  function follow(name, job, quiet = true) {
    const question = questions[name], waits = under_way(job), begun = waits && job.total > 0, had_focus = document.activeElement === at(`${name}-cancel`);
    clearTimeout(question.timer);
    question.job = job;
    if (quiet) problem(name, job && !waits && job.state !== "done" ? sentence(job.message) : "");
    at(`${name}-cancel`).hidden = !waits;
    at(`${name}-start`).hidden = waits;
    const bar = at(`${name}-progress`);
    bar.hidden = !waits;
    if (begun) Object.assign(bar, {max: job.total, value: job.done}); else bar.removeAttribute("value");
    set(`${name}-state`, !waits ? (job?.state === "done" ? "Done" : "") : job.state === "waiting" ? queue(job.before) : begun ? "Simulating" : "Starting; the model is compiled at its first use, which may take a minute");
    set(`${name}-count`, begun ? `${job.done} of ${job.total}${left(job.seconds_left)}` : "");
    at(`${name}-answer`).hidden = job?.state !== "done";
    if (had_focus && !waits) at(`${name}-start`).focus();
    if (waits) question.timer = setTimeout(poll, OFTEN, name);
    else if (job?.state === "done") question.show({...job.result, key: job.key});
  }

  const sentence = words => words ? `${words[0].toUpperCase()}${words.slice(1)}.` : "";
  const queue = before => before === 0 ? "Waiting for its turn" : before === 1 ? "Waiting; one question is before it" : `Waiting; ${before} questions are before it`;
  function left(seconds) {
    if (seconds === null) return "";
    if (seconds < 1.5) return ", about a second left";
    return seconds < 90 ? `, about ${Math.round(seconds)} seconds left` : `, about ${Math.round(seconds / 60)} minutes left`;
  }

  // What the address says of a question, into its form; then how that question stands with the server.
  async function restore(name) {
    const asked = parley.view[name];
    if (asked === null) return;
    const said = new URLSearchParams(asked), {form} = questions[name];
    for (const [key, field] of [["most", "most"], ["approaches", "approaches"], ["from", "from"]]) {
      if (said.has(key) && said.get(key) !== "" && isFinite(said.get(key))) put(`${name}-${field}`, {value: form[field] = Number(said.get(key))});
    }
    if (said.has("who")) put("pivots-who", {value: form.who = said.getAll("who")});
    try {
      const job = await ask(`?${new URLSearchParams({kind: name, view: parley.query(), asked})}`);
      if (!at(`${name}-card`) || questions[name].job) return;
      if (under_way(job) || job.state === "done") follow(name, job); else set(`${name}-state`, "Not simulated yet: press Start");
    } catch (wrong) {
      if (at(`${name}-card`)) problem(name, wrong.message);
    }
  }

  function months() {
    if (!at("campaign") || !parley.record) return;
    const {dates, first_round} = parley.record;
    for (const name of ["pivots", "campaign"]) {
      const day = dates[questions[name].form.from - first_round], last = first_round + dates.length - 1;
      put(`${name}-from`, {min: first_round, max: last, description: day ? `Month ${questions[name].form.from} ends on ${parley.figures.day(day)}.` : `A month from ${first_round} to ${last}.`});
    }
  }

  function people() {
    if (!at("campaign") || !parley.people) return;
    put("pivots-who", {data: Object.values(parley.people).map(({id, name}) => ({value: id, label: name})).sort((a, b) => a.label.localeCompare(b.label))});
  }

  function appear() {
    const here = at("campaign");
    if (!here || !parley.record || here === page) return;
    page = here;
    const {title, lens, worlds, seed} = parley.record, number = id => Number(at(id).value);
    const moved = Object.keys(parley.view.set).length, branches = parley.view.branch.length;
    const more = [moved && `${moved} dial${moved > 1 ? "s" : ""} moved`, branches && `${branches} branch${branches > 1 ? "es" : ""}`].filter(Boolean);
    set("campaign-view", [title, ...(lens && lens !== "full" ? [`lens ${lens}`] : []), ...more, `${worlds} worlds, seed ${seed}`].join("; "));
    questions.pivots.form = {most: number("pivots-most"), who: [], from: 0};
    questions.campaign.form = {approaches: number("campaign-approaches"), from: 0};
    for (const name of ["pivots", "campaign"]) restore(name);
    people();
    months();
  }

  document.addEventListener("parley:record", appear);
  document.addEventListener("parley:page", appear);
  document.addEventListener("parley:people", people);
  document.addEventListener("click", event => {
    const [, name, what] = /^(pivots|campaign)-(start|cancel)$/.exec(event.target.id) ?? [];
    if (what === "start") start(name);
    if (what === "cancel" && questions[name].job) attempt(name, `/${questions[name].job.key}/leave`, {});
  });
  // A page in the background is slowed down by the browser; back in front it looks at once.
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) for (const name of ["pivots", "campaign"]) if (under_way(questions[name].job)) poll(name);
  });

  window.dash_clientside ??= {};
  Object.assign(dash_clientside.parley ??= {}, {
    heard_pivots(most, who, from) { Object.assign(questions.pivots.form, {most, who: who ?? [], from}); months(); },
    heard_campaign(approaches, from) { Object.assign(questions.campaign.form, {approaches, from}); months(); },
    heard_contrast(chosen) {
      contrast = chosen;
      if (questions.pivots.job?.state === "done") follow("pivots", questions.pivots.job);
    },
  });
})();
