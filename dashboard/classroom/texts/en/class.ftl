# The page on which a teacher opens a session.
class-title = Class session · Parley
class-skip = Skip to the content
class-pages = Pages
class-brief = Brief
class-brief-about = Brief on the Paris Call as it was, not on a session
class-copy = Copy link
class-copied = Link copied.
class-link = Link to this page
class-scheme = Switch between light and dark
class-head = Let your class negotiate a code of conduct for cyberspace
class-to-form = Open a session ↓
class-lead = Teams take the seats of states, firms, NGOs and the press on their phones and decide, step by step, whether to sign. The model plays everybody else, and stands in for whoever leaves. At the end the class sees its own world beside 200 simulated ones and beside what really happened.
class-first = You open a session and put the code on the wall.
class-second = Students join on their phones, without an account.
class-third = You press Start; the page tells you what to say.
class-print = Print cards and ballots
class-slides = Slides for the class
class-lessons = Lessons, with notes for the teacher
# On paper, where one joins.
class-join-at = { $phones ->
    [yes] Students join at { $address }
   *[no] Students join at { $address }, on this computer alone
}
class-student = Are you a student?
class-join = Join with the code

# Sessions that this browser keeps.
class-opened = Sessions you opened
class-opened-words = Whoever uses this browser can go on with it, until you end the session.
class-go-on = Go on with the session you opened
class-forget = Forget it here

# The form.
class-open-head = Open a session
class-time = How much time have you?
class-rule = When is a draft adopted?
class-secret = Teams also decide in secret whether they keep the text, and accuse each other, under <strong>invented names</strong>. If unticked, teams only sign or stay out.
class-seats = How many seats?
class-room = Room for { $students } students: one to four share a seat. The model plays every state, firm and NGO whose seat stays empty; a press seat that stays empty is silent.
class-scenario = Scenario
class-open = Open the session
class-opening = The model plays its 200 worlds first …
