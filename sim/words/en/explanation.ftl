# Why a stakeholder signs or stays out, and what would turn that. Of the stakeholder: $name; $named,
# whether it goes by its name here, else "it"; $early, whether the date is before the launch, when
# nobody can sign; $out, whether it is asked what would keep it out; $supposed, whether something is
# supposed. A message of a sentence has no full stop where others may follow it.

## Parts of sentences

who = { $named ->
    [yes] { NAME($name) }
   *[no] it
}
signs = { $early ->
    [yes] decides to sign
   *[no] signs
}
would-sign = would { $early ->
    [yes] decide to sign
   *[no] sign
}
has-signed = { $early ->
    [yes] has decided to sign
   *[no] has signed
}
as-it-is = as { $supposed ->
    [yes] supposed
   *[no] it is
}
worlds = { $worlds ->
    [one] 1 world
   *[other] { COUNT($worlds) } worlds
}
share = { PERCENT($share) }{ $of ->
    [worlds] { " " }of worlds
    [all] { " " }of { worlds }
   *[none] { "" }
}{ $span ->
    [none] { "" }
   *[some] { " " }({ RANGE($span) })
}
nearly-all = { $all ->
    [yes] nearly all
   *[no] most
} worlds
goal = { $out ->
    [yes] keep { who } out{ $all ->
        [yes] { " " }of nearly all worlds
       *[no] { "" }
    }
   *[no] bring { who } in{ $all ->
        [yes] to nearly all worlds
       *[no] { "" }
    }
}
month-with-year = { MONTH($day) }{ "\u00A0" }{ YEAR($day) }
other-fits = other fits that the data allow
or-another = { $first } or { $second }
or-if = { $first }, or if { $second }

## Levers: $form is "if" where they are supposed, else "is"

lever-provision = the text { lever-asks } { $size ->
    [nothing] nothing
    [more] more
   *[less] less
} on “{ $provision }”
lever-whole-text = the text { lever-asks } { $size ->
    [nothing] nothing on any
   *[all] all it can on every
} provision
lever-asks = { $form ->
    [if] asked
   *[is] asks
}
lever-position = the text { $form ->
    [if] moved
   *[is] moves
} towards { LIST($sides) }
position-side = { $side ->
    [openness] openness
    [control] state control
    [rule] public rule
   *[self_rule] private self-rule
}
lever-convenor = { $alike ->
    [yes] another state, such as { NAME($convenor) },{ " " }
   *[no] { NAME($convenor) }{ " " }
}{ $form ->
    [if] convened
   *[is] convenes
}{ $present ->
    [none] { "" }
   *[some] { " " }instead of { NAME($present) }
}
lever-another-convenor = another state convenes
lever-outreach = { $members ->
    [1] { who }{ $form ->
        [if] { " " }were
       *[is] { " " }is
    }
   *[other] the { $members } members of the Union that decide { $form ->
        [if] were
       *[is] are
    }
} approached{ $more ->
    [yes] { " " }even more
   *[no] { "" }
} { $months ->
    [1] { $launch ->
        [yes] at the launch, in
       *[no] in
    } { lever-until }
   *[other] from { $launch ->
        [yes] the launch in { MONTH($start) }
       *[no] { MONTH($start) }
    }{ $one-year ->
        [yes] { "" }
       *[no] { " " }{ YEAR($start) }
    } to { lever-until }
}
lever-until = { MONTH($until) } { YEAR($until) }
lever-signature = { $tie ->
    [patron] its patron, { NAMES($people) },
    [home] its home state, { NAMES($people) },
   *[none] { NAMES($people, most: 3) }
} { $signs ->
    [yes] { $form ->
        [if] signed
       *[is] { $several ->
            [yes] sign
           *[no] signs
        }
    }
   *[no] { $form ->
        [if] stayed
       *[is] { $several ->
            [yes] stay
           *[no] stays
        }
    } out
}
lever-capacity = support { $form ->
    [if] raised
   *[is] raises
} its capacity
lever-with-size = { $lever } ({ $size })
size-provision = { $number ->
    [none] { "" }
   *[some] provision { $number },{ " " }
}ambition from { SETTING($before) } to { SETTING($after) }, of 1 at most
size-whole-text = all { $provisions }, of ambition { SETTING($low) } to { SETTING($high) }, at { SETTING($after) }, of 1 at most
size-position = { $away ->
    [yes] away from
   *[no] nearer to
} its view of governance: openness from { SETTING($openness) } to { SETTING($new-openness) }, public rule from { SETTING($rule) } to { SETTING($new-rule) }, of 1 at most
size-outreach = { $months ->
    [1] 1 month
   *[other] { $months } months
}, { SETTING($rate) } approaches a month on average
size-capacity = from { DECIMAL($before) } to { DECIMAL($after) }, of 1 at most
assumes-outreach = it moves no motive, and only puts the matter before it more often
assumes-signature = this assumes that ties, not likeness, moved them
assumes-convenor = assumed: the text is read as its own, at openness { SIGNIFICANT($after, digits: 2) } instead of { SIGNIFICANT($before, digits: 2) }
assumes-reach = it would have to be reached as well
no-lever = { $why ->
    [willing] it would sooner sign than not, once it takes the matter up
    [nobody] no other state would sign itself
    [approach] nobody is kept out by being approached
    [approaches] it is approached as much as can be
    [support] more capacity keeps nobody out
    [capable] support goes only to those with less capacity than most states, and { NAME($name) } has more
    [unmoved] no motive that has a weight here looks at it
    [luck] { no-lever-of } moves it more than luck does
   *[small] { no-lever-of } is shown to move it by { $points } points or more
}
no-lever-of = { $family ->
    [forum] no convenor who would sign itself
   *[other] nothing of this kind
}
not-tried = Not tried: { $families }.
not-tried-as = { LIST($families) }, as { $why }
not-tried-family = { $family ->
    [text] another text
    [forum] another convenor
    [outreach] outreach
    [signature] others' signatures
   *[capacity] capacity support
}

