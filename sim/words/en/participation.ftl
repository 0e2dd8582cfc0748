# What a deeper text costs in signatories. $measure: signatories_state, signatories_firm,
# signatories_ngo or power_share. The headline has no full stop.

participation-whose = { $measure ->
    [signatories_state] states
    [signatories_firm] firms
    [signatories_ngo] NGOs
   *[power_share] of all material power
}
participation-sign = { $measure ->
    [power_share] signs
   *[signatories] sign
}
participation-level = { $measure ->
    [power_share] { PERCENT($level) }
   *[signatories] { COUNT($level) }
}
participation-fewer = { $measure ->
    [power_share] less material power
   *[signatories] fewer { participation-whose }
}
participation-more = { $measure ->
    [power_share] more material power
   *[signatories] more { participation-whose }
}

## The headline

participation-headline = { $deeper }{ $far ->
    [yes] . Extrapolated:
   *[no] ;
} { $first }
participation-present-alone = Only the present text lies within the data: what a deeper one costs is extrapolated
participation-deeper = Within the data a deeper text { $way ->
    [same] costs nobody
    [fewer] costs { participation-from }
   *[more] gains { participation-from }
}
participation-from = signatories, from { $least } to { $most } { participation-whose }
participation-first = { $less ->
    [restraint] forbidding costs { participation-fewer } than asking for duties
    [effort] asking for duties costs { participation-fewer } than forbidding
   *[none] whether it forbids first or asks for duties first makes no clear difference
}

## Its numbers

participation-numbers = { CAPITAL($numbers) }.
participation-inside = within the data { $least } { participation-whose } { participation-sign } at depth { DECIMAL($least-depth) }, { $most } at depth { DECIMAL($most-depth) }
participation-by-first = at depth { DECIMAL($depth) }, as the present text, about { $restraint } { participation-whose } { participation-sign } with prohibitions first, { $effort } with duties first

## Far outside the data

participation-beyond = Trust the direction of the hollow points, not their numbers: { $way ->
    [none] between depth 0 and depth 1 no clear difference
    [more] { participation-more } { participation-sign } at depth 1 than at depth 0
   *[fewer] { participation-fewer } { participation-sign } at depth 1 than at depth 0
}.{ $measure ->
    [power_share] { " " }A state counts by the root of its size: see what “material power” counts, above.
   *[signatories] { "" }
}
