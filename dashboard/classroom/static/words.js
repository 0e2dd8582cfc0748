// What pages call the steps, kinds and dates, and what a teacher may say at each step.
export const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

export const day = date => { const [year, month, number] = date.split("-").map(Number); return `${number} ${MONTHS[month - 1]} ${year}`; };
export const month = date => { const [year, number] = date.split("-").map(Number); return `${MONTHS[number - 1].slice(0, 3)} ${year}`; };
export const whole = number => String(Math.round(number)).replace(/\B(?=(\d{3})+$)/g, ",");  // 1,180
export const count = (number, one, many = `${one}s`) => `${whole(number)} ${number === 1 ? one : many}`;
export const times = number => number === 1 ? "once" : number === 2 ? "twice" : `${whole(number)} times`;
export const listed = names => names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
export const middle_in_words = middle => middle % 1 ? `${whole(Math.floor(middle))}.5` : whole(middle);  // of whole numbers
export const team_of = ({name, students}) => students.map(one => one === `${name} on paper` ? "on paper" : one);
export const capital = words => `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
export const spaced = code => code.length === 6 ? `${code.slice(0, 3)} ${code.slice(3)}` : code;

export const KINDS = {state: "States", firm: "Firms", ngo: "NGOs", press: "Press"};

export const PARTS = {
  feelings: "How did it feel?",
  wording: "What you made of the text",
  facts: "What happened",
  conduct: "Who kept it, and who was accused",
  sanction: "Who was sanctioned, and was it right?",
  model: "Your world beside 200 simulated ones",
  record: "And what really happened",
  transfer: "Where else do you see this?",
};

export const SCRIPT = {
  lobby: "“Open the address on your phone or scan the square. Type your name and take a seat. From now on you speak for that seat, not for yourself.”",
  predict: "“Guess before anything happens, each of you alone. No number is wrong: we come back to your guesses at the end.”",
  amend: "“Here is the text, provision by provision. What does your seat want: more, less, or as it stands? Ask others what they could live with. One of you sends it.”",
  draft: "“This is the chair’s draft: of each provision the middle of all wishes. Stand up, talk, trade. Who can live with it, who cannot, and why?” The press writes one headline.",
  accept: "“Accept or block. Is a text that you do not like better than none? Everybody will see who blocks.”",
  text: "“This is the text that opens for signature. Nobody is bound by it yet. What did it cost to get it, or to fail?”",
  choose: "“Talk in your team, then one of you submits. What does your seat gain by signing, what does it give up, and who is watching?”",
  news: "“Look who joined and who did not. Who surprises you? The press may publish one headline.”",
  keep: "“Under invented names, and in secret: do you keep it? What do you gain if nobody sees it, and what if somebody else is accused of it?”",
  accuse: "“You know who was accused, not who did it. Accuse one country, or nobody, in words or with a sanction. What do you rest it on, and what if you are wrong?”",
  event: "“Something has happened. Does it change what is best for your seat?”",
  exit: "“Two answers, each of you alone, before we talk.”",
  feelings: "First feelings, no arguments yet: “What was hard? Who felt pushed, who felt alone?”",
  wording: "“Which provision would you have fought for? What did whoever blocked want, and could you have given it?”",
  facts: "Only what everybody saw: “What happened, and in what order?”",
  conduct: "“How was it to be accused of what you had not done? What should one know before one accuses? Signing was seen by all: was keeping it?”",
  sanction: "“What did you take for proof? Who makes good a sanction that strikes the wrong one, and who dares to ask for none?”",
  model: "“The model played this 200 times without you. Does your world lie within the band or outside, and which decision did that?”",
  record: "“This is the real list. What did governments and firms know that neither you nor the model did?”",
  transfer: "“Where else does everybody wait for somebody to go first?”",
  over: "Take the table along. Wipe the session when you no longer need the names.",
};

// "Step 5 of 12" of the steps that are played: a second round of talks may be left out.
export const step_in_words = ({plan, step: {number}}) => {
  const played = plan.map((each, place) => place).filter(place => !plan[place].left_out);
  return `Step ${played.indexOf(number)} of ${played.length - 1}`;
};