## What a change yields, and what it rests on

judgement = { $judgement ->
    [enough] enough
    [perhaps] perhaps
    [not_enough] not enough{ $asks ->
        [more] : more is asked
        [fewer] : fewer is asked
       *[no] { "" }
    }
    [hardly] hardly moves it ({ MOVE($points) })
    [cannot_be_judged] cannot be judged
    [vain] no effect beyond luck
    [unclear] not shown to move it ({ MOVE($points) })
   *[model_only] in the model only
}
evidence = { $doubt ->
    [mixed] Mixed evidence: it leans on { $meaning }; that clearly counts in the register, but not across other texts
   *[weak] Weak evidence: it leans on { $meaning }, whose weight { $doubt ->
        [texts] other texts cannot tell from zero
        [register] the register cannot tell from zero
        [beside] the register cannot tell from zero; other texts show that { evidence-effect } counts
       *[neither] neither the register nor other texts can tell from zero
    }
}
evidence-effect = { $effect ->
    [openness] the openness of a text
    [public_rule] public rule in a text
    [restraint] what a text restrains
    [burden] what a text asks for
   *[convenor] who convenes
}
price-of-both = { $first }, and { $second }
price-of-states = { LIST($states) } { $several ->
    [yes] sign
   *[no] signs
} in far fewer worlds
price-of-more = { $more ->
    [one] 1 more state
   *[other] { $more } more states
}
price-of-kinds = { LIST($kinds) } no longer sign
price-of-kind = { PERCENT($share) } of the { $kind }
price-sentence = { CAPITAL($price) }.

## The question

question = What would { $out ->
    [yes] keep { NAME($name) } out past
   *[no] bring { NAME($name) } in by
} { DAY($day) }?
why-asked = The question is what would { $out ->
    [yes] keep it out, as it has signed in most worlds by then.
   *[no] bring it in, as in fact it was out by then.
}
what-is-asked = { $all ->
    [yes] It { does } in most worlds { as-it-is }, so enough is { what-is-enough }: it then does in nearly all.
   *[no] Enough is { what-is-enough } than { as-it-is }: it then { does } in most.
}
does = { $out ->
    [yes] stays out
   *[no] signs
}
fewer-or-more = { $out ->
    [yes] fewer
   *[no] more
}
what-is-enough = { fewer-or-more } than { PERCENT($sought) } of the worlds, and at least { $points } points { fewer-or-more }

