# The ballots.
ballot-predict = Combien d’{ $unit } seront sur la liste des signataires un an après le lancement ?
ballot-amend = { $number }. { $name }
ballot-amend-how = Une case par ligne : jusqu’où le texte doit-il aller ? Une ligne vide reste telle quelle sur la table.
ballot-accept = Que dit votre équipe au projet de texte ?
ballot-choose = Que fait votre équipe ?
ballot-choose-signed = Si vous avez déjà signé
ballot-choose-unsigned = Si vous n’avez pas signé
ballot-news = Votre titre pour toute la classe
ballot-exit-mood = Que ressentez-vous après ce qui s’est passé ?
ballot-exit-answer = Combien d’{ $unit } étaient vraiment sur cette liste un an après le lancement ?
ballot-exit-anew = Si une autre classe rejouait : combien d’{ $unit } seraient sur sa liste après un an ?
