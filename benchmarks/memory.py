"""The most memory this process has held."""

import resource
import sys
from pathlib import Path

KIBIBYTE = 1024
STATUS = Path("/proc/self/status")


def peak_memory() -> int:
    """The most memory this process has held so far, in bytes.

    On Linux `ru_maxrss` counts the process that started this one as well, whatever that one held.
    The line `VmHWM` of the status does not (proc_pid_status, section 5 of the Linux manual).
    """
    if STATUS.exists():
        line = next(line for line in STATUS.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) * KIBIBYTE
    unit = 1 if sys.platform == "darwin" else KIBIBYTE
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