## The answer: one number, with its range, and how sure it is

would = { $opening ->
    [beyond] Beyond that, if
    [model] In the model, if
   *[plain] If
} { $conditions }, { who } { would-sign } in { $shares }: { $how ->
    [enough] enough
    [perhaps] perhaps enough
    [enough_first] enough or perhaps enough
   *[perhaps_first] perhaps enough or enough
}{ $goal ->
    [none] { "" }
   *[some] { " " }to { $goal }
}
without-change = Without { $several ->
    [yes] these changes
   *[no] the change
} it { signs } by then in { $share }
shares-between = { RANGE($span) } of worlds
with-each = With these changes it { signs } by then in { $shares }.
nothing-would = { $opening ->
    [beyond] Beyond that, { nothing-tried }
    [model] In the model, { nothing-tried }
   *[plain] { CAPITAL(nothing-tried) }
} would { $goal }{ $utmost ->
    [none] { "" }
   *[some] : it then { signs } in { $out ->
        [yes] at least
       *[no] at most
    } { $utmost }
}
nothing-tried = { $open ->
    [yes] nothing that the register can check
   *[no] nothing tried
}
convenor-stays = { $opening ->
    [beyond] Beyond that, it
   *[plain] { CAPITAL(who) }
} { $supposed ->
    [yes] convenes this call
   *[no] launched the Call itself
}, and in the model { nothing-tried } would { $goal }
nothing-sought = { $why ->
    [supposed] What it decides is supposed, so nothing is sought
    [missed] Nothing more is sought: { already } in nearly all worlds already
   *[nothing] Nothing is needed: { already } in { PERCENT($share) } of { worlds } { as-it-is }
}
already = it { $out ->
    [yes] stays out until then
   *[no] signs by then
}
weaker = Only { $several ->
    [yes] changes
   *[no] a change
} on weaker evidence would move it, { $several ->
    [yes] for example{ " " }
   *[no] { "" }
}to { $share } if { $condition }; { $borne ->
    [yes] that rests on a motive that may not count at all
   *[no] the register cannot check that
}
mixed-evidence = The evidence is mixed{ $overlap ->
    [yes] , and the two ranges overlap
   *[no] { "" }
}
in-full = { $number ->
    [none] { none-of-these } is shown to do so in { nearly-all }: none moves it more than luck does.
    [several] { $turns ->
        [yes] The smallest change that would
       *[no] { none-of-these } is shown to do so in { nearly-all }, and which comes nearest
    } cannot be told apart: { $whole }.
   *[one] { $turns ->
        [yes] The smallest change that would
       *[no] { none-of-these } is shown to do so in { nearly-all }. What comes nearest
    }: { $whole }. It has then signed in { PERCENT($share) } of the worlds ({ RANGE($luck) } by { of-luck }) instead of { PERCENT($before) }{ $fits ->
        [none] { "" }
       *[some] ; under { other-fits }, { RANGE($fits) } instead of { RANGE($fits-before) }
    }{ $price ->
        [none] { "" }
       *[some] ; { explain-price }
    }.{ $sure ->
        [no] { " " }Whether that is enough cannot be told under these other fits.
       *[yes] { "" }
    }
}
in-full-or = { $first }; or { $second }
none-of-these = None of these{ $weaker ->
    [yes] { " " }that the register can check
   *[no] { "" }
}
of-luck = other luck{ $draws ->
    [yes] , each world with weights of its own
   *[no] { " " }alone
}

## Whom the model has on the wrong side

