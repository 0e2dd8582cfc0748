# What signing means, for everybody.
text-promise = Whoever signs the { $code } says in public that it will keep to it. { $force }
text-ratified = A state that signs has to ratify it before it is bound by law.
text-voluntary = It is a promise before everybody: no law obliges whoever signs, and no court asks.
text-between = { "; " }
text-asks = Its principles: { $principles }.
text-nothing = It asks for nothing in particular.
text-signers = { $signers } may sign, each for itself.

# What everybody knows of a seat.
state-people = In 2017 it had { $people } million people, of whom { $online } were online.
state-freedom = Freedom House gave it { $points } points of 100 for the freedom of its people.
state-groups = It belongs to { $groups }.
state-no-groups = It belongs to none of the large alliances.
convenor = It has written the text, and opens it for signature.
firm-home = It is a firm. Its home: { $home }.
firm-trade = Its trade: { $trade }.
firm-public = It sells to the public, too.
firm-firms = It sells to firms and states rather than to the public.
ngo-home = It is a non-governmental organisation. Its home: { $home }.
said = On { $day }: { $words } ({ $source })

# The aims of a seat, by the trait that it has much or little of.
state-openness-much = The text asks for an open Internet, as you do at home: that speaks for it.
state-openness-little = The text asks for more openness than you want at home: look at what it would commit you to.
state-offence-much = You have more to hold back than most, so the text asks more restraint of you than of others.
state-offence-little = You have little of your own to give up: restraint of the others serves you.
state-exposure-much = Much of your life is online: attacks would hurt you, so you want others to hold back.
state-exposure-little = Little of your life is online yet: attacks elsewhere hurt you less.
state-capacity-much = You have the people to keep what the text asks for.
state-capacity-little = You have few people for such matters: count what keeping the text would cost you.
state-audience-much = Your public looks closely at what you sign, and whether you keep it.
state-audience-little = Few hold you to account in public for what you sign.
state-weight-much = Firms at home look at what you do: where they may sign, some will follow you. One signature alone hardly moves another state.
state-weight-little = Alone you move little: look at what the large ones and your friends do.
organisation-openness-much = You work from a country with an open Internet, and the text asks for one: that speaks for it.
organisation-openness-little = You work from a country that controls its Internet: ask what it would say to your signature.
organisation-public_rule-much = Rules that states make would suit you: ask whether the text goes far enough.
organisation-public_rule-little = You would rather set your own rules than be given some: a text that all sign freely suits you.
organisation-audience-much = Many people know your name: they look at what you sign, and whether you keep it.
organisation-audience-little = Few people outside of your trade look at what you sign.
organisation-weight-much = You are one of the large ones. In the model, though, one firm or NGO alone brings nobody along: your home state looks at how many of its own sign.
organisation-weight-little = Alone you move little: look at what the large ones do.
aim-convenor = The text is yours: each signature makes it worth more to you.
aim-common = Ask what you gain if many sign, and what you risk if you sign and others do not keep it.
basis-state = The figures are public. The aims follow from the traits that the model computes from such figures, where these are high or low.
basis-organisation = The aims follow from traits that are assumed: those of its home country and of its trade or type. Nobody has measured them for it alone.
press-readers = You write for readers who have little time and who do not know the text.
press-headline = Say in one headline what has happened, and what it means.
press-look = Look for what others would rather not read: who stays out, who has left, and who is missing.
press-fair = Be fair: a headline that is not true costs you your readers.

# The printed card.
card-state = State
card-firm = Firm
card-ngo = NGO
card-press = Press
card-text = What the text asks
card-public = What everybody knows
card-aims = What your team alone knows
card-aims-press = Your craft
card-names = Who plays this seat
card-rule = Speak for this seat, not for yourself. No seat is anybody’s own opinion.

# The briefing on a phone.
briefing-head = Your briefing: { $name }
briefing-read = I have read it
briefing-in-this-language = Read it in English
