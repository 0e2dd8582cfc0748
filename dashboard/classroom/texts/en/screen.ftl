# The page for the projector, which all of a class looks at.
screen-title = Projector page · Parley
screen-title-of = { $code } · { $head } · { $session } · Parley
screen-locked = Joining is locked
screen-late = Late? { $address } ·
screen-late-told = Late? Your teacher says how to join ·
screen-paused = Paused
screen-no-contact = No contact; the page goes on by itself
screen-gone = Open this page from the teacher’s page

# How to join.
screen-join = How to join
screen-join-open = Open on your phone
screen-join-code = and type the code
screen-join-words = Join on your phone and type your name. { screen-empty-seats }
screen-join-told = Your teacher says how to join.
screen-join-told-code = Then type the code
screen-empty-seats = { $press ->
    [0] The model plays every seat that stays empty.
   *[other] The model plays every state, firm and NGO whose seat stays empty; the press is silent without a team.
}
screen-qr = QR code of the address { $address } with the code
screen-joined = { $students ->
    [0] Nobody has a seat yet
    [one] { $students } student has a seat; { $taken } of { $seats } seats are taken
   *[other] { $students } students have a seat; { $taken } of { $seats } seats are taken
}

# The seats, and who has decided.
screen-seats = Seats
screen-seat-watches = watches
screen-seat-decided = has decided
screen-seat-thinks = is thinking
screen-decided = { $seats ->
    [one] { $decided } of { $seats } seat has decided.
   *[other] { $decided } of { $seats } seats have decided.
}
screen-model-all = The model plays all states, firms and NGOs.
screen-model-others = { $seats ->
    [1] The model plays the other one.
   *[other] The model plays the other { $seats }.
}
screen-silent-press = The press is silent.

# What each answers alone.
screen-statement = What it is about
screen-answered = Who has answered
screen-answered-words = { $students ->
    [one] { $answered } of { $students } student has answered
   *[other] { $answered ->
        [one] { $answered } of { $students } students has answered
       *[other] { $answered } of { $students } students have answered
    }
}
screen-all-answered = All have answered
screen-predict-words = Each of you alone, on your phone.
screen-exit-statement = How was it, and what would you guess now?
screen-exit-words = Answer on your phone, each of you alone.

# Talks over the text.
screen-text = The text
screen-text-head = What the text asks
screen-chair = The chair makes one draft of all wishes.
screen-vote = The vote
screen-blockers = Who voted against it
screen-vote-model = For empty and silent seats the model answers:
screen-draft = The draft
screen-draft-press = Headlines

# Invented countries.
screen-keep-words = In secret, and under invented names: nobody sees which seat plays which country.
screen-countries = Countries
screen-countries-head = Accused so far
screen-nobody-accused = None of the invented countries, so far.
screen-sanctions = Sanctions
screen-invented = invented names

# The news.
screen-world = The world
screen-list-on = The list on { $date }
screen-headlines = Headlines
screen-no-headline = The press is still writing.
screen-out = Your seats that stay out
screen-accused = Accused
screen-accused-badge = assumed, invented names
screen-happened = What has happened
screen-happened-head = Something has happened
screen-no-event = Listen to your teacher.

# The debrief.
screen-debrief = Debrief