fact = { $joined ->
    [in] it was in
    [out] it stayed out
    [launch] it joined at the launch
   *[later] it stayed out until { month-with-year }
}
in-fact = In fact { fact }
miss-first = The model wrongly has { NAME($name) } { $was-in ->
    [yes] out
   *[no] in
} by then: in fact { fact }
miss-alone = The model misses { NAME($name) }: { fact }, and here it has signed in { $was-in ->
    [yes] only{ " " }
   *[no] { "" }
}{ $share }, so the model cannot say { what-turned }
miss-leans = In fact { fact }; the model, at { PERCENT($share) }, leans the other way
what-turned = { $turned ->
    [would] what would { $out ->
        [yes] keep it out
       *[no] bring it in
    }
    [really] what really { what-turned-it }
   *[would_really] what would really have { what-turned-it }
}
what-turned-it = { $out ->
    [yes] kept it out
   *[no] brought it in
}
cannot-say = The model cannot say { what-turned }: { $undecided ->
    [yes] before any change, some fits have it in and others out
   *[no] it has it on the wrong side before any change
}.
in-the-model = { NAME($name) } { signs } by then in { $shares } if { $conditions }.

## What is supposed

supposing = Supposing { $supposition }{ $several ->
    [yes] :
   *[no] ,
} { who } { $verb ->
    [has] { has-signed } by { $launch ->
        [yes] launch day
       *[no] { DAY($day) }
    }
   *[signs] { signs } by then
} in { $share }{ $judgement ->
    [none] { "" }
   *[some] : { judgement-of-supposition }
}
judgement-of-supposition = { $judgement ->
    [enough] enough
    [perhaps] perhaps enough
    [not_enough] not enough
    [hardly] hardly moves it
    [cannot_be_judged] whether that is enough cannot be judged
   *[model_only] in the model only
}
supposing-of-miss = The model misses { NAME($name) }, so this shows the model, not { NAME($name) }. { $supposing }
supposing-choice = As supposed, { $supposition }{ $share ->
    [none] { "" }
   *[some] ; without that, it { has-signed } by then in { PERCENT($share) } of { worlds }
}
without-supposed = Without that it { signs } by then in { $share }{ $gain ->
    [none] { "" }
   *[some] ; what is supposed moves it by { GAIN($gain) } in { PERCENT($most) } of fits
}
by-the-end = By { month-with-year } it { signs } in { PERCENT($share) }, { $same ->
    [yes] as without that
   *[no] not { PERCENT($before) }
}, by the best fit
supposed-convenor = { $anyone ->
    [no] nobody convenes
   *[yes] { NAME($convenor) } convenes{ $anew ->
        [yes] , and the text is read as its own
       *[no] { "" }
    }
}
supposed-club = the convenor's club is { $club }
supposed-lens = { $lens ->
    [none] weights of one's own
   *[some] the weights of the lens { $lens }
}
supposed-draws = weights drawn anew in each world

## How sure an answer is, line by line

lead-model = In the model only
lead-nearest = Nearest{ $several ->
    [yes] , too close to be told apart
   *[no] { "" }
}
lead-sure = How sure{ $beyond ->
    [yes] { " " }beyond that
   *[no] { "" }
}
lead-price = { $beyond ->
    [yes] The price beyond that
   *[no] Its price
}
lead-asked = What is asked
nearest = if { $conditions }, it { signs } by then in { $shares } instead of { $before }{ $far ->
    [yes] { "" }
   *[no] , which hardly moves it
}.
brackets = The brackets hold { PERCENT($most) } of { other-fits }, which weigh the motives otherwise.
moves-each = The { $what ->
    [supposition] supposition
   *[change] change
} moves the share by { GAIN($gain) } in { PERCENT($most) } of fits, each compared with itself.
nothing-moves = No change { $weaker ->
    [yes] that the register can check
   *[no] tried here
} moves it more than luck does.
fits-agree = As { $supposed ->
    [yes] supposed
   *[no] it is
}, every other fit that the data allow gives { PERCENT($share) } too.
fits-give = { CAPITAL(other-fits) } give { RANGE($span) } { as-it-is }.
spread = { $beside ->
    [none] { spread-by } { RANGE($span) }.
    [chosen] Without that, { spread-by-lower } { RANGE($other) }.
   *[some] { spread-by } { RANGE($span) }, without that { RANGE($other) }.
}
spread-by = { $fits ->
    [yes] { CAPITAL(other-fits) } give
   *[no] { CAPITAL(of-luck) } gives
}
spread-by-lower = { $fits ->
    [yes] { other-fits } give
   *[no] { of-luck } gives
}
which-is-smallest = Which of these is the smallest cannot be told.
why-perhaps = Perhaps only: { $reason ->
    [both] { $fits }, and { $luck }
    [fits] { $fits }
   *[luck] { $luck }
}.
why-perhaps-fits = some of these fits { $ways ->
    [short] { $out ->
        [yes] exceed
       *[no] fall short of
    } { PERCENT($sought) } of worlds
   *[both] move it the other way
}
why-perhaps-luck = luck alone takes it to { $spans } when the worlds are drawn again
span-of-luck = { RANGE($span) }
text-is-weak = Nothing in the text is shown to move it.
left-out-weak = Left out of the answer, though enough in the model: { $yields }. { $several ->
    [yes] They rest on motives
   *[no] It rests on a motive
} that may not count at all.
left-out-far = Left out of the answer, though enough in the model: { $yields }. The register cannot check { $several ->
    [yes] them
   *[no] it
}.
left-out-yield = { $lever }, and it { signs } by then in { $share }
one-at-a-time = What if: one change at a time. { observed-nothing }

