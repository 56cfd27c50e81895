"""A process that studies requests: `python -m why400.app.student FD MEMORY CPU`, as every worker is started."""

from why400.app.tables import eyes
from why400.decoding.studies import student
from why400.decoding.working import work

MODULE = "why400.app.student"

if __name__ == "__main__":
    work(student(eyes()))
