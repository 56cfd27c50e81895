"""What the demo tells a person to try."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Running:
    """A demo that runs: where its parts are, and how its user calls the command."""

    proxy: str
    page: str
    model: str
    samples: Path
    data: Path
    digit: int
    accuracy: float
    enforced: bool
    command: str


GUIDE = """
A digits model runs behind why400 (right on {accuracy:.1%} of digits it never saw); its rules {what_rules_do}.
All samples show a {digit}.

1. A good request, then two that {fate}:
   curl -i -H 'Content-Type: image/jpeg' --data-binary @{samples}/good.jpg {proxy}/predict
   curl -i --data-binary @{samples}/good.jpg {proxy}/predict
   curl -i -F 'file=@{samples}/transparent.png;type=image/png' {proxy}/upload
2. Why? On the page {page} or on the terminal, where `explain ID` tells all of one:
   {command} records --data {data} --limit 5
3. One answered 200 with the wrong digit: a phone photo that lies on its side. Its headers say so:
   curl -i -H 'Content-Type: image/jpeg' --data-binary @{samples}/phone.jpg {proxy}/predict
4. Without a proxy of your own, in front of any curl command that fails:
   {command} curl -F 'file=@{samples}/transparent.png;type=image/png' {model}/upload
{last}

Ctrl-C stops it."""

OBSERVED = "5. Let the rules mend or reject, and send the same again: {command} demo --mode enforce"
ENFORCED = "5. Only watch, as every proxy without rules does, and send the same again: {command} demo"


def guide(running: Running) -> str:
    """Curl lines that work as they stand, from a good request to an explained refusal."""
    words = {name: getattr(running, name) for name in running.__dataclass_fields__}
    enforced = running.enforced
    return GUIDE.format(
        **words,
        what_rules_do="mend or reject what is wrong" if enforced else "only observe",
        fate="the model alone would refuse" if enforced else "the model refuses",
        last=(ENFORCED if enforced else OBSERVED).format(**words),
    )
