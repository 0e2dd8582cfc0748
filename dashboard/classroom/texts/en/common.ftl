# What several pages of a class session say.
no-script = Class sessions need JavaScript, which is switched off here.
class-session = Class session
no-contact = The computer that runs the session does not answer. Check the Wi-Fi and try again.
no-answer = The computer that runs the session could not answer. Try again.
month-1 = Jan
month-2 = Feb
month-3 = Mar
month-4 = Apr
month-5 = May
month-6 = Jun
month-7 = Jul
month-8 = Aug
month-9 = Sep
month-10 = Oct
month-11 = Nov
month-12 = Dec
