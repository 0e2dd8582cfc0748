# Depth against breadth: who signs, and what signatories do, as a text asks for more.

frontier-title = { $title }: depth against breadth
frontier-asked = { $texts } texts, { COUNT($worlds) } simulated { $worlds ->
    [one] world
   *[other] worlds
} of each under { $weights }, seed { $seed }, not a forecast.

## Which texts are compared

frontier-text = { $text ->
    [nothing] a text that asks for nothing
    [present] the text as it is
    [everything] one that asks for everything
   *[other] the text at scale { SIGNIFICANT($scale) }
}
frontier-between = from { $first } to { $last }

## Who signs: $way, whether there are more or fewer, and $size, how many

frontier-signing = { CAPITAL($between) }, { $verdict ->
    [clear] clearly { frontier-way } { frontier-kind } sign: { COUNT($size) } ({ CHANGE($range) })
    [perhaps] perhaps { frontier-way } { frontier-kind } sign: { COUNT($size) } ({ CHANGE($range) })
    [nothing] as many { frontier-kind } sign
   *[cannot_tell] { $worlds ->
        [1] { $way ->
            [same] as many
           *[other] { COUNT($size) } { frontier-way }
        } { frontier-kind } sign in one world, which does not tell what is luck
       *[other] it cannot be told whether more or fewer { frontier-kind } sign ({ CHANGE($range) })
    }
}.
frontier-way = { $way ->
    [fewer] fewer
   *[more] more
}
frontier-kind = { $kind ->
    [state] states
    [firm] firms
   *[ngo] NGOs
}
frontier-rests-on = Who signs is { $basis ->
    [fitted] fitted to the register
    [what_if] a what-if under the fitted weights
   *[extrapolated] extrapolated from the fit
}; conduct is assumed. { $worlds ->
    [1] Ranges of conduct hold
   *[other] Ranges hold nine in ten of { COUNT($worlds) } worlds, and of conduct
} nine in ten of { COUNT($points) } worlds in which all assumptions vary at once.

## What signatories do

frontier-conduct = { CAPITAL($between) }, { frontier-measure } { $move }.
frontier-conduct-fixed = With the same signatories it { $move }.
frontier-measure = { $measure ->
    [compliance] compliance of signatories with means
    [operations] the share of their operations that signatories give up
    [practices] the share of their neglect that signatories give up
   *[harm_prevented] the share of the harm that the code prevents
}
frontier-move = { $verdict ->
    [clear] clearly { $way ->
        [more] rises
       *[fewer] falls
    } by { SIZES($points) } points
    [nothing] stays as it is
   *[cannot_tell] may rise or fall ({ CHANGES($points) } points)
}
frontier-nobody = cannot be measured (nobody with means signs)

## Tables

frontier-scale = Scale: 0 asks for nothing, 1 is the text as it is, 2 asks for everything.
frontier-table-signing = Who signs, everybody deciding anew: median, 90{ "\u00A0" }% of worlds
frontier-table-conduct = Conduct of signatories
frontier-head-scale = scale
frontier-head-depth = depth
frontier-head-states = of states
frontier-head-power = of power
frontier-head-basis = basis
frontier-head-conduct = { $measure ->
    [compliance] compliance,
    [operations] fewer oper-
        ations, %,
    [practices] fewer neg-
        lected, %,
   *[harm_prevented] harm pre-
        vented, %,
}
    { $membership ->
        [fixed] fixed
       *[free] free
    }