## A first estimate

estimate = { who } { has-signed } by then in { $share ->
    [none] no world
    [all] all worlds
   *[some] about { PERCENT($share) } of worlds
}; { $seen ->
    [one] one change stands out so far: { $lever }
    [nothing] no change{ $weaker ->
        [yes] { " " }that the register can check
       *[no] { "" }
    } is seen to move it so far
   *[some] { $several ->
        [yes] the changes tried so far give
       *[no] the one change that moves it so far gives
    } about { SPAN($span) }{ $luck ->
        [none] { "" }
       *[some] , give or take { COUNT($luck) } points
    }
}

## What the model has

reading = In this model { $words }; this is no evidence of the { $kind }'s reasons.
reading-signs = { NAME($name) } has signed in { PERCENT($share) } of the { COUNT($worlds) } simulated worlds by { DAY($day) }
reading-otherwise = { NAME($name) } { $status } in { PERCENT($most) } of the { COUNT($worlds) } simulated worlds, and has signed in { PERCENT($share) }, by { DAY($day) }
reading-event = { NAME($name) } { $signs ->
    [yes] signs
   *[no] stays out
} from { DAY($day) } on, as that is supposed
reading-nothing = { NAME($name) } has nothing to decide, as { $kinds } may not sign under this scenario, only { LIST($may) }
in-worlds = In this model{ $supposed ->
    [yes] , as supposed,
   *[no] { "" }
} it { has-signed } by { $when ->
    [both] { DAY($day) } in { $whole }, and by the end, { DAY($other) }, in { $short }
    [joined] { DAY($day) } in { $whole }, and by { DAY($other) }, { in-worlds-fact }, in { $short }
    [before] { DAY($other) }, { in-worlds-fact }, in { $whole }, and by { DAY($day) } in { $short }
    [all_before] { DAY($other) } in { $whole }
   *[until] { DAY($day) } in { $whole }
}.
in-worlds-fact = when { $dated ->
    [yes] it really joined
   *[no] the register first names it
}
of-worlds = { $share ->
    [none] none of { worlds }
    [all] { $worlds ->
        [1] { worlds }
       *[other] all { worlds }
    }
   *[some] { PERCENT($share) } of { worlds }
}
of-the-same = { $share ->
    [none] none
    [all] all
   *[some] { PERCENT($share) }
}
because = Why, in the model: { $reason }.
because-both = { $first }, and { $second }
because-for = what speaks most for signing is { $motive }
because-against = what holds it back most is { $motive }
because-averages = { $reason }. These are averages over the European Union, as the model lets its members decide as one
because-reached = it has not taken the matter up by then in { PERCENT($share) } of worlds; { $reason }
motive-convenes = that it is the convenor
motive-member-convenes = that one of the Union's members, { NAME($convenor) }, is the convenor
motive-leaning = a general { $reluctant ->
    [yes] reluctance
   *[no] willingness
} of { $kinds }, whose cause the model does not know
motive-votes = what its votes in the UN have in common with those of { NAME($convenor) }, which convenes
motive-other-code = its own signature of the other code
occasion = Each time it takes the matter up in the month to { DAY($day) }, it signs { $times }{ $all ->
    [yes] { "" }
   *[no] ; as the matter comes up again, the share of worlds in which it has signed grows
}.
occasion-worlds = { $often ->
    [never] in no world
    [always] in every world
    [seldom] in fewer than 1 of 20 worlds
    [mostly] in more than 19 of 20 worlds
   *[some] in { COUNT($tenths) } of 10 worlds
}
despite = Each time it takes the matter up it signs with a chance of { $often ->
    [seldom] less than 1 in 20
    [mostly] more than 19 in 20
   *[some] { COUNT($tenths) } in 10
}; { $signed ->
    [yes] as the matter comes up often, by then it has done so in { PERCENT($share) } of worlds
   *[no] but by then the matter has come up in { PERCENT($come-up) } of worlds, and it has signed in { PERCENT($share) }
}.

