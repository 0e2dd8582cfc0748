# The page of a student: its bar, and what tells of the session as a whole.
seat-title = Your seat · Parley
# $what is the date of the step where its title stands as the heading, else its title.
seat-place = { $step } · { $what }
# Whoever holds the phone, with the others in the team.
seat-team = { $name } with { $others }
seat-none-now = no seat now
seat-none-yet = no seat yet
seat-no-contact = No contact. The page goes on by itself as soon as the Wi-Fi is back.
seat-paused = Paused. Your teacher goes on in a moment.
# What was pressed, until the server has it: at once, after a try that nobody answered (which may
# have reached the server all the same), and at last.
seat-way-sending = On its way
seat-kept-sending = It is in as soon as this page says that it is sent.
seat-way-unsent = Not confirmed yet
seat-kept-unsent = This phone keeps your answer, and sends it again by itself until it is in. Leave this page open.
seat-way-sent = Sent
seat-kept-sent = It is sent.
seat-agreeing-sending = On its way.
seat-agreeing-unsent = Not confirmed yet. This phone sends it again by itself.
seat-agreeing-sent = It is sent.
# $answer is what was pressed, $refusal is a whole sentence without its full stop.
seat-refused = “{ $answer }” does not count: { $refusal }.
seat-time-up = Time is up.
seat-no-session = You are in no session yet
seat-join = Join with a code
seat-happened = What has happened
seat-happened-head = Something has happened
seat-headlines = Headlines

# The seats to take.
seat-seats = Seats
seat-free = free
seat-full = full
seat-of-the-model = the model plays
seat-choose = Choose a seat
seat-choose-words = Whom do you want to speak for? Up to four share a seat.
seat-late = The session has begun. Take a seat that nobody has taken.
seat-late-shared = The session has begun. You join a team with the fewest students.
seat-no-seat-free = No seat is free
seat-no-seat-free-words = Every seat is full: share the phone of a team.
seat-again = Take your seat again
seat-again-words = For another one, ask your teacher.
seat-lost = You have no seat now
seat-lost-to-the-model = The model plays { $seat }. Ask your teacher for a seat.
seat-lost-to-others = Others play { $seat }. Ask your teacher for a seat.

# Waiting for the start.
seat-own = Your seat
seat-own-head = Your seat: { $seat }
seat-own-team = Your team
seat-waiting = As soon as everybody is in, your teacher starts. Until then read your briefing.
seat-another-seat = Choose another seat

# The guess before anything has happened.
seat-guess = Your guess
seat-guess-slider = The same, as a slider
seat-guess-range = Type a number from { $low } to { $high }, or move the slider.
seat-guess-send = That is my guess
seat-guess-once = You guess once. The class sees all guesses at the end, without names; your teacher’s table has yours with your name.
# $words say what the step is about.
seat-guess-first = { $words } Then you take a seat.
seat-guess-in = Your guess is in
seat-guess-value = { $number } { $unit }
seat-guess-kept = It is kept. At the end you see how near you came.

# What the team wants of the text.
seat-wishing = What your team wants
seat-wishing-words = Change what your seat wants otherwise. Leave the rest as it is.
seat-wishing-again = The blocked draft is on the table now. Change what you cannot live with.
seat-wishing-send = Send our wishes
seat-wishing-yes = Yes: send our wishes
seat-wishing-sure = { $changes ->
    [0] We want no change
    [one] We want { $changes } change
   *[other] We want { $changes } changes
}
seat-wishes = Your team wants
seat-wishes-in = Your wishes are in
seat-wishes-in-words = Next the chair makes one draft of all wishes.
seat-wishes-number = { $changes ->
    [0] no change
    [one] { $changes } change
   *[other] { $changes } changes
}
seat-press-wishing = The others say what they want
seat-press-wishing-words = You are the press: soon you read the chair’s draft, and write a headline on it.

# The chair’s draft, the vote on it, and the text that opens.
seat-draft = The draft
seat-draft-words = The middle of all wishes. Can you live with it? Talk to others.
seat-press-draft-words = Only the draft is public, not who asked for what.
seat-accept = Accept it, or block it?
seat-accept-words = Everybody will see who blocks.
seat-accept-after = When all are in, you see what the others say.
seat-press-accept = The others decide on the draft
seat-press-accept-words = You are the press: what would your readers make of it?
seat-vote = The vote
seat-blockers = Who voted against it
seat-vote-by-model = For empty and silent seats the model answers, which is assumed.
seat-text-opens = As it opens for signature, against the text as it was written.

# Signing, staying and leaving.
seat-choice = Your choice
seat-sign = Sign, or stay out?
seat-stay = Stay, or leave?
seat-choose-after = You see in the news what the others do.
seat-press-choose = The others are choosing
seat-press-choose-words = You are the press. In the news you write the headline: talk about what you will look for.

# The secret round.
seat-keep = Do you keep it?
seat-hold-back = Do you hold back?
seat-keep-after = Only your team knows. In the news you see who is accused.
seat-alias-signed = Here you play { $country }. Only your team knows that it is you. You have signed.
seat-alias-unsigned = Here you play { $country }. Only your team knows that it is you. You have not signed: nobody holds you to the text, and you may do what it asks others to leave.
seat-no-secret = The states decide in secret
seat-no-secret-words = Only states act in secret here. In the news you see whom their victims accuse: talk about when you would believe it.

