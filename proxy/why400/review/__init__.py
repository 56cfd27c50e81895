"""Rules over facts: findings, a verdict, a plan of fixes. Pure."""

from why400.review.judge import recheck, review
from why400.review.result import Decision, Plan, Review, Verdict

__all__ = ["Decision", "Plan", "Review", "Verdict", "recheck", "review"]
