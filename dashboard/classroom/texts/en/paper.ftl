# The page of cards and ballots to print.
paper-title = Cards and ballots to print
paper-what = What to print
paper-print = Print
paper-choose-part = Print
paper-choose-language = Cards and ballots in
paper-choose-plan = Plan
paper-choose-seats = Seats
paper-choose-scenario = Scenario
paper-part-all = Everything
paper-part-teacher = The teacher’s sheets
paper-part-cards = Role cards
paper-part-ballots = Ballots
paper-part-copies = Questions, debrief and rubric

# The teacher's sheets.
paper-for = { $scenario }, { $plan }, { $seats } seats
paper-number = No.
paper-step = Step
paper-time = Time
paper-read-out = Read out
paper-ballots-of = Ballots of
paper-each-team = each team
paper-none-keep = no ballot: press Next, a coin decides
    .words = { -keep-without-phones }
paper-none-accuse = no ballot: press Next, the class accuses nobody
    .words = { -accuse-without-phones }
paper-record = Record of ballots
    .words = For your notes, and for a class that plays without any computer: count the names that stand.
paper-seat = Seat

# The slides.
slides-title = Who will sign? · Slides of Parley
slides-all = Slides
slides-back = Back
slides-next = Next
slides-place = Slide { $number } of { $last }
