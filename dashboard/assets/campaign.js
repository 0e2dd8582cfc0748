// The page Pivots and campaign: two questions that take long, each a job of the server: started, polled and cancelled. The
// address holds the question, so a link brings it back, and its answer while the server keeps it.
(() => {
  const {at, set, say, put, callbacks, on, on_click} = parley.dom, {day, options} = parley.format;
  const questions = {
    pivots: {
      form: {}, job: parley.jobs.follower("pivots", answer => parley.answers.pivots(answer, contrast)),
      pairs: ({most, who, from}) => [...(who.length ? who.map(id => ["who", id]) : [["most", most]]), ["from", from]],
    },
    campaign: {
      form: {}, job: parley.jobs.follower("campaign", answer => parley.answers.campaign(answer)),
      pairs: ({approaches, from}) => [["approaches", approaches], ["from", from]],
    },
  };
  const NAMES = Object.keys(questions);
  let contrast = "signs less stays out", page = null;

  function start(name) {
    const question = questions[name], pairs = question.pairs(question.form);
    if (pairs.some(([, value]) => value === "" || value === null)) return say(`${name}-problem`, "Fill the form first: a number is missing.");
    parley.view[name] = String(new URLSearchParams(pairs));
    parley.write();
    question.job.start({kind: name, view: parley.query(), asked: parley.view[name]});
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
      const job = await questions[name].job.find({kind: name, view: parley.query(), asked: text});
      if (at(`${name}-card`) && !job) set(`${name}-state`, "Not simulated yet: press Start");
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
    on_click(`#${name}-cancel`, () => questions[name].job.cancel());
  }

  callbacks({
    on_pivots(most, who, from) { Object.assign(questions.pivots.form, {most, who: who ?? [], from}); months(); },
    on_campaign(approaches, from) { Object.assign(questions.campaign.form, {approaches, from}); months(); },
    on_contrast(value) {
      contrast = value;
      const {job} = questions.pivots.job;
      if (job?.state === "done") questions.pivots.job.show(job);
    },
  });
})();
