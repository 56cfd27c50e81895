"""For all tests: a busy machine is no failure, so properties have no time limit for an example."""

from hypothesis import settings

settings.register_profile("why400", deadline=None)
settings.load_profile("why400")
