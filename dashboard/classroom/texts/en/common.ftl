# What several pages of a class session say.
no-script = Class sessions need JavaScript, which is switched off here.
class-session = Class session
no-contact = The computer that runs the session does not answer. Check the Wi-Fi and try again.
no-answer = The computer that runs the session could not answer. Try again.

# Where the server answers its own computer alone.
reach-none = Phones do not reach this server yet.
reach-head = How to let them in
reach-how = It answers this computer alone. End it, and start <code>.venv/bin/parley class</code> in its place (on Windows <code>.venv\Scripts\parley class</code>).

# Months, as charts and lists shorten them.
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

# The title of a page in the browser.
page-title = { $head } · Parley

# The time left of a step; of homework, whose steps take days, in days and hours.
clock-days = { $days } d { $hours } h
clock-hours = { $hours } h { $minutes } min
clock-minutes = { $minutes }:{ NUMBER($seconds, minimumIntegerDigits: 2) }
clock-little = { $seconds ->
    [one] { $seconds } second is left
   *[other] { $seconds } seconds are left
}
clock-over = Time is up
