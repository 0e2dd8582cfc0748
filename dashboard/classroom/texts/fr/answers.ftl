# Answers on ballots.
answer-sign = Signer le texte
answer-stay-out = Rester dehors pour l’instant
answer-stay = Rester signataire
answer-leave = Partir : retirer notre nom
answer-accept = Accepter le projet
answer-block = Bloquer le projet

mood-content = contents
mood-proud = fiers
mood-curious = curieux
mood-surprised = surpris
mood-unsure = incertains
mood-pressed = sous pression
mood-frustrated = frustrés
mood-indifferent = indifférents

rung-out = Retirer
rung-weaker = Plus faible
rung-written = Tel quel
rung-deeper = Plus exigeant
rung-full = En entier
