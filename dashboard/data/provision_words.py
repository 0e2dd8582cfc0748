"""What provisions say, in plain words: on the pages Designer and Stakeholder."""

# What the two ends of each provision's ambition say, in plain words. Ours: the Call itself has one wording of each.
ENDS = {
    1: ("silent on harm to people and infrastructure", "no operation that harms them, whatever the reason"),
    2: ("silent on routing, naming and cables", "nobody touches them, in peace or conflict"),
    3: ("silent on elections", "no interference, and platforms stop it"),
    4: ("silent on theft of trade secrets", "no theft for advantage, by anybody"),
    5: ("tools may be sold to anyone", "no tool leaves without control"),
    6: ("products ship as they are", "secure from design to end of life"),
    7: ("everyone as they please", "basic protection everywhere, all the time"),
    8: ("firms may strike back", "no firm does, and states see to it"),
    9: ("no follow-up", "all follow up, report and name their own side"),
}
