# Talks over the text: how far a provision goes, or is to go.
talks-rung-out = left out
talks-rung-weaker = weaker
talks-rung-written = as written
talks-rung-deeper = deeper
talks-rung-full = in full

# The chair’s draft: what moved, and who wants more or less of it.
talks-moves = { $before } → { $after }
talks-stays = stays { $rung }
talks-wishes = { $more ->
    [0] { $less ->
        [0] nobody wants more or less
        [one] { $less } of { $seats } wants less
       *[other] { $less } of { $seats } want less
    }
    [one] { $less ->
        [0] { $more } of { $seats } wants more
       *[other] { $more } of { $seats } wants more, { $less } less
    }
   *[other] { $less ->
        [0] { $more } of { $seats } want more
       *[other] { $more } of { $seats } want more, { $less } less
    }
}
talks-draft = { $moves ->
    [0] No provision moves: no wish had more than half of the seats.
    [one] { $rest ->
        [one] { $moves } provision moves, { $rest } stays.
       *[other] { $moves } provision moves, { $rest } stay.
    }
   *[other] { $rest ->
        [one] { $moves } provisions move, { $rest } stays.
       *[other] { $moves } provisions move, { $rest } stay.
    }
}
talks-by-model = { $seats ->
    [one] For { $seats } seat the model answers (assumed).
   *[other] For { $seats } seats the model answers (assumed).
}

# The vote, and how the talks end.
talks-rule-all = It is adopted only if all { $seats } seats accept it.
talks-rule = It is adopted if { $needed } of the { $seats } seats accept it.
# Whoever votes against a draft blocks it only where it is not adopted.
talks-vote = { $blockers ->
    [0] { $accept } of { $seats } seats accept; { $needed } had to.
   *[other] { $result ->
        [adopted] { $accept } of { $seats } seats accept; { $needed } had to. Against it:
       *[failed] { $accept } of { $seats } seats accept; { $needed } had to. Blocked by:
    }
}
talks-the-model = the model
talks-failed = The talks have failed
talks-failed-words = { $convenor ->
    [unknown] Twice the draft found too few. So the convenor’s text opens for signature, as it was written.
   *[other] Twice the draft found too few. So the text of { $convenor } opens for signature, as it was written.
}
talks-adopted = The text is adopted
talks-adopted-words = { $convenor ->
    [unknown] { $changes ->
        [0] It is the convenor’s text, word for word, and opens for signature now.
        [one] It differs from the convenor’s text in { $changes } provision, and opens for signature now.
       *[other] It differs from the convenor’s text in { $changes } provisions, and opens for signature now.
    }
   *[other] { $changes ->
        [0] It is the text of { $convenor }, word for word, and opens for signature now.
        [one] It differs from the text of { $convenor } in { $changes } provision, and opens for signature now.
       *[other] It differs from the text of { $convenor } in { $changes } provisions, and opens for signature now.
    }
}

# What a team wants of the text.
talks-asks = Asks for { $what }
talks-changes = { $changes ->
    [0] All as it is
    [one] { $changes } change
   *[other] { $changes } changes
}
talks-wish = { $provision }: { $rung }
talks-no-wish = The text as it is on the table

# The text in the debrief.
talks-deeper = Deeper
talks-weaker = Weaker
talks-votes = The votes
talks-expected = What the model expects of it
talks-over-failed = Your talks failed, and the text opened as it was written.
talks-over-unchanged = You adopted the text as it was written.
talks-over-changed = { $convenor ->
    [unknown] { $deeper ->
        [one] Your text goes deeper in { $deeper } provision and is weaker in { $weaker } than the convenor’s.
       *[other] Your text goes deeper in { $deeper } provisions and is weaker in { $weaker } than the convenor’s.
    }
   *[other] { $deeper ->
        [one] Your text goes deeper in { $deeper } provision and is weaker in { $weaker } than that of { $convenor }.
       *[other] Your text goes deeper in { $deeper } provisions and is weaker in { $weaker } than that of { $convenor }.
    }
}
talks-result = { $result ->
    [adopted] { $blockers ->
        [teams] adopted; against it: { $teams }
        [model] adopted; against it: the model for { $others }
        [both] adopted; against it: { $teams }, and the model for { $others }
       *[nobody] adopted; nobody was against it
    }
   *[failed] { $blockers ->
        [teams] not adopted; blocked by { $teams }
        [model] not adopted; blocked by the model for { $others }
       *[both] not adopted; blocked by { $teams }, and by the model for { $others }
    }
}.
talks-first-result = First draft: { talks-result }
talks-second-result = Second draft: { talks-result }
talks-expected-changed = The middle one of { $worlds } worlds with your text, and without your choices, ends with { $own } names on the list; with the text as it was written, with { $written }.
talks-expected-unchanged = The middle one of its { $worlds } worlds, without your choices, ends with { $written } names on the list.
