# Talks: how they end, who refuses or gains, over which text, and how sure that is.

## The headline

talks-headline = { talks-verdict }: { talks-outcome }.
talks-verdict = { $rule ->
    [open-call] The convenor's text stands
   *[other] { talks-end }{ $always ->
        [yes] { "" }
       *[no] { " " }in most worlds
    }
}
talks-end = { $end ->
    [consensus] { $agreed ->
        [yes] Consensus
       *[no] No consensus
    }
    [two-thirds] { $agreed ->
        [yes] Two thirds ({ talks-majority })
       *[no] No two thirds ({ talks-majority })
    }
   *[majority] { $agreed ->
        [yes] A majority ({ talks-majority })
       *[no] No majority ({ talks-majority })
    }
}
talks-majority = { $needed } of { $votes } seats{ $weight ->
    [none] { "" }
   *[some] { " " }with { PERCENT($weight) } of the weight
}
talks-outcome = { $adopted ->
    [0] no text is adopted in any of { $worlds } simulated worlds
   *[other] a text is adopted in { $adopted } of { $worlds } simulated worlds
}

## What is negotiated

talks-part-scope = What is negotiated
talks-states = { $states ->
    [one] 1 state
   *[other] { $states } states
}
talks-organisations = { $organisations } firms and NGOs
talks-scope = { LIST($voters) } negotiate { $provisions } provisions on conduct in cyberspace.
talks-rule = { $rule ->
    [consensus] A text stands only if all { $votes } accept it (consensus), within { $deadline } drafts.
    [open-call] The convenor's text stands as it is.
   *[majority] A text stands if { talks-majority } accept it{ $amendments ->
        [yes] , after votes on changes to it
       *[no] { "" }
    }.
}
talks-voices = { LIST($voices) } may speak and have no vote.
talks-tabled = The text tabled, with which they begin, asks for most that is new on { QUOTED($provisions) }.

## An open call

talks-part-suits = Whom it suits
talks-suits = Of { $seats } seats { MEAN($accept) } would accept it, on average; nobody can block.
talks-unsuited = In half of the worlds or more it would not suit { NAMES($names, most: 4) }.

## Talks that fail

talks-part-refusals = Who refuses
talks-refusals = On average { COUNT($refuse) } of { $votes } refuse even { $rule ->
    [consensus] the draft nearest to agreement
   *[other] the draft that comes nearest
}.
talks-sides = In most failed talks it goes { $sides }.
talks-too-far = too far for { NAMES($names, most: 4) }
talks-too-little = not far enough for { NAMES($names, most: 4) }
talks-both-sides = { $first }, and { $second }
talks-part-dispute = Over what
talks-dispute = What divides them most is “{ $provision }”, in { $failures ->
    [1] the one failure
   *[other] { COUNT($cases) } of { $failures } failed talks
}.
talks-nearest = { $rule ->
    [consensus] Even under the nearest draft, the seat that likes it least would lose { POINTS($loss) } points on average, compared with no text (100 points are all it wants).
   *[other] The nearest draft is the one that seats of most weight accept.
}

## Talks that end with a text

talks-part-gains = Who gains
talks-gains = { CAPITAL($winners) } { $several ->
    [yes] gain
   *[no] gains
} most
talks-nobody-worse = No seat that accepts is worse off than without a text. { talks-gains }, { $last } least.
talks-worse = { talks-gains }. Worse off than without a text, and { $fate ->
    [outvoted] outvoted
   *[paid] paid by others to accept it
}: { NAMES($losers, most: 4) }.
talks-winners = { NAMES($names, most: 4) }
talks-part-text = Which text
talks-kept = It keeps { talks-kept-share }
talks-kept-too = Where a text is adopted, it keeps { talks-kept-share }
talks-kept-share = { PERCENT($kept) } of what was tabled at first beyond the rules already in force{ $span ->
    [none] { "" }
   *[some] { " " }({ SPAN($span) } in nine worlds of ten)
}; a provision counts by how far it would go beyond these.
talks-cut = { QUOTED($provisions, most: 4) } ({ PERCENT($kept) }{ $several ->
    [yes] { " " }each
   *[no] { "" }
})
talks-least = Least is left of { LIST($parts) }.

## How sure