## What really happened

happened-never = { CAPITAL(NAME($name)) } was not on the register by its last reading, { DAY($day) }.
happened-convenor = { CAPITAL(NAME($name)) } launched the Call, and was on the register from that day, { DAY($day) }.
happened-launch = { CAPITAL(NAME($name)) } was on the register at the launch, { DAY($day) }.
happened-dated = { CAPITAL(NAME($name)) } joined by { DAY($day) }, { time-after } after the launch.
happened-by = { CAPITAL(NAME($name)) } was on the register by { DAY($day) }, perhaps since the launch: the exact day is not known.
happened-unknown = Whether { $name } joined is not known here: the register is read by country alone, and no { $kind } by name.
happened-not-yet = { $name } had not joined by { DAY($day) } ({ $source }); what came later is not known here.
happened-organisation = { $name } { $when ->
    [launch] joined at the launch, { DAY($day) }
    [dated] joined by { DAY($day) }, { time-after } after the launch
   *[by] had joined by { DAY($day) }, perhaps at the launch
} ({ $source }).
time-after = { $unit ->
    [weeks] within weeks
    [months] { $number ->
        [one] 1 month
       *[other] { $number } months
    }
   *[years] about { $number ->
        [one] 1 year
       *[other] { $number } years
    }
}
why-not-dated = The oldest stored copy of the register is of { DAY($day) }. Of the { $later } states first named there, { $nameless } had joined at the launch; { NAME($name) } may be one of them.

## What the command prints

explain-worlds = { COUNT($worlds) } simulated worlds under { $weights }, seed { $seed }.
explain-union = The Union deliberates as one, on the mean V of its { $members } members that decide: the chance is theirs.
explain-chance = Chance that it signs when it takes the matter up in this round: { PERCENT($chance) }
explain-again = By this round it has signed in { PERCENT($share) } of the worlds: this is what it would weigh again.
explain-intervals = An interval runs from the 5th to the 95th percentile of the worlds.
explain-signs = It signs, where it does, in { explain-dates }
explain-appears = It appears on the public list, where it does, in { explain-dates }
explain-dates = { $median }; interval { $low } to { $high }.
explain-round = round { COUNT($round) } ({ DAY($day) })
explain-signed = Signed in { PERCENT($share) } of the worlds { $how }.
explain-columns = Interval: from the 5th to the 95th percentile of the worlds drawn again. First in: in how many of these draws it is the smallest, by the share that it uses of a range that we chose (docs/odd.md, section 7.8).
explain-file = { $family ->
    [none] As a scenario file says it:
   *[some] Of { $family }, as a scenario file says it:
}
explain-settings = On the command line: { $settings }
explain-price = but then { $price }
explain-public = Said in public  [not used by the model]
explain-seat-columns = Against: what a provision adds to what it holds against the text. Kept by: the nearest text that it would accept.
