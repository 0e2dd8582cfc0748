# What the axes of a sweep and their values are called.

axis-at = { $axis } at { $value }
axis-instead = { $after } instead of { $before }
axis-if = if { $upper }
axis-with = with { $thing }
axis-is = { $axis } is { $value }
axis-is-it = it is { $value }
axis-or = { $first } or { $last }
axis-below = below { $limit }
axis-above = above { $limit }
axis-where-state = where { $state }
# A part of the range of an axis: one value, an end, or between. state: in words, none where the
# axis has none for it. words: whether it has words for its ends.
axis-where = { $kind ->
    [value] where { $state }
    [inner] { $state ->
        [none] from { $limits }
       *[other] where { $state } ({ $limits })
    }
    [upper] { $words ->
        [yes] where { axis-lies }
       *[no] { $limits }
    }
   *[lower] where { axis-lies }
}
axis-lies = { $state ->
    [none] { $axis } lies { $inner ->
        [yes] from{" "}
       *[no] { "" }
    }{ $limits }
   *[other] { $state } ({ $limits })
}
axis-choice = the answer to “{ $question }”
axis-scenario = the scenario
axis-lens = the theory of why they sign
axis-weights = the draw of the weights
axis-with-others = { $axis }, and with it { $others },
axis-ambition = the ambition of all provisions
axis-ambition-of = the ambition of provision { $number }
axis-ambition-of-all = the ambition of all { $number } provisions

## What some values say, in the words of who would decide on them

axis-sanctions-spoken-0 = none
axis-sanctions-spoken-2 = the strongest
axis-sanctions-thing-2 = the strongest sanctions
axis-monitoring-spoken-0 = none
axis-monitoring-spoken-1 = all that signatories can
axis-monitoring-thing-1 = all the monitoring that signatories can do
axis-joint-attribution-spoken-0 = none
axis-joint-attribution-spoken-1 = by all friends of the victim
axis-joint-attribution-thing-1 = joint attribution by all friends of the victim
axis-ambition-spoken-0 = nothing
axis-ambition-spoken-0-2 = little
axis-ambition-spoken-1 = all
axis-ambition-thing-1 = a text that asks for all
axis-ambition-thing-beside = { $thing } instead of { $before }
axis-ambition-one-spoken-0 = nothing
axis-ambition-one-spoken-0-2 = little
axis-ambition-one-spoken-1 = all

## What a dial decides, and what it is like at the upper end of its range

axis-ambition-subject = how much the text asks
axis-ambition-upper = all provisions ask for much
axis-ambition-upper-beside = all provisions ask for much instead of little
axis-ambition-opposite = they ask for little
axis-text-openness-subject = the openness of the text
axis-text-openness-upper = the text is open
axis-text-openness-upper-beside = the text is open instead of for state control
axis-text-public-rule-subject = public rule in the text
axis-text-public-rule-upper = the text is for public rule
axis-text-public-rule-upper-beside = the text is for public rule instead of private self-rule
axis-attention-scale-subject = the loudness of the campaign
axis-attention-scale-upper = the campaign is far louder
axis-bloc-votes-subject = whether the EU decides as one
axis-bloc-votes-upper = the EU decides as one
axis-ratification-needed-subject = whether the code is a treaty
axis-ratification-needed-upper = the code is a treaty
axis-state-attention-gradient-subject = how often the poorest states hear of it
axis-state-attention-gradient-upper = states without means hear far less of it
axis-organisations-attention-gradient-subject = how often the poorest firms and NGOs hear of it
axis-organisations-attention-gradient-upper = firms and NGOs without means hear far less of it

## What the ends of a range are called

axis-attribution-quality-low = attribution is poor
axis-attribution-quality-low-again = it is poor
axis-attribution-quality-between = attribution is middling
axis-attribution-quality-between-again = it is middling
axis-attribution-quality-high = attribution is good
axis-attribution-quality-high-again = it is good
axis-baseline-share-low = states restrain themselves little anyway
axis-baseline-share-between = states restrain themselves somewhat anyway
axis-baseline-share-high = states restrain themselves much anyway
