"""The fit of the weights to the register of the Paris Call, and the evidence for and against them.

register                the register in rounds
states, organisations   data and objective of each fit
expected_path           what both hold against the register
calibrate               all weights, with their errors
maximise                the search for a maximum
uncertainty             the bootstrap's draws
standard_errors         spread of the draws and pull of the penalty
predict                 states left out of the fit
later_dates, in_sample  totals at dates
baselines               models without a simulator
curves                  totals without a simulator
scores                  AUC, Brier score, intervals
comparisons             Parley beside another model
backtest                all of these together
transfer                other instruments
recovery                whether known weights are found
claims                  claims about conduct
conclusions             which of them survive
pipeline                the whole record, computed
record                  the record, read
report                  the record in words, tables and figures
"""
