"""A process that studies requests: `python -m why400.app.student FD MEMORY CPU`, as every worker is started."""

import os

from why400.app.eyes import eyes
from why400.decoding.studies import student
from why400.decoding.working import work

_NICE = 5
"""What takes long gives way to the traffic of all."""

if __name__ == "__main__":
    os.nice(_NICE)
    work(student(eyes()))
