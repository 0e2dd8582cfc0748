# The steps of a session: their titles, and what each is about.
-keep-without-phones = In secret, and under invented names, each country keeps the text or breaks it. A coin decides for each. Victims accuse whom they take for it, and are wrong now and then.
-accuse-without-phones = Some invented countries were accused in the news. Say aloud whom you would accuse, or nobody, and what you rest it on. Nothing is written down.
sanction-rule = A country is sanctioned if more than half of the states’ teams that decide ask for it, two at least.
-news-words = See who has signed, and who has not. The press writes its headline.
-draft-words = The chair has made one draft of all wishes. Look what moved, and talk to others: who can live with it?
-accept-words = Accept the draft, or block it. All of the class will see who blocks.
-anew-words = You may change your mind, or stay with what you have decided.
step-seats = Take a seat
    .words = Choose whom your team plays. The model plays everybody else.
step-predict = What do you expect?
    .words = Say what you expect, each for yourself, before anything has happened.
step-amend = What should the text say?
    .words = Say what text your seat wants. Leave as it is what you can live with.
step-draft = The chair’s draft
    .words = { -draft-words }
step-accept = Accept or block
    .words = { -accept-words }
step-second-amend = The second round
    .words = The blocked draft is on the table now. Say once more what you want.
step-second-draft = The second draft
    .words = { -draft-words }
step-second-accept = The last word
    .words = { -accept-words }
step-text = The text that opens
    .words = This is the text that opens for signature.
step-launch = The launch
    .words = The text is open. Sign it today, or stay out for now; nobody sees what the others do.
step-months-later = Three months later
    .words = { -news-words }
step-keep = Keep it or not
    .words = Nobody sees what you do here. Victims accuse whom they take for it, and are wrong now and then: it may be you.
step-event = Something happens
    .words = Read it, and talk about what it means for you.
step-anniversary = The first anniversary
    .words = { -anew-words }
step-after-anniversary = After the anniversary
    .words = { -news-words }
step-accuse = Who was it?
    .words = Accuse one country, or nobody: in words alone, or asking for a sanction too. { sanction-rule }
step-november-2021 = November 2021
    .words = { -anew-words }
step-three-years = After three years
    .words = { -news-words }
step-exit = Before we talk
    .words = Two questions: how it was, and a number once more. Each answers alone.
step-debrief = Debrief
    .words = Talk about what happened: what you felt, the facts, the model, the real record, and what it means.

# The plans of a session.
plan-15 = 15 minutes
    .words = One decision at the launch, then news and debrief. Joining takes three minutes more.
plan-50 = 50 minutes
    .words = Three decisions, an event in between, a longer debrief. Joining takes five minutes more.
plan-150 = 150 minutes
    .words = First the teams negotiate the text, in one round or two; then they decide on it as in 50. Joining takes ten minutes more.
plan-week = A week
    .words = Homework: two decisions, with a day or two for each step; the debrief is in class.
plan-real-names = { $plan }, real names alone
column = { $number }. { $step } ({ $what })

# The kinds of seats.
kind-state = States
kind-firm = Firms
kind-ngo = NGOs
kind-press = Press

# The parts of the debrief, in their order.
part-feelings = How did it feel?
part-wording = What you made of the text
part-facts = What happened
part-conduct = Who kept it, and who was accused
part-sanction = Who was sanctioned, and was it right?
part-model = Your world beside 200 simulated ones
part-record = And what really happened
part-transfer = Where else do you see this?

# What a teacher may say at each step, and in each part of the debrief.
script-lobby-told = Phones cannot join yet: say how else, such as in other windows of this computer. “Type your name and take a seat. From now on you speak for that seat, not for yourself.”
script-lobby = “Open the address on your phone or scan the square. Type your name and take a seat. From now on you speak for that seat, not for yourself.”
script-predict = “Guess before anything happens, each of you alone. No number is wrong: we come back to your guesses at the end.”
script-amend = “Here is the text, provision by provision. What does your seat want: more, less, or as it stands? Ask others what they could live with. One of you sends it.”
script-draft = “This is the chair’s draft: of each provision the middle of all wishes. Stand up, talk, trade. Who can live with it, who cannot, and why?” The press writes one headline.
script-draft-without-press = “This is the chair’s draft: of each provision the middle of all wishes. Stand up, talk, trade. Who can live with it, who cannot, and why?”
script-accept = “Accept or block. Is a text that you do not like better than none? Everybody will see who blocks.”
script-text = “This is the text that opens for signature. Nobody is bound by it yet. What did it cost to get it, or to fail?”
script-choose = “Talk in your team, then one of you submits. What does your seat gain by signing, what does it give up, and who is watching?”
script-news = “Look who joined and who did not. Who surprises you? The press may publish one headline.”
script-news-without-press = “Look who joined and who did not. Who surprises you?”
script-keep = “Under invented names, and in secret: do you keep it? What do you gain if nobody sees it, and what if somebody else is accused of it?”
script-keep-without-phones = “{ -keep-without-phones }”
script-accuse-without-phones = “{ -accuse-without-phones }”
script-accuse = “You know who was accused, not who did it. Accuse one country, or nobody, in words or with a sanction. What do you rest it on, and what if you are wrong?”
script-event = “Something has happened. Does it change what is best for your seat?”
script-exit = “Two answers, each of you alone, before we talk.”
script-feelings = First feelings, no arguments yet: “What was hard? Who felt pushed, who felt alone?”
script-wording = “Which provision would you have fought for? What did whoever was against it want, and could you have given it?”
script-facts = Only what everybody saw: “What happened, and in what order?”
script-conduct = “How was it to be accused of what you had not done? What should one know before one accuses? Signing was seen by all: was keeping it?”
script-sanction = “What did you take for proof? Who makes good a sanction that strikes the wrong one, and who dares to ask for none?”
script-model = “The model played this 200 times without you. Does your world lie within the band or outside? Which decision did that, and could luck alone have done it?”
script-record = “This is the real list. What did governments and firms know that neither you nor the model did?”
script-transfer = “Where else does everybody wait for somebody to go first?”
script-over = Take the table along. Wipe the session when you no longer need the names.

step-of = Step { $number } of { $all }
step-over = The session is over

# A student whose answers the teacher types in.
on-paper = on paper
removed-student = removed student { $number }
on-paper-of = { $seat } on paper
