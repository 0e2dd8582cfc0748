# The news of a class: its world on phones, on the wall and in the debrief.
news-unit = names on the list
news-own-world = your world
news-curve = Curve of all on the list: { $number } on { $date }
news-assumed = assumed

# Who has joined the list, and who has left it.
news-joined = New on the list
news-nobody-joined = Nobody new with a name
news-others = { $number ->
    [one] and { $number } other with a name
   *[other] and { $number } others with a name
}
news-others-on-phones = { news-others }, all on your phones.
news-own-seats = Framed: seats of this class.
news-unnamed = and { $number } more
news-left = Left the list

# Invented countries: how often victims have accused one, and what the states’ teams decided on sanctions.
news-accused-times = { $times ->
    [1] once
    [2] twice
   *[other] { $times } times
}
news-sanctioned = { $states ->
    [one] { $country } is sanctioned: { $asked } of the { $states } states’ team that decided asked for it.
   *[other] { $country } is sanctioned: { $asked } of the { $states } states’ teams that decided asked for it.
}
news-too-few-decided = { $states ->
    [0] Nobody is sanctioned: { $needed } states’ teams would have had to ask for it, and none decided.
   *[other] Nobody is sanctioned: { $needed } states’ teams would have had to ask for it, and { $states } decided.
}
news-too-few-asked = { $states ->
    [one] Nobody is sanctioned: of the { $states } states’ team that decided, { $needed } would have had to ask for the same country.
   *[other] Nobody is sanctioned: of the { $states } states’ teams that decided, { $needed } would have had to ask for the same country.
}
