# What a number rests on, from what was observed to what nobody has measured.

basis-fitted = fitted to the register
basis-what-if = what if, under fitted weights
basis-extrapolated = extrapolated from the fit
basis-assumed = assumed
