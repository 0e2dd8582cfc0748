# What commands say that no finding does: where a sweep stands, how a class comes to its session, and
# which run a folder holds.

## Sweeps

sweep-subject = { $title }: { $question }
sweep-size = { $runs } runs: { $points } points of { $worlds } worlds each
sweep-played = { sweep-size }, seed { $seed }.
sweep-estimate = { sweep-size }, about { DURATION($seconds) } on { $workers } workers, { SIZE($bytes) }.
sweep-means = Means over worlds: of all points, of the lowest and of the highest one
sweep-head-lowest = lowest
sweep-head-highest = highest point
sweep-folder = In { $folder }, { SIZE($bytes) }; { DURATION($seconds) }, { COUNT($rate) } runs a second.
sweep-hash = hash { $hash }
sweep-analyse = parley analyse { $folder } says what that answers.
sweep-status = { $runs-done } of { $runs } runs are done ({ PERCENT($share) }), in { $files } files of { SIZE($bytes) }.
sweep-goes-on = The same command without --status goes on from there.
sweep-interrupted = parley: { $runs-done } of { $runs } runs are kept in { $folder }; the same command goes on from there
sweep-axes = Axes
sweep-head-axis = axis
sweep-head-kind = kind
sweep-head-values = values
sweep-values = { $values }{ $steps ->
    [none] { "" }
   *[other] , in { $steps } steps
}

## Class sessions

class-sheet = Wrote { $file }: open it in a browser, and print it from there.
class-open =
    The class session is open.
    { "  " }Teacher: { $console }
    { "           " }(keep this link to yourself: whoever has it leads the session)
    { "  " }Students: { $join }
    { "  " }Code: { $code }
class-end = Ctrl-C ends the server; the session stays in its file.
class-reach =
    Address: { $join }
    Port { $port }: free
    Other devices of the same network can reach this computer, unless its firewall or the Wi-Fi keeps them apart.
    To be sure, run `parley class` and open the address on a phone. If it does not answer: allow Python in the
    firewall; or the Wi-Fi isolates its guests, then open a hotspot (docs/teaching/class.md).
class-addresses = Other addresses of this computer: { SERIES($addresses) } (name one with --host)

## Folders of results

folder-run = { $run ->
    [none] { "" }
   *[other] { $run }:{ " " }
}{ $scenario } ({ $hash }), { $worlds } simulated worlds, seed { $seed }, Parley { $version }
folder-files = { $whole } of { $files } files are there as the run wrote them.
folder-others = Not of this run: { SERIES($files) }{ $more ->
    [0] { "" }
   *[other] { " " }and { $more } more
}