# What a team alone knows of the country that it plays, and how often victims have accused that.
seat-conduct-model = { $times ->
    [0] You play { $country }. A coin decided for you; you were not accused.
    [1] You play { $country }. A coin decided for you; you were accused once.
    [2] You play { $country }. A coin decided for you; you were accused twice.
   *[other] You play { $country }. A coin decided for you; you were accused { $times } times.
}
seat-conduct-keep = { $times ->
    [0] You play { $country }. You held back, and nobody accused you.
    [1] You play { $country }. You held back, and were accused once all the same.
    [2] You play { $country }. You held back, and were accused twice all the same.
   *[other] You play { $country }. You held back, and were accused { $times } times all the same.
}
seat-conduct-break = { $times ->
    [0] You play { $country }. You acted in secret, and were not accused.
    [1] You play { $country }. You acted in secret, and were accused once.
    [2] You play { $country }. You acted in secret, and were accused twice.
   *[other] You play { $country }. You acted in secret, and were accused { $times } times.
}
# Follows on one of these.
seat-sanctioned = { $conduct } You are sanctioned.
seat-unnamed = Your team

# Accusations and sanctions.
seat-accuse = Whom do you accuse?
seat-accuse-how = Accuse { $country }: words, or a sanction?
seat-accuse-after = You see in a moment whether somebody is sanctioned, and in the debrief who was right.
seat-accuse-unplayed = You play nobody of these countries. Whom do you believe? Only the teams of states count for a sanction.
seat-nobody = Nobody
seat-accused = { $times ->
    [1] accused once
    [2] accused twice
   *[other] accused { $times } times
}
seat-words-alone = Words alone
seat-words-alone-means = it is accused in public
seat-sanction-too = A sanction, too
seat-sanction-too-means = states punish it, for instance in trade
seat-sanctions = Sanctions
seat-invented = invented names
seat-another-country = Another country
seat-press-accuse = The others accuse
seat-press-accuse-words = You are the press: whom would you have accused, on what would you rest it, and who should be sanctioned for it?

# What a team decides once: whether all agree, and what it has decided.
seat-sure = Are you sure?
seat-agreed = Are you all agreed?
seat-final = It is final for this step.
seat-final-team = It is final for this step. Does your whole team agree?
# $small is the option with a small first letter, $words is it as it stands above.
seat-yes = Yes: { $small }
seat-not-yet = Not yet, go back
seat-settled = What your team decided
seat-decided = Decided
seat-decided-alone = You have decided
seat-decided-team = Your team has decided
seat-sent-alone = It is sent.
seat-sent-by-you = You submitted it for your team.
seat-sent-by = { $name } submitted it for your team.
seat-agree = I have seen it and agree
seat-seen = Seen by { $names }.
seat-unseen = Nobody else of your team has confirmed it yet.

# The headline of the press.
seat-headline = Your headline
seat-headline-label = Your headline for all of the class
seat-headline-left = { $characters ->
    [one] { $characters } character is left.
   *[other] { $characters } characters are left.
}
seat-headline-empty = Write your headline first.
seat-headline-send = Publish it
seat-headline-write = Write the headline
seat-headline-published = Published

# The news.
seat-news = News
seat-news-words = Who surprises you?
seat-press-news-words = Look at the numbers below first.
seat-list-on = The list on { $day }
# What the team did, as the past says it: signed, stayed out, stayed a signatory, left.
seat-did = Your team { $did }.
seat-did-holds = Nobody of your team answered in time, so your earlier choice holds: { $seat } { $did }.
seat-did-holds-unnamed = Nobody of your team answered in time, so your earlier choice holds: your seat { $did }.
seat-did-model = Nobody of your team answered in time, so the model played for you: { $seat } { $did }.
seat-did-model-unnamed = Nobody of your team answered in time, so the model played for you: your seat { $did }.
seat-accused-in-public = Accused in public
seat-accused-words = Under invented names, by their victims. An accusation may be wrong.
seat-accused-none = None of the invented countries, so far.
seat-out = Seats of this class that stay out

# What happens from outside.
seat-event = Event
seat-event-told = The teacher tells you what happens.
seat-event-talk = Talk about it in your team: does it change what you want?

# The questions before the debrief.
seat-questions = Questions
seat-questions-words = Each of you alone.
seat-questions-names = The class sees the answers without names; your teacher’s table has yours with your name.
seat-questions-send = Send my answers
seat-questions-mood = Tap first how you feel about it.
seat-questions-value = { $mood }, { $number }
seat-questions-thanks = Thank you
seat-questions-kept = Your answers are kept. Now the class talks about it.

# The end.
seat-end = The end
seat-end-words = Ask the model yourself what would have changed the outcome: with your class’s choices, in worlds of other luck.
seat-end-simulator = Open the simulator

# The briefing, until that of the seat has come.
seat-door = Wait until your teacher lets you in
seat-door-you = You have joined as
seat-door-why = Many have joined from your network at once, so your teacher looks who comes in.
seat-door-open = Leave this page open: it goes on by itself.
seat-briefing = Your briefing
seat-briefing-text = What the text asks
seat-briefing-aims = What your team alone knows
seat-briefing-public = What everybody knows
seat-briefing-read = I have read it