talks-part-sure = How sure
talks-one-world = One world does not tell what luck would change.
talks-luck-decides = Luck decides: { $adopted } of { $worlds } worlds have a text, the others have none.
talks-fail-alike = Luck hardly matters: the { talks-fail } alike.
talks-fail-otherwise = The { talks-fail }; luck decides { $what ->
    [dispute] what divides most
    [refusals] who refuses
   *[both] what divides most and who refuses
}.
talks-fail = talks fail in { $failures ->
    [all] all
   *[some] { $failures } of { $worlds }
} worlds
talks-same-text = Luck { $adopted ->
    [all] hardly matters: all
   *[some] matters little: { $adopted } of { $worlds }
} worlds have { $same ->
    [yes] the same text
   *[no] much the same text
}.
talks-luck-of-text = { $adopted ->
    [all] All
   *[some] { $adopted } of { $worlds }
} worlds have a text, but luck decides how far it goes: { LIST($spans) }, in nine worlds of ten{ $more ->
    [0] { "" }
    [one] ; 1 more provision varies by a fifth or more
   *[other] ; { $more } more provisions vary by a fifth or more
}.
talks-span = on “{ $provision }” { SPAN($span) }{ $first ->
    [yes] { " " }of what was tabled at first
   *[no] { "" }
}
talks-model-wrong = The talks really ended otherwise: the model is wrong here.
talks-as-recorded = The talks really { $agreed ->
    [yes] agreed
   *[no] failed
} too{ $otherwise ->
    [yes] , but not over the same seats
   *[no] { "" }
}.
talks-note = simulated and assumed: what seats want follows from traits by formulas that nobody has measured; no evidence of any state's reasons
talks-assumed = What each seat wants is assumed: computed from public figures, by formulas that nobody has measured. No forecast, and no evidence of any state's reasons.

## Under other assumptions

talks-part-robust = Under other assumptions
talks-robust-open-call = Nobody can block an open call: no assumption changes how it ends.
talks-robust = The talks end { $told ->
    [right] as they really did
   *[same] as they do here
} in { $cases ->
    [0] none
   *[other] { $cases }
} of { $points } other sets of assumptions ({ SPAN($span) } of all such sets). Each set moves { $dials ->
    [one] 1 number
   *[other] { $dials } numbers
} that nobody has measured, over ranges that are ours, and has { COUNT($worlds) } worlds.
talks-robust-deciding = Most depends on the { $label }: there is a text in { PERCENT($upper) } of the sets in the upper half of its range, and in { PERCENT($lower) } in the lower. The end turns near { SIGNIFICANT($turn, digits: 2) }; here it is { SETTING($value) }.{ $others ->
    [none] { "" }
   *[some] { " " }{ talks-robust-others }
}
talks-robust-others = It depends on { LIST($labels) } too.
talks-robust-label = the { $label }
talks-robust-no-dial = { $same ->
    [yes] None of these numbers changes the end.
   *[no] No single one of these numbers decides the end.
}
talks-robust-refusers = { $always ->
    [none] Where they fail, no seat refuses in nine of ten sets
   *[some] Where they fail, { NAMES($always, most: 4) } { $several ->
        [yes] refuse
       *[no] refuses
    } in at least nine of ten sets
}{ $sometimes ->
    [none] { "" }
   *[some] ; { $sometimes } other seats refuse in some, { NAMES($first) } most often
}. What divides most is “{ $provision }”, in { PERCENT($share) } of them.

## Room for a text

talks-room = A text that all would accept{ $club ->
    [yes] { " " }while so much is tabled
   *[no] { "" }
}: in { $suits ->
    [0] none
    [all] all
   *[some] { $suits }
} of { $worlds } worlds{ $apart ->
    [yes] , side offers and reservations apart
   *[no] { "" }
}
talks-room-rule = A seat refuses a text under which it would be worse off than without one.
talks-room-best = Take the text that is best for whoever likes it least. In the median world it leaves that seat { POINTS($median) } points { $side ->
    [better] better
   *[worse] worse
} off than without a text{ $ends ->
    [none] { "" }
   *[some] , and in nine worlds of ten { $ends } off
}. A point is a hundredth of all that a seat wants.
talks-room-ends = { POINTS($low) }{ $sides ->
    [apart] { " " }points worse
   *[same] { "" }
} to { POINTS($high) } points { $sides ->
    [worse] worse
   *[better] better
}
talks-room-empty = An empty seat can leave less room, not more. What those who think alike can do without a text grows with their share of the weight in the room, and a seat of the other side that is empty raises that share.
talks-room-clubs = Without a text the rules in force stay, and those who think alike can still agree among themselves on what was tabled. So the less is tabled, the less they have to wait for: a weaker proposal can suit all where this one cannot.

