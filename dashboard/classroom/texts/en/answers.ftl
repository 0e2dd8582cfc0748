# What may be answered, and what the table says was done.
answer-sign = Sign the text
    .done = signed
answer-stay-out = Stay out for now
    .done = stayed out
answer-stay = Stay a signatory
    .done = stayed a signatory
answer-leave = Leave: take the name off
    .done = left
# In secret, of who has signed and of who has not; done, it is said of both alike, so that nobody learns who has signed.
answer-keep = Keep it
    .unsigned = Hold back
    .done = held back
answer-break = Break it in secret
    .unsigned = Act in secret
    .done = acted in secret
answer-accept = Accept the draft
    .done = accepted
answer-block = Block the draft
    .done = blocked
accuse-in-words = Accuse { $country } in words
    .done = accused { $country } in words
accuse-and-sanction = Accuse { $country } and ask for a sanction
    .done = accused { $country } and asked for a sanction
accuse-nobody = Accuse nobody
    .done = accused nobody

# Moods after the game.
mood-content = content
mood-proud = proud
mood-curious = curious
mood-surprised = surprised
mood-unsure = unsure
mood-pressed = under pressure
mood-frustrated = frustrated
mood-indifferent = indifferent

# Talks over the text: how far a provision goes, what it asks for, and when a draft is adopted.
rung-out = Leave out
rung-weaker = Weaker
rung-written = As written
rung-deeper = Deeper
rung-full = In full
wish-none = the text as it is
asks-restraint = restraint
asks-burden = effort
asks-position = openness
rule-two-thirds = Two thirds
    .words = A draft is adopted when at least two thirds of the seats accept it.
rule-consensus = Consensus
    .words = A draft is adopted when every seat accepts it: one can block all others.

# What each is asked alone, and all in the end.
question-before = How many { $who } will stand on the list of signatories a year after the launch?
question-record = How many { $who } really stood on the list of signatories a year after the launch?
question-anew = If another class played it anew: how many { $who } would stand on its list a year after the launch?
question-transfer = Where else do many have to agree, while nobody can force them? What would you do there tomorrow?

# What a teacher may let happen.
happening-forum = At a large forum the convenor speaks to states, firms and NGOs, and asks each of them to sign.
happening-summit = At a summit of heads of state and government the convenor asks each of them to sign.
happening-firms = A trade fair for security is given over to the text: firms everywhere hear of it.
happening-attack = A worm stops hospitals, ports and power stations all over the world: every state sees how exposed it is.
happening-usa = The United States announces that it signs.
happening-china = China announces that it signs.
happening-google = Google says that it no longer supports the text.
