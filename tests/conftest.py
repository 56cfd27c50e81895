"""For all tests: a busy machine is no failure, so properties have no time limit for an example.

What a shell starts in the background has Ctrl-C ignored, and all that it starts (POSIX 2.11): here nothing has.
"""

import signal

from hypothesis import settings

settings.register_profile("why400", deadline=None)
settings.load_profile("why400")

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
