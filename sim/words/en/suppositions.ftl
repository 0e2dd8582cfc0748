# What a scenario supposes, in what it is unlike the register of the fit, what its events do, and why
# a dial does nothing in it or a weight has no error.

## What is unlike the register: a few sentences each

unlike-world = The weights were fitted in the world of the register, and these facts are of another.
unlike-population = The weights were fitted in a world with some 2,000 potential firms and NGOs; this one has { SETTING($scale) } times as many, each of which counts as 1/{ SETTING($scale) } in all numbers of firms and NGOs, and luck among them evens out.
unlike-convenor = It is convened by { $here }; the text of the register, by { $there }. { $anew ->
    [yes] Assumed: the same text, whose openness is { SIGNIFICANT($then, digits: 2) } beside { $author }, reads as { SIGNIFICANT($now, digits: 2) } beside { $convenor }.
   *[no] What a convenor moves is hardly told apart from what texts say.
}
unlike-convenor-who = { $state ->
    [none] nobody
   *[other] { NAME($state) }
}{ $club ->
    [none] { "" }
   *[other] { " " }with its club { $club }
}
unlike-text = This text is unlike the one whose register the weights were fitted to. On scales from 0 to 1, { SERIES($features) }. { $weights ->
    [own] The weights are the register's own, which holds no such text
    [common] It stands across the middle, where states have weights fitted to many instruments
   *[mixed] Across the middle, states' weights are { PERCENT($share) } those fitted to many instruments
}. Who signs before whom is told better than how many sign.
# $first: the feature is the first one, of which alone the verb is said.
unlike-text-feature = { $feature ->
    [openness] openness{ unlike-text-is }
    [public_rule] public rule{ unlike-text-is }
    [restraint] all prohibitions together{ unlike-text-are }
   *[burden] all duties together{ unlike-text-are }
} { SIGNIFICANT($here, digits: 2) } instead of { SIGNIFICANT($there, digits: 2) }
unlike-text-is = { $first ->
    [yes] { " " }is
   *[no] { "" }
}
unlike-text-are = { $first ->
    [yes] { " " }are at
   *[no] { " " }at
}
unlike-negotiation = Its text comes out of simulated talks, one in each world, and what seats want there is assumed; where talks fail, no code opens.
unlike-weights = Not every weight is as it was fitted: { SERIES($dials) }{ $more ->
    [0] { "" }
   *[other] , { $more } more
}.
unlike-rival = A second code is open beside it, { $code }: who signs that one is extrapolated, and what two codes do to each other is assumed, as no register tells it. Numbers are of the first where nothing else is said.

## What departs from the Paris Call as it was: parts of a sentence

what-if = What if: { SERIES($departures, separator: "; ") }. { $observed }
departure-code = another code, { $name }, opened on { DAY($launch) }
departure-provisions = another text, of { $provisions } provisions
departure-signers = only { LIST($kinds) } may sign
departure-text = a text with { LIST($levers, most: 3) }
departure-lever = { $lever ->
    [text_openness] openness
    [text_public_rule] public rule
   *[ambition] ambition of “{ $provision }”
} at { SETTING($value) }, not { SETTING($was) }
departure-start = it begins in round { $round }
departure-dials = { LIST($dials, most: 3) }
departure-dial = { $on ->
    [yes] { $dial }
   *[no] { $dial } at { SETTING($value) } (was { SETTING($was) })
}
departure-events = { LIST($events, most: 3, separator: "; ") }

## What the register has seen of it

observed-nothing = The weights are the register's, which has seen nothing of the kind.
observed-except = The weights are the register's, which has seen nothing of the kind, except that { LIST($signatures, most: 3) }.
observed-signatures = The weights are the register's, which has seen { LIST($signatures, most: 3) }{ $early ->
    [yes] , not before
   *[no] { "" }
}.
observed-signature = { NAME($name) } { $past ->
    [yes] signed
   *[no] sign
} in { MONTH($day) } { YEAR($day) }

## Events: $one, whether it is about one stakeholder, or every one of a kind

event = { $every ->
    [yes] { CAPITAL($words) }
   *[no] { $words }
}{ $until ->
    [none] { "" }
   *[other] , until month { $until }
}
event-in-months = { $event } { $end ->
    [none] from { MONTH($begin) } { YEAR($begin) }
    [same] in { MONTH($begin) } { YEAR($begin) }
   *[later] from { MONTH($begin) } { YEAR($begin) } to { MONTH($last) } { YEAR($last) }
}
event-dial = { $dial } becomes { SETTING($value) }
event-choice = { NAMES($who, most: 4) } { $signs ->
    [yes] { $one ->
        [yes] signs
       *[no] sign
    }
   *[no] { $one ->
        [yes] stays out
       *[no] stay out
    }
}{ $earnest ->
    [yes] { "" }
   *[no] , in name only
}
event-conduct = { NAMES($who, most: 4) } { $keeps ->
    [yes] { $one ->
        [yes] keeps
       *[no] keep
    }
   *[no] { $one ->
        [yes] breaks
       *[no] break
    }
} what the code asks
event-trait = { $trait } of { NAMES($who, most: 4) } becomes { SETTING($value) }
event-outreach = { NAMES($who, most: 4) } { $one ->
    [yes] is
   *[no] are
} approached at a rate of { SETTING($value) } a month
event-somebody = somebody

## Why a dial does nothing: the rest of a sentence

idle-signer = as no { SERIES($kinds, separator: " and no ") } may sign
idle-weight = as the motives that it acts through have no weight
idle-while = while { LIST($dials) }
idle-value = “{ $dial }” is { SETTING($value) }

## Why a weight has no standard error

no-error = { $reason ->
    [none] { "" }
    [other_lens] no part of this lens
    [tied] tied to { $other }
    [untold] not told by one text
   *[bound] at its bound
}

## Manifests: what the numbers are, by the basis of who signs

manifest-simulated = simulated: worlds under { $weights } (signing) and assumptions (conduct), not a forecast{ $basis ->
    [what_if] ; who signs is a what-if
    [extrapolated] ; who signs is extrapolated, as not all is like the register ({ SERIES($unlike) })
   *[fitted] { "" }
}
manifest-by-name = simulated, not evidence about any state or firm