## Beside the record

talks-not-held = No such talks were held: they are imagined here.
talks-agree-too = they agree too.
talks-fail-here = another end, as talks fail in { $failures } of { $worlds } worlds.
talks-adopt-here = another end, as a text is adopted in { $adopted } of { $worlds } worlds. The model is wrong here.
talks-fail-too = they fail too.
talks-same-seats = they fail too, over the same seats: { $refusers }.
talks-other-seats = they fail too, but not over the same seats: { $refusers }.
talks-refusers = { LIST($names) } { $several ->
    [yes] refuse
   *[no] refuses
} in most failures
talks-seldom = { $name } in only { $cases } of { $failures }
talks-others = { $others ->
    [one] 1 seat that these accounts do not name ({ $named }) refuses as well
   *[other] { $others } seats that these accounts do not name ({ $named }) refuse as well
}
talks-most-often = { NAMES($names) } most often
talks-other-names = { NAMES($names) }

## One seat

seat-accepts = { $name } accepts the final text in { $accepts } of { $worlds } simulated worlds (in this model; assumed, and no evidence of anybody's reasons).
seat-against = Most against it speaks { $sides }.
seat-for = Most for it: { $provisions }.
seat-side = { $provision }, which goes { $side ->
    [too-far] too far
   *[too-little] not far enough
}
seat-no-text = No text within what is in force and what is tabled would keep it.
seat-change = The smallest change that would keep it{ $where ->
    [all] { "" }
   *[some] , where there is any ({ $exists } of { $refuses } worlds)
}: { $moves }{ $more ->
    [0] { "" }
    [one] { " " }and 1 smaller move
   *[other] { " " }and { $more } smaller moves
}; of the other seats with a vote { MEAN($before) } refuse before it and { MEAN($after) } after it, on average.
seat-move = { $provision } { $way ->
    [up] up
   *[down] down
} by { DECIMAL($by) }
seat-no-move = less than a hundredth of a level

## The command line

talks-title = { $title }: { $seats } seats, { $provisions } provisions
talks-changes = With { $changes }.
talks-empty-seats = Without { $seats }.
talks-worlds = { COUNT($worlds) } simulated worlds, seed { $seed }; { talks-procedure }.
talks-procedure = { $rule ->
    [open-call] an open call: the convenor's text stands
    [consensus] the rule is consensus, the chair's way { $chair }
   *[majority] the rule is majority, of { PERCENT($quota) } of the seats and { PERCENT($weight) } of the weight, with { $amendments ->
        [yes] open amendments
       *[no] the chair's way { $chair }
    }
}
talks-table-drafts = The path of drafts, the first as tabled; means of all worlds, gains beside no text, in points of 100
talks-table-text = The text
talks-table-seats = Who does not accept the text that came nearest to adoption, and which way
talks-both-ways = Too far and too little: the provision that a seat resists most goes further than it wants, or less far. Where clubs of the like-minded can have a text of their own, both sides block.
talks-head-draft = draft
talks-head-adopted = adopted
talks-head-objections = seats that object
talks-head-least-gain =
    least gain,
    points
talks-head-level = mean level
talks-head-resisted = most resisted
talks-head-provision = provision
talks-head-in-force = in force
talks-head-tabled = tabled
talks-head-text = final text
talks-head-nine-in-ten = in 9 of 10 worlds
talks-head-blocks =
    weighs most
    in failures
talks-head-blame =
    share of all
    objections
talks-head-here = here
talks-head-range = range
talks-head-lower =
    a text, in its
    lower half
talks-head-upper =
    a text, in its
    upper half
talks-head-apart =
    upper less lower,
    99 %
talks-table-assumptions = What each assumption does to the end: the share of sets with a text
talks-head-weight = weight
talks-head-refuses =
    share of failures
    it does not accept
talks-head-too-far = too far
talks-head-too-little = too little
talks-head-over = most over
