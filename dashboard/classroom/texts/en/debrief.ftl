# The debrief: the place of a part among all.
# Where a part does not fit on the wall.
debrief-page = Page { $page } of { $pages }
debrief-part-of = { $number } of { $all }
debrief-at = Debrief: { $place }
debrief-played-on = You played to { $date }; from there the model played on alone.

# How did it feel?
debrief-feelings = { $answers ->
    [0] Say in one word how it was.
    [one] { $answers } of you has said how it was.
   *[other] { $answers } of you have said how it was.
}

# What happened.
debrief-expected = What you had expected
debrief-guesses = Your guesses: { $unit } on the list on { $date }
debrief-guesses-label = { $own ->
    [none] { $guesses ->
        [one] { $guesses } guess, the middle { $middle }; your world has { $world }
       *[other] { $guesses } guesses, the middle { $middle }; your world has { $world }
    }
   *[other] { $guesses ->
        [one] { $guesses } guess, the middle { $middle }; your world has { $world }; your own guess is { $own }
       *[other] { $guesses } guesses, the middle { $middle }; your world has { $world }; your own guess is { $own }
    }
}
debrief-own-guess = your guess
debrief-became = It became { $world }; the middle of your guesses is { $middle }.
debrief-you-guessed = { $side ->
    [below] You guessed { $guess }, { $by } too few.
    [above] You guessed { $guess }, { $by } too many.
   *[exact] You guessed { $guess }, exactly.
}
debrief-on-list = Your seats on the list
debrief-off-list = Not on it
debrief-outside = What came from outside
debrief-outside-one = { $month }: { $words }
debrief-headlines = The headlines

# Who kept it, and who was accused.
debrief-acted-head = Acted in secret
debrief-held-head = Held back
debrief-conduct-basis = The names are invented. What the model makes of secret acts is assumed, as nobody has measured them.
debrief-acted = { $accused ->
    [none] { $acted } of { $countries } countries acted in secret; none of them was rightly accused.
    [all] { $acted ->
        [one] { $acted } of { $countries } countries acted in secret; it was rightly accused.
       *[other] { $acted } of { $countries } countries acted in secret; all of them were rightly accused.
    }
   *[some] { $seen ->
        [one] { $acted } of { $countries } countries acted in secret; { $seen } of them was rightly accused.
       *[other] { $acted } of { $countries } countries acted in secret; { $seen } of them were rightly accused.
    }
}
debrief-blamed = { $number ->
    [0] Nobody who held back was accused.
    [one] { $names } held back and was accused all the same.
   *[other] { $names } held back and were accused all the same.
}
debrief-accusations = { $accusations ->
    [0] None of your teams accused anybody.
    [one] { $right ->
        [0] Your teams made { $accusations } accusation, and it was wrong.
       *[other] Your teams made { $accusations } accusation, and it was right.
    }
   *[other] { $right ->
        [0] Of { $accusations } accusations by your teams none was right.
        [one] Of { $accusations } accusations by your teams { $right } was right.
       *[other] Of { $accusations } accusations by your teams { $right } were right.
    }
}
debrief-you-accused = { $verdict ->
    [right] You accused { $country }, and were right.
   *[wrong] You accused { $country }, and were wrong.
}
debrief-accused = { $teams ->
    [0] { $times ->
        [0] not accused
        [1] accused once
        [2] accused twice
       *[other] accused { $times } times
    }
   *[other] { $times ->
        [0] accused by { $teams } of your teams alone
        [1] accused once and by { $teams } of your teams
        [2] accused twice and by { $teams } of your teams
       *[other] accused { $times } times and by { $teams } of your teams
    }
}
debrief-accused-sanctioned = { debrief-accused }; sanctioned

# Who was sanctioned, and was it right?
debrief-sanctioned = { $verdict ->
    [right] { $country } was sanctioned, and rightly: it had acted in secret.
   *[wrong] { $country } was sanctioned, and wrongly: it had held back until then.
}
debrief-asked = { $asked } of the { $states } states’ teams that decided asked for it.
debrief-wanted = { $teams ->
    [0] No team wanted a sanction.
    [one] { $right ->
        [0] { $teams } team wanted a sanction, none of them of a country that had acted.
       *[other] { $teams } team wanted a sanction, { $right } of them of a country that had acted.
    }
   *[other] { $right ->
        [0] { $teams } teams wanted a sanction, none of them of a country that had acted.
       *[other] { $teams } teams wanted a sanction, { $right } of them of a country that had acted.
    }
}
debrief-you-wanted = { $verdict ->
    [right] You wanted one of { $country }, and were right.
   *[wrong] You wanted one of { $country }, and were wrong.
}
debrief-costs = What it would cost in the model
debrief-cost-of-words = Words
debrief-cost-of-words-is = of the weight of its example is lost by whoever is accused in public, rightly or wrongly
debrief-cost-of-sanction = A sanction
debrief-cost-of-sanction-most = up to { $cost }
debrief-cost-of-sanction-is = by all who had signed, with { $power } of the power of all states, where being named before the most watchful public costs{ "\u00A0" }1
debrief-sanction-basis = The model has no sanction of one country, so yours moved nothing in it: these are its assumptions on any. In it only the one whom a sanction strikes pays for it. The names are invented.

# Your world beside the simulated ones.
debrief-simulated = simulated
debrief-curves = Curves of all on the list: your world ends at { $own }, the middle of the simulated worlds at { $middle }
debrief-curves-with-register = { debrief-curves }, the register at { $register }
debrief-world = { $place ->
    [below] Your world ends with { $own } on the list, fewer than 9 of 10 simulated worlds ({ $low } to { $high }).
    [above] Your world ends with { $own } on the list, more than 9 of 10 simulated worlds ({ $low } to { $high }).
   *[within] Your world ends with { $own } on the list, within 9 of 10 simulated worlds ({ $low } to { $high }).
}
debrief-way = { $side ->
    [above] But from { $from } to { $to } it ran along their upper edge or above it.
   *[below] But from { $from } to { $to } it ran along their lower edge or below it.
}
debrief-band = { $text ->
    [own] { $outside ->
        [0] The band holds 9 of 10 of { $worlds } worlds of the same scenario and of your text, without your choices.
       *[other] The band holds 9 of 10 of { $worlds } worlds of the same scenario and of your text, without your choices, and without what came from outside in yours ({ $months }).
    }
   *[written] { $outside ->
        [0] The band holds 9 of 10 of { $worlds } worlds of the same scenario without your choices.
       *[other] The band holds 9 of 10 of { $worlds } worlds of the same scenario without your choices, and without what came from outside in yours ({ $months }).
    }
}
debrief-luck = They differ from each other by luck alone.
debrief-jump = The jump a year after the launch is built in: new attention, and names that had waited.

# And what really happened.
debrief-register = register
debrief-record = The real list had { $register } names on { $date }; yours ends with { $own }.
debrief-no-record = This scenario is invented: no real list answers it.
debrief-on-record = Your seats on the real list
debrief-other-text = The real list is of another text: that of its convenor, not yours.
debrief-record-of-a-year = A year after the launch { $number } { $unit } really stood on it.
debrief-middles = The middle of your guesses was { $before } before the game and { $after } after it.
debrief-own-guesses = You guessed { $before } and { $after }.
debrief-fitted = The model was fitted to this list, so it is no surprise that its worlds come near.
debrief-unknown = The list only says how many firms and NGOs are on it, so it does not tell about { $names }.
