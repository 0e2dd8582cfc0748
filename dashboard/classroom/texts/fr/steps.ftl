# The titles of steps that are on ballots.
step-predict = Qu’attendez-vous ?
step-amend = Que doit dire le texte ?
step-draft = Le projet de la présidence
step-accept = Accepter ou bloquer
step-second-amend = Le second tour
step-second-draft = Le second projet
step-second-accept = Le dernier mot
step-launch = Le lancement
step-months-later = Trois mois plus tard
step-anniversary = Le premier anniversaire
step-after-anniversary = Après l’anniversaire
step-november-2021 = Novembre 2021
step-three-years = Après trois ans
step-exit = Avant d’en parler
