// The page Campaign: two questions that take long, each a job of the server: started, polled and
// cancelled. The address holds the question, so a link brings it back, and its answer while the
// server keeps it.
(() => {
  const { at, set, say, put, fill, element, callbacks, on, on_click } = parley.dom,
    { count, day, options } = parley.format;
  const questions = {
    pivots: {
      form: {},
      job: parley.jobs.follower(
        "pivots",
        (answer) => {
          parley.answers.pivots(answer, contrast);
          tables("pivots", "pivots");
          close("pivots");
          next(answer);
        },
        { focus: "pivots-found", keeps: true },
      ),
      pairs: ({ most, who, from }) => [
        ...(who.length ? who.map((id) => ["who", id]) : [["most", most]]),
        ["from", from],
      ],
    },
    campaign: {
      form: {},
      job: parley.jobs.follower(
        "campaign",
        (answer) => {
          parley.answers.campaign(answer);
          tables("campaign", "approached", "lists");
          close("campaign");
        },
        { focus: "campaign-found", keeps: true },
      ),
      pairs: ({ approaches, from }) => [
        ["approaches", approaches],
        ["from", from],
      ],
    },
  };
  const NAMES = Object.keys(questions),
    NUMBERS = { pivots: ["most", "from"], campaign: ["approaches", "from"] };
  const LATER = 400; // milliseconds until controls that the page sets have said so
  let contrast = "signs less stays out",
    page = null,
    quiet = true,
    is_open = null,
    answered = null; // the answer about candidates on show
  const opened = new Promise((resolve) => {
    is_open = resolve;
  });

  // A press counts from the moment the button can be seen: it waits until the address is read and
  // the forms show it.
  async function start(name) {
    const question = questions[name];
    question.has_begun = true;
    set(`${name}-state`, "Starting …");
    await opened;
    if (!at(`${name}-card`)) return;
    const pairs = question.pairs(question.form);
    if (pairs.some(([, value]) => value === "" || value === null)) {
      set(`${name}-state`, "");
      return say(`${name}-problem`, "Fill the form first: a number is missing.");
    }
    parley.view[name] = String(new URLSearchParams(pairs));
    parley.write();
    question.is_asked = true;
    question.job.start(content(name));
  }
  // Once its answer is there the form that asked it is behind it.
  function close(name) {
    if (questions[name].is_asked) at(`${name}-form`).open = false;
    questions[name].is_asked = false;
  }

  // What to ask after an answer about candidates by name: of one firm or NGO its home state, and of
  // all the first ones by weight.
  function next(answer) {
    answered = answer;
    const [{ who, kind }, ...others] = Object.values(answer.pivots)[0],
      home = kind === "state" || others.length ? null : parley.people?.[who]?.home;
    const { who: named, most } = questions.pivots.form,
      choice = (words, whom) =>
        element("button", { type: "button", className: "quiet", dataset: { asks: whom } }, words);
    fill(
      "pivots-next",
      named.length
        ? [
            ...(parley.people?.[home]
              ? [
                  choice(
                    "Ask " +
                      "of " +
                      `${parley.answers.in_sentence({ who: home, name: parley.people[home].name })}, ` +
                      "its home state, instead",
                    home,
                  ),
                ]
              : []),
            choice(`Rank the ${count(most)} whose signature weighs most`, ""),
          ]
        : [],
    );
  }
  function ask_next({ dataset: { asks } }) {
    put("pivots-who", { value: (questions.pivots.form.who = asks ? [asks] : []) });
    months();
    start("pivots");
  }
  const tables = (name, ...all) => {
    for (const table of all) at(`${table}-csv`).href = questions[name].job.table(table);
  };
  const content = (name) => ({ kind: name, view: parley.query(), asked: parley.view[name] });

  // Once the address is read: its questions into the forms, and what was typed meanwhile over them.
  function open() {
    if (!at("campaign") || at("campaign") === page) return;
    page = at("campaign");
    at("pivots-card").parentElement.classList.toggle(
      "asks-pivots",
      parley.view.pivots !== null && parley.view.campaign === null,
    ); // what a link asks stands first
    for (const name of NAMES) {
      questions[name].form = {
        who: [],
        ...Object.fromEntries(
          NUMBERS[name].map((key) => [key, Number(at(`${name}-${key}`).value)]),
        ),
      };
      restore(name);
    }
    setTimeout(() => {
      quiet = false;
      for (const name of NAMES)
        if (questions[name].heard) Object.assign(questions[name].form, questions[name].heard);
      is_open();
      months();
    }, LATER);
    people();
  }

  function hear(name, values) {
    if (quiet) questions[name].heard = values;
    else Object.assign(questions[name].form, values);
    months();
  }

  // The question of the address into its form; then its job, where the server has one. Without one
  // the answer to the form as it is comes first, which the server has for the default view.
  async function restore(name) {
    const text = parley.view[name],
      question = questions[name];
    if (text === null) {
      const job =
        question.has_begun || parley.query()
          ? null
          : await question.job.find({ ...content(name), asked: "" }).catch(() => null);
      if (!at(`${name}-card`) || question.has_begun) return;
      if (job) set(`${name}-state`, "");
      else at(`${name}-form`).open = true;
      return;
    }
    const parameters = new URLSearchParams(text),
      { form } = question;
    question.heard = null;
    for (const key of NUMBERS[name]) {
      const value = parameters.get(key);
      if (value && isFinite(value)) put(`${name}-${key}`, { value: (form[key] = Number(value)) });
    }
    if (parameters.has("who")) put("pivots-who", { value: (form.who = parameters.getAll("who")) });
    if (question.has_begun) return; // somebody pressed the button before the page was whole
    try {
      const job = await question.job.find(content(name));
      if (at(`${name}-card`) && !job && !question.has_begun) {
        at(`${name}-form`).open = true;
        set(
          `${name}-state`,
          "Not simulated yet: press Ask. The answer takes from half a minute to some minutes.",
        );
      }
    } catch (problem) {
      say(`${name}-problem`, problem.message);
    }
  }

  function months() {
    if (!at("campaign") || !parley.record) return;
    const { dates, first_round } = parley.record,
      last = first_round + dates.length - 1;
    for (const name of NAMES) {
      const { from } = questions[name].form,
        date = dates[from - first_round];
      const description = date
        ? `Month ${from} ends on ${day(date)}.`
        : `A month from ${first_round} to ${last}.`;
      put(`${name}-from`, { min: first_round, max: last, description });
    }
    limits();
    candidates();
  }

  // Where names are chosen, the number of candidates is theirs, and nobody need be asked for one.
  function candidates() {
    const { who, most } = questions.pivots.form,
      is_by_name = Boolean(who?.length);
    at("pivots-form").classList.toggle("by-name", is_by_name);
    put(
      "pivots-who",
      is_by_name
        ? {
            label: "Asked about",
            description: `Without a name: the ${count(most)} that weigh most at first sight.`,
          }
        : { label: "Or by name", description: "" },
    );
  }

  // What the questions would take, and, before anybody presses, what is more than a page may ask.
  function limits() {
    const { worlds } = parley.record,
      most = JSON.parse(at("campaign").dataset.most),
      { who, most: number } = questions.pivots.form;
    const candidates = who?.length || number,
      trials = candidates * worlds,
      whole = count;
    const plans = {
      pivots: [
        trials > most.trials,
        `${whole(candidates)} ${candidates === 1 ? "candidate" : "candidates"} in ` +
          `${whole(worlds)} worlds: ${whole(trials)} trials, of at most ` +
          `${whole(most.trials)} on a page.`,
      ],
      campaign: [
        worlds > most.worlds,
        `Chosen on ${whole(worlds)} worlds, of at most ${whole(most.worlds)} on a ` +
          `page; judged on ${whole(2 * worlds)} others.`,
      ],
    };
    for (const [name, [is_over, words]] of Object.entries(plans)) {
      set(
        `${name}-plan`,
        is_over
          ? `${words} Take fewer ` +
              `${name === "pivots" ? "candidates, or fewer worlds" : "worlds"} on Simulate.`
          : words,
      );
      at(`${name}-plan`).classList.toggle("is-over", is_over);
      at(`${name}-start`).disabled = is_over;
    }
  }

  function people() {
    if (!at("campaign") || !parley.people) return;
    put("pivots-who", { data: options() });
    if (answered && questions.pivots.job.job?.state === "done") next(answered);
  }

  function appear() {
    if (!at("campaign") || !parley.record) return;
    const { title, lens, worlds, dates } = parley.record;
    const moved = Object.keys(parley.view.set).length,
      branches = parley.view.branch.length;
    const more = [
      moved && `${moved} dial${moved > 1 ? "s" : ""} moved`,
      branches && `${branches} branch${branches > 1 ? "es" : ""}`,
    ].filter(Boolean);
    set(
      "campaign-view",
      [
        title,
        ...(lens && lens !== "full" ? [`lens ${lens}`] : []),
        ...(parley.view.may_sign
          ? [`open to ${parley.view.may_sign.replaceAll(",", " and ")} alone`]
          : []),
        ...more,
        `${worlds} worlds`,
        `to the end, ${day(dates[dates.length - 1])}`,
      ].join("; "),
    );
    months();
  }

  on("parley:view", open);
  on("parley:record", appear);
  on("parley:people", people);
  for (const name of NAMES) {
    on_click(`#${name}-start`, () => start(name));
    on_click(`#${name}-cancel`, () => questions[name].job.cancel());
    on_click(`#${name}-open`, () => {
      at(`${name}-card`).parentElement.classList.add("shows-both");
      at(`${name}-found`).focus();
    });
  }

  on_click("[data-asks]", ask_next);

  // A fold gives both answers the width of the page, so they move: what was pressed stays where it
  // is.
  let pressed_at = null;
  on_click(".campaign .whole > summary", (summary) => {
    pressed_at = summary.getBoundingClientRect().top;
  });
  document.addEventListener(
    "toggle",
    ({ target }) => {
      if (pressed_at === null || !target.matches?.(".campaign .whole")) return;
      scrollBy({ top: target.getBoundingClientRect().top - pressed_at, behavior: "instant" });
      pressed_at = null;
    },
    true,
  );

  callbacks({
    on_pivots(most, who, from) {
      hear("pivots", { most, who: who ?? [], from });
    },
    on_campaign(approaches, from) {
      hear("campaign", { approaches, from });
    },
    on_contrast(value) {
      contrast = value;
      const { job } = questions.pivots.job;
      if (job?.state === "done") questions.pivots.job.show(job);
    },
  });
})();
