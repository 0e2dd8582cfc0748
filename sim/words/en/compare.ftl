# A comparison: of two scenarios under the same luck, or of one scenario under several lenses.

## What is compared

compare-title = { $second }, less { $first }
compare-worlds = { COUNT($worlds) } pairs of simulated worlds under { $weights }, each with the same luck; seed { $seed }.
compare-side = { $place ->
    [first] First
   *[second] Second
}: { $what }
compare-reading = First, second and difference are means over the pairs, rounded each by itself; an interval holds 90 % of the differences: { interval-holds }. Where it is not all on one side of none the difference is unclear.
compare-signers = { CAPITAL(LIST($kinds)) } may sign in the { $place } alone.

## What differs

compare-headline = { $verdict ->
    [clear] Clearly { compare-listed } on the public list at the end ({ CHANGES($ends) } in nine pairs of worlds of ten).
    [perhaps] Perhaps { compare-listed } on the public list at the end ({ CHANGES($ends) } in nine pairs of worlds of ten).
    [nothing] No difference: as many { $who } are on the public list at the end, in nine pairs of worlds of ten.
   *[cannot_tell] Cannot tell whether more or fewer { $who } are on the public list at the end ({ CHANGES($ends) } in nine pairs of worlds of ten).
}
compare-listed = { $by ->
    [0] { compare-way } { $who }, by less than one, are
    [one] 1 { compare-way } { $one } is
   *[other] { COUNT($by) } { compare-way } { $who } are
}
compare-way = { $more ->
    [yes] more
   *[no] fewer
}
compare-no-day = The two open on different days, so they have no date of the public list in common.
compare-table-list = On the public list, { DAY($day) }
compare-table-signing = Have signed by the end
compare-head-first = first
compare-head-second = second
compare-head-difference = difference
compare-head-interval = in 90 % of pairs
compare-table-moved = Moved most: change in the share of simulated worlds signed by the end
compare-head-change = change
compare-table-changes = Change in signing, in 90 % of pairs
compare-table-conduct = Change in conduct in simulated worlds  [assumed: ranges over what nobody has measured]
compare-withheld = A dash: withheld, as fewer than three changed there, or one more than all others together.

## Lenses

lenses-title = { $title } under { $lenses } lenses
lenses-worlds = { COUNT($worlds) } simulated worlds each, with the same luck; seed { $seed }.
lenses-weights = Each lens has the weights that the register, or other instruments, give to its own motives.
lenses-table-scores = Log score on the register  [fitted; larger is better]
lenses-head-lens = lens
lenses-head-motives = what speaks
lenses-head-weights = weights
lenses-head-total = total
lenses-head-register = register
lenses-order = { $place ->
    [none] The lens { $best } tells the register best; the null lens was not asked for.
    [last] The null lens tells the register worst, the lens { $best } best.
   *[other] The null lens is not the worst: it tells the register better than { LIST($worse) }.
}
lenses-table-list = On the public list, { DAY($day) }: median world, in brackets 90 %
lenses-table-disputed = Over whom they differ most: share of simulated worlds signed by the end
