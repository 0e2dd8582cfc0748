# The page on which a student joins.
join-title = Join a class session · Parley
join-back = Go back to the session you are in
join-back-as = Go back as { $name }
join-head = Join your class
join-code = Code on the wall
join-name = Your name
join-name-words = Your class and your teacher see it. A first name is enough.
join-send = Join
