# The ballots.
ballot-predict = How many { $unit } will stand on the list of signatories a year after the launch?
ballot-amend = { $number }. { $name }
ballot-amend-how = One box in a row: how far should the text go? A row left empty stays as it is on the table.
ballot-accept = What does your team say to the draft?
ballot-choose = What does your team do?
ballot-choose-signed = If you have signed before
ballot-choose-unsigned = If you have not signed
ballot-news = Your headline for all of the class
ballot-exit-mood = How do you feel about how it went?
ballot-exit-answer = How many { $unit } really stood on that list a year after the launch?
ballot-exit-anew = If another class played it anew: how many { $unit } would stand on its list after a year?
