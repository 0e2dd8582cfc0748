# The teacher’s page.
console-title = Teacher · Parley
console-title-of = { $head } · Teacher · Parley
console-teacher = Teacher
console-open-screen = Open the projector page
console-no-contact = No contact with the server; this page goes on by itself.
console-no-session = This page belongs to a session
console-go-on = Go on with the session you opened
console-open-session = Open a session
console-wiped = Wiped: nothing of this session is left

# How to join.
console-join = How to join
console-join-open = Students open on their phones
console-join-here = Until then: in another window of this computer, at
console-join-code = and type the code
console-join-alone = Try it alone: join in another tab
console-qr = QR code of the address { $address } with the code

# The step, and what to say.
console-steps = Steps
console-step = The step
console-place-lobby = Wait until all are in, then press Start
console-place-debrief = Debrief, { $place }
console-place-paused = Paused
console-say = Say
console-then = Then
console-start = Start
console-resume = Go on
console-next = Next: { $title }
console-finish = End the session
console-back = Back
console-pause = Pause
console-moved-on = The session has moved on in the meantime.

# Before a step is ended, where somebody is missing.
console-not-now = Not now
console-nobody-sits = Nobody has a seat yet
console-nobody-sits-words = If you start, the model plays every state, firm and NGO until somebody comes, or you type in paper ballots.
console-start-anyway = Start all the same
console-unanswered = { $students ->
    [one] { $students } student has not answered
   *[other] { $students } students have not answered
}
console-unanswered-words = If you go on, their answers are missing in the debrief.
console-open-seats = { $seats ->
    [one] { $seats } seat is undecided
   *[other] { $seats } seats are undecided
}
console-unless-accused = If you go on, they accuse nobody, and do not count for a sanction.
console-unless-talked = If you go on, the model answers for them.
console-unless-chosen = If you go on, their earlier choice holds, and where there is none the model plays.
console-go-on-anyway = Go on

# The text.
console-text = The text
console-blockers = Who voted against it
console-vote-model = For empty and silent seats the model answers, which is assumed.
console-text-opens = { $head }. { $words }

# Paper ballots.
console-ballots = Paper ballots
console-ballots-send = Enter the ballots
console-ballots-typed = { $ballots ->
    [one] { $ballots } ballot typed, not entered yet
   *[other] { $ballots } ballots typed, not entered yet
}
console-ballots-entered = { $ballots ->
    [one] { $ballots } ballot entered.
   *[other] { $ballots } ballots entered.
}
console-ballots-count = { $ballots } entered
console-ballots-all-in = all are in
console-ballots-none-keep = No ballot in this step, as teams decide in secret: press Next, and a coin decides for whoever has no phone.
console-ballots-none-accuse = No ballot in this step: press Next, and whoever has no phone accuses nobody.
console-ballots-none = Type at least one ballot first.
console-ballots-wrong = The ballot of { $names } is not complete, or has a wrong key or number.
console-ballot-wrong-key = “{ $key }” is no key here; expected { $keys }. Nothing typed after it was taken: press Backspace, and go on from this ballot.
console-ballot-label = { $seat }: { $question }
console-ballot-entered = ✓ entered
console-ballot-phone = ✓ decided on a phone
console-ballot-key = { $key }: { $choice }
console-ballots-provisions = { $keys }. One key for each provision, and the next has its turn; Enter leaves one as it is, Backspace clears it. ↑ and ↓ go to another seat. A seat left empty is for the model, or for a phone.
console-ballots-keys = One key for each seat, and the next row has its turn. ↑ and ↓ go to another row, Backspace clears it. A row left empty is for the model, or for a phone.
console-ballots-lines = Type, and press Enter for the next. ↑ and ↓ go to another row. A row left empty is for nobody.

# What happens from outside.
console-event = Event
console-inject-head = Let something happen
console-happened-head = What has happened
console-inject = Let it happen

# The debrief.
console-debrief = Debrief

