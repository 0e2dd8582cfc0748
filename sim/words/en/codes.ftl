# Two codes side by side: who signs either, both or none, and what the second does to the first.

codes-table = Two codes, by the end: who signs either, both or none
codes-head-of = of
codes-head-median = median world
codes-head-interval = interval
codes-all = all
codes-row = { $code ->
    [none] { $measure }, { $unit }
   *[other] signatories of { $code }
}

codes-effect = { $verdict ->
    [nothing] Among { $kind } the first has as many signatories beside the second code as alone, in every world.
   *[other] { $luck ->
        [none] In one world the second code moves the first among { $kind }: { codes-means }; { codes-over }.
       *[some]
            The second code { codes-verb } the first among { $kind }: { codes-means } (luck: { DIFFERENCES($luck) });
            { "  " }{ codes-over }.
    }
}
codes-verb = { $verdict ->
    [cannot_tell] neither slows nor helps, as far as these worlds tell,
    [perhaps] slows or helps, by what is assumed,
   *[clear] { $less ->
        [yes] slows
       *[no] helps
    }
}
codes-means = { DIFFERENCE($difference) } beside it, of { MEAN($alone) } alone
codes-over = over the assumptions on two codes { DIFFERENCES($assumptions, places: 0) }
