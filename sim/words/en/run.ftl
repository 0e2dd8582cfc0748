# A run: what was simulated, who is on the public list, and how far its worlds may be trusted.

## What was simulated

run-subject = { $title }: { COUNT($worlds) } simulated worlds, seed { $seed }
run-in-a-line = { $worlds } simulated worlds under { $weights }, seed { $seed }.
run-worlds = These are worlds under { $weights }, not a forecast.
run-interval = An interval holds 90 % of the worlds: { interval-holds }.
interval-holds = { $fits ->
    [yes] luck and the weights' uncertainty
   *[no] luck alone, not other fits that the data allow (--weights draws)
}
changes = With { $changes }.
changes-lens = lens { $lens }
changes-value = { $name } { $value }
changes-facts = the facts { $label } (its own { $tables })
changes-ties = the ties { $label } of { $sources } stakeholders

## Who is on the public list

run-headline = At the end, in { MONTH($day) } { YEAR($day) }, { $verdict ->
    [nothing] no { $one } is on the public list, in nine worlds of ten or more.
    [clear] { run-listed } on the public list, in nine worlds of ten or more.
    [perhaps] { run-listed } on the public list in the median world ({ COUNTS($ends) } in nine worlds of ten).
   *[cannot_tell] { run-listed } on the public list; one world does not tell what luck would change.
}
run-listed = { $number ->
    [one] 1 { $one } is
   *[other] { COUNT($number) } { $who } are
}
run-table-list = On the public list, in the median world
run-head-date = date
run-head-register = { $who }: register
run-head-median = median
run-head-interval = interval
run-table-tenths = States, by the share of simulated worlds in which they have signed by the end
run-head-tenth = tenth
run-head-states = states
run-head-share = share of simulated worlds
run-head-mean = on average
run-head-on-register = share on the register
run-table-states = Share of simulated worlds in which a state has signed
run-table-organisations = Share of simulated worlds in which an organisation has signed
run-organisations-more = The first { $shown } of { $names } with a name; --all shows the others
run-head-state = state
run-head-soon = three months after the launch
run-head-end = by the end

## Beside the register

run-misses = The five largest misses
run-miss = { $name }: signed in { PERCENT($share) } of simulated worlds, { $registered ->
    [yes] is
   *[no] is not
} on the register
run-no-register = { $unlike ->
    [signers] States may not sign this code, so none of them stands beside the register.
    [rival] The register stood beside the codes of its time: no world with a second one is held against it.
   *[other] The register is of another { $unlike }, so nobody is held against it.
}
run-own-list = To hold them against this code's own list: parley backtest --scenario FILE --signers FILE.csv

## Talks over its text

run-talks = Talks over its text come first, one in each world
run-no-text = { $some ->
    [no] So no code opens in any world: whatever follows is of the world without it.
   *[yes] Where none is, no code opens, and that world counts as the one without it.
}
run-talks-more = parley negotiate { $scenario } shows the drafts and the seats.
run-text-fixed = Its text is fixed: no talks come before it.

## Conduct

run-table-conduct = Conduct in simulated worlds  [assumed: ranges over what nobody has measured; no evidence about anybody]
run-head-unit = unit
run-head-all = all
run-ranges = A range holds 90 % of { $points } worlds, in which { $dials } dials of conduct vary at once.
run-matters = More harm is prevented, or less, where these are larger: { LIST($dials) }.
run-matter = { $dial } ({ $more ->
    [yes] more
   *[no] less
})
