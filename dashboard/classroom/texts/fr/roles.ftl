# What signing means, for everybody.
text-promise = Qui signe l’{ $code } dit en public qu’il s’y tiendra. { $force }
text-ratified = Un État qui signe doit le ratifier avant que le droit ne le lie.
text-voluntary = C’est une promesse devant tous : aucune loi n’oblige les signataires, aucun juge ne les interroge.
text-between = { " ; " }
text-asks = Ses principes : { $principles }.
text-nothing = Il ne demande rien en particulier.
text-signers = Peuvent signer, chacun pour soi : { $signers }.

# What everybody knows of a seat.
state-people = En 2017, il compte { $people } millions d’habitants, dont { $online } en ligne.
state-freedom = Freedom House lui donne { $points } points sur 100 pour la liberté de ses habitants.
state-groups = Il appartient à ces groupes ou traités : { $groups }.
state-no-groups = Il n’est membre d’aucune des grandes alliances.
convenor = Il a écrit le texte et l’ouvre à la signature.
firm-home = C’est une entreprise. Son pays d’origine : { $home }.
firm-trade = Son métier : { $trade }.
firm-public = Elle vend aussi au public.
firm-firms = Elle vend à des entreprises et à des États plutôt qu’au public.
ngo-home = C’est une organisation non gouvernementale. Son pays d’origine : { $home }.
said = Le { $day } (en anglais) : { $words } ({ $source })

# The aims of a seat, by the trait that it has much or little of.
state-openness-much = Le texte demande un Internet ouvert, comme vous le voulez chez vous : cela parle pour lui.
state-openness-little = Le texte demande plus d’ouverture que vous n’en voulez chez vous : regardez à quoi il vous engagerait.
state-offence-much = Vous avez plus de moyens d’attaque que la plupart : le texte vous demande plus de retenue qu’aux autres.
state-offence-little = Vous avez peu à abandonner : la retenue des autres vous sert.
state-exposure-much = Une grande part de votre vie est en ligne : des attaques vous feraient mal, vous voulez donc que les autres se retiennent.
state-exposure-little = Une petite part de votre vie est en ligne : les attaques vous touchent moins.
state-capacity-much = Vous avez le personnel qu’il faut pour tenir ce que le texte demande.
state-capacity-little = Vous avez peu de personnel pour ces questions : comptez ce que tenir le texte vous coûterait.
state-audience-much = Votre public regarde de près ce que vous signez, et si vous le tenez.
state-audience-little = Peu de gens vous demandent des comptes en public sur ce que vous signez.
state-weight-much = Les entreprises de votre pays regardent ce que vous faites : là où elles peuvent signer, certaines vous suivront. À elle seule, une signature ne fait guère bouger un autre État.
state-weight-little = Seul, vous faites bouger peu de choses : regardez ce que font les grands et vos amis.
organisation-openness-much = Vous travaillez depuis un pays dont l’Internet est ouvert, et le texte en demande un : cela parle pour lui.
organisation-openness-little = Vous travaillez depuis un pays qui contrôle son Internet : demandez-vous ce qu’il dirait de votre signature.
organisation-public_rule-much = Des règles faites par les États vous conviendraient : demandez-vous si le texte va assez loin.
organisation-public_rule-little = Vous préférez vos propres règles à celles qu’on vous donne : un texte que chacun signe librement vous convient.
organisation-audience-much = Beaucoup connaissent votre nom : ils regardent ce que vous signez, et si vous le tenez.
organisation-audience-little = Hors de votre métier, peu de gens regardent ce que vous signez.
organisation-weight-much = Vous êtes parmi les grands. Dans le modèle, pourtant, une entreprise ou une ONG seule n’entraîne personne : votre État d’origine regarde combien des siennes signent.
organisation-weight-little = Seul, vous faites bouger peu de choses : regardez ce que font les grands.
aim-convenor = Le texte est le vôtre : chaque signature lui donne plus de valeur pour vous.
aim-common = Demandez-vous ce que vous gagnez si beaucoup signent, et ce que vous risquez si vous signez et que d’autres ne tiennent pas parole.
basis-state = Les chiffres sont publics. Les objectifs découlent des traits que le modèle calcule à partir de tels chiffres, là où ils sont hauts ou bas.
basis-organisation = Les objectifs découlent de traits supposés : ceux du pays d’origine et du métier ou du genre. Personne ne les a mesurés pour elle seule.
press-readers = Vous écrivez pour des lecteurs pressés qui ne connaissent pas le texte.
press-headline = Dites en un titre ce qui s’est passé, et ce que cela veut dire.
press-look = Cherchez ce que d’autres n’aimeraient pas lire : qui reste dehors, qui est parti, qui manque.
press-fair = Soyez justes : un titre faux vous coûte vos lecteurs.

# The printed card.
card-state = État
card-firm = Entreprise
card-ngo = ONG
card-press = Presse
card-text = Ce que le texte demande
card-public = Ce que tout le monde sait
card-aims = Ce que seule votre équipe sait
card-aims-press = Votre métier
card-names = Qui joue ce rôle
card-rule = Parlez pour ce rôle, pas pour vous-mêmes. Aucun rôle n’est l’opinion de quelqu’un.

# The briefing on a phone.
briefing-head = Votre fiche : { $name }
briefing-read = J’ai lu la fiche
briefing-in-this-language = Lire en français
