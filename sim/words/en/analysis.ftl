# What the analysis of a sweep found.

## Several levers

analysis-levers-headline = { $verdict ->
    [clear] { CAPITAL($first) } clearly moves { $measure } most, by { $size }.
    [perhaps] { CAPITAL($first) } moves { $measure } most in the mean, by { $size }, but not under all assumptions tried.
    [cannot_tell] Whether { $first } or { $second } moves { $measure } more cannot be told.
   *[nothing] None of { $levers } clearly moves { $measure }.
}
analysis-levers = From the value with the lowest mean to the one with the highest, { LIST($moves) }. { $order } { $badge }
analysis-levers-move = { $lever } moves it by { $size } (95 % interval { $luck }{ $fits ->
    [none] { "" }
   *[other] ; { $fits } in nine of ten sets of assumptions
})
analysis-levers-order = { $verdict ->
    [nothing] None of them can be told from luck.
   *[other] { CAPITAL($first) } is ahead of { $second } by { $lead } (95 % interval { $luck }){ $sets ->
        [one] { "" }
       *[other] , and ahead of all others in { $ahead } of { $sets } sets of assumptions
    }.
}

## A peak inside the range of a lever

analysis-peak = { CAPITAL($measure) } is { $way ->
    [low] lowest
   *[high] highest
} inside the range, with { $at }: { $more-than-first } { analysis-peak-way } than at { $first } (95 % interval { $luck-of-first }), and { $more-than-last } { analysis-peak-way } than at { $last } ({ $luck-of-last }). { $badge }
analysis-peak-way = { $way ->
    [low] { $counted ->
        [yes] fewer
       *[no] lower
    }
   *[high] { $counted ->
        [yes] more
       *[no] higher
    }
}

## Luck

analysis-luck = { $verdict ->
    [cannot_tell] How much of { $measure } is chance cannot be told from a single world at each point.
   *[clear] Luck alone makes { PERCENT($share) } of the differences between single worlds in { $measure } (95 % interval { SPAN($luck) }, from { $worlds } worlds under each setting).
} { $badge }

## Two groups of worlds

analysis-groups = { $verdict ->
    [nothing] At { $two ->
        [0] none
       *[other] { $two }
    } of { $points } points worlds fall into two groups by { $measure }{ $two ->
        [0] { "" }
       *[other] , no more than chance would find
    }.
   *[clear] At { $two } of { $points } points worlds fall into two groups by { $measure }, at one of them about { $lower } in some and { $higher } in { PERCENT($share) }: a mean there is of neither.
} { $badge }

## Memory

analysis-memory = { $verdict ->
    [nothing] { CAPITAL($measure) } is not clearly another one after { $months } months at the same value of { $dial }, whether it was lower or higher before (at most { $size }, 95 % interval { $luck }).
   *[clear] After { $months } months at { $at }, { $measure } is still { $size } { $higher ->
        [yes] higher
       *[no] lower
    } where { $dial } was high before than where it was low (95 % interval { $luck }); the dial itself moves it by { $moves }.
} { $badge }