# The way back to the page.
console-way-back = Your way back
console-way-back-head = Your way back to this page
console-way-back-words = Copy your link and keep it to yourself: whoever has it leads the session. In this browser the page Class session offers it, too, until you end it.
console-way-back-over = This browser offers the session no more. Copy your link if you want to come back for the table, or to wipe it.
console-copy-link = Copy my link
console-copied = Copied. Paste it where only you look.
console-not-copied = Not copied: use the link at the end of this page.

# Seats.
console-seats = Seats
console-seats-taken-label = Seats that are taken
console-seats-taken = { $taken ->
    [one] { $taken } seat of { $seats } taken
   *[other] { $taken } seats of { $seats } taken
}
console-undecided = { $seats } undecided
console-all-decided = all have decided
console-nobody-asked = nobody is asked
console-seat-decided = ✓ decided
console-seat-undecided = undecided
console-model-seats = The model plays { $seats }.
console-silent-press = The press is silent, as nobody has its seat.

# Students.
console-students = Students
console-nobody-joined = Nobody has joined yet
console-joined = { $away ->
    [0] { $students ->
        [one] { $students } student
       *[other] { $students } students
    }
   *[other] { $students ->
        [one] { $students } student, { $away } away
       *[other] { $students } students, { $away } away
    }
}
console-on-paper = { $seats ->
    [one] { $seats } seat on paper
   *[other] { $seats } seats on paper
}
console-joined-and-on-paper = { console-joined }, { console-on-paper }
console-student-no-seat = no seat yet
console-student-here = here
console-student-away = away
console-student-away-seconds = away { $seconds } s
console-student-away-minutes = away { $minutes } min
console-student-answered = ✓ answered
console-student-unanswered = not yet
console-hand-on = Hand a seat on, or remove a student
console-hand-student = Student
console-hand-seat = takes the seat
console-no-seat = no seat
console-hand = Hand it on
console-remove = Remove this student
console-sure-remove = Remove { $name }?
console-sure-remove-words = The phone leaves the session, and the name and the seat are free. What the team has decided stands.
console-sure-remove-yes = Remove

# Who comes in.
console-joins-open = Whoever has the code can join.
console-joins-locked = Locked: nobody joins any more.
console-lock = Lock joining
console-unlock = Unlock joining
console-door = { $students ->
    [one] { $students } student waits to be let in
   *[other] { $students } students wait to be let in
}
console-door-words = Many joined from one network at once. If they are your class, let all in: whoever else joins within a minute comes in with them.
console-door-names = Who waits
console-admit-all = Let all in
console-admit = Let in
console-admit-name = Let { $name } in
console-turn-away = Turn { $name } away
console-turn-all-away = Turn all away
console-sure-turn-away = { $students ->
    [one] Turn { $students } student away?
   *[other] Turn { $students } students away?
}
console-sure-turn-away-words = They may try again, unless you lock joining.
console-sure-turn-away-yes = Turn away
console-release = Or give a seat to the model
console-release-send = The model plays it

# Without phones.
console-without-phones = Without phones
console-without-phones-words = If the network fails, the class plays on paper: print the sheets of this session, and type the ballots in on this page.
console-without-phones-secret = What is decided in secret has no ballot: press Next, and a coin decides.

# The end.
console-end = The end
console-export = Download the table (CSV)
console-wipe = Wipe everything
console-seed = Seed of this world: { $seed }. Whoever opens a session with “{ $command }” and decides the same sees the same world.
console-own-link = <a id="own-link">Your link to this page</a> leads back here: keep it, and keep it to yourself.
console-sure-end = End the session?
console-sure-end-words = Nobody can answer afterwards. The debrief stays open, and the table can be downloaded.
console-sure-end-yes = End it
console-sure-wipe = Wipe everything?
console-sure-wipe-words = Names, choices and answers are deleted for good.
console-sure-wipe-yes = Wipe it
