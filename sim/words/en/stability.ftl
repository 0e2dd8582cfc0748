# Stability of membership: who would gain by leaving, who by joining, on whom others hang, and what
# would win a state. $side: inside or outside.

stability-title = { $title }: is its membership stable?
stability-asked = { COUNT($worlds) } simulated { $worlds ->
    [one] world
   *[other] worlds
} under { $weights }, seed { $seed }, not a forecast. The median world is number { $median }.
stability-intervals = Intervals: { $intervals }.

## Whether it is stable: of so many $states how many would gain ($gain)

stability-side = { $verdict ->
    [nothing] In the median world no state is { $side ->
        [inside] a signatory
       *[outside] outside
    }
    [cannot_tell] In one world, which does not tell what is luck, membership is { stability-whether }
   *[other] Membership is { $verdict ->
        [clear] clearly
       *[perhaps] perhaps
    } { stability-whether }
}.
stability-whether = { $gain ->
    [0] stable
   *[other] not stable
} from { $side }: { $gain ->
    [0] none
   *[other] { $gain }
} of { $states } { $side ->
    [inside] signatories
   *[outside] states outside
} would gain by { stability-turning }{ $span ->
    [none] { "" }
   *[some] { " " }({ COUNTS($span) } in nine worlds of ten)
}
stability-turning = { $side ->
    [inside] leaving
   *[outside] joining
}
stability-rests-on = What leaving costs is assumed: but for it { $reluctant ->
    [0] none would rather be out than in
   *[other] { $reluctant } of { $states } would rather be out than in, most of all { NAMES($names) }
}.
stability-nearest = Nearest to { stability-turning } { $several ->
    [yes] are
   *[no] is
} { NAMES($names) }.
stability-why-outside = Those who would gain were not reached, or chose otherwise by chance.

## On whom others hang

stability-holds = Without { NAME($name) } clearly fewer others would sign: { MEAN($number) } ({ SIZES($range) }){ $others ->
    [none] { "" }
   *[some] ; clearly fewer, too, without { NAMES($others) }
}.
stability-holds-nobody = { $verdict ->
    [cannot_tell] One world does not tell whether signatories hold others
   *[nothing] No signatory clearly holds others: whichever of them stays out, it is not clear that fewer would sign
}.

## What would win a state

stability-lacks = { CAPITAL($state) } lacks { DECIMAL($payment) } points for signing to be as likely as not.
stability-brings = Where it signs from the launch on, { $verdict ->
    [clear] clearly { stability-others }
    [perhaps] perhaps { stability-others }
    [nothing] as many others do
   *[cannot_tell] { $worlds ->
        [1] one world does not tell how many others do
       *[other] it cannot be told whether more others do ({ CHANGES($range) })
    }
}{ $followers ->
    [none] { "" }
   *[some] , clearly { LIST($followers) }
}.
stability-others = { $way ->
    [more] more
   *[fewer] fewer
} others do: { DIFFERENCE($number) } ({ CHANGES($range) })
stability-follower = { NAME($name) } ({ PERCENT($share) } of worlds)
stability-note = A point is a logit of the value of signing: what it is worth in money or favours nobody has measured. Every figure on others { $assumes }.

## Tables

stability-table-inside = Signatories of the median world; others: had it stayed out
stability-table-outside = Outside; others: where it signs from the launch on
stability-head-share = signs in
    worlds
stability-head-value = value,
    points
stability-head-worlds = 90{ "\u00A0" }% of worlds
stability-head-chance = chance
    to sign
stability-head-gain = gain by
    { stability-turning }
stability-head-lacks = it lacks,
    points
stability-head-others = others
stability-head-interval = interval
stability-payment = { $decides ->
    [event] by event
    [Union] { DECIMAL($payment) } (Union)
   *[itself] { DECIMAL($payment) }
}
