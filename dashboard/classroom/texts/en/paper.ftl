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
paper-none-keep = no ballot: press Next, the model decides
    .words = In secret, and under invented names, each country keeps the text or breaks it. The model decides for all. Victims accuse whom they take for it, and are wrong now and then.
paper-none-accuse = no ballot: press Next, nobody is accused
    .words = Some invented countries were accused in the news. Say aloud whom you would accuse, or nobody, and what you rest it on. Nothing is written down.
paper-record = Record of ballots
    .words = For your notes, and for a class that plays without any computer: count the names that stand.
paper-seat = Seat

# The slides.
slides-title = Who will sign? · Slides of Parley
slides-all = Slides
slides-back = Back
slides-next = Next
slides-place = Slide { $number } of { $last }
