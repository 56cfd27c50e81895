"""Ways to take an image that rules have no words for: tried last, so that at least it is known."""

from collections.abc import Callable
from functools import partial
from urllib.parse import urlencode

from why400.probe.bench import Subject, taken
from why400.probe.lab import Lab
from why400.probe.narrow import sole
from why400.probe.places import KEYS, SPELLINGS, Carried, Spell

_URLENCODED = "application/x-www-form-urlencoded"
_NO_WORDS = "rules have no words for that yet, so none are written"
_SPELLED = ("base64", "data-uri")


def unsayable(lab: Lab, subject: Subject, image: bytes, nonsense: bytes, names: tuple[str, ...] = KEYS) -> str:
    """How it takes an image, in words; "" where it does not. Raises BudgetSpent, Unreachable."""
    for how in _SPELLED:
        spell = SPELLINGS[how]
        if _taken(lab, subject, _text, spell, image, nonsense):
            return f"it takes the image as {how} alone, as the whole body; {_NO_WORDS}"
        holds = partial(_in_form, lab, subject, spell, image, nonsense)
        if holds(names):
            return f"it takes a urlencoded form with the image as {how} in {sole(names, holds)}; {_NO_WORDS}"
    return ""


def _in_form(lab: Lab, subject: Subject, spell: Spell, image: bytes, nonsense: bytes, names: tuple[str, ...]) -> bool:
    return _taken(lab, subject, _urlencoded(names), spell, image, nonsense)


def _taken(
    lab: Lab, subject: Subject, body: Callable[[str], Carried], spell: Spell, image: bytes, nonsense: bytes
) -> bool:
    answers = [
        lab.ask(subject.experiment("an image as text", body(str(spell(data, "image/jpeg")))))
        for data in (image, nonsense)
    ]
    return taken(*answers)


def _text(spelled: str) -> Carried:
    return Carried("text/plain", spelled.encode())


def _urlencoded(names: tuple[str, ...]) -> Callable[[str], Carried]:
    return lambda spelled: Carried(_URLENCODED, urlencode(dict.fromkeys(names, spelled)).encode())
