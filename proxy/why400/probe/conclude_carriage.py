"""From a contract to rules on what stands around an image: fields, types, codings, documents and forms."""

import re
from collections.abc import Callable, Iterator, Mapping

from why400.probe.contract import Contract
from why400.probe.places import Style, quoted
from why400.probe.rule_text import RuleText, listed
from why400.probe.studies import controls, formats, spellings, types

NO_BOUNDARY = "a form whose type names no boundary"
_GENERAL = ("application/octet-stream", "text/plain", types.ABSENT)


def asked_for(contract: Contract) -> Iterator[RuleText]:
    """Fields of the head and parameters of the query that a refusal asked for."""
    for want in contract.wants:
        if want.kind != "beside":
            name = want.name.lower() if want.kind == "header" else want.name
            words = f"asked for, and taken with the value {want.value}"
            kind = "field" if want.kind == "header" else "query"
            rule = f"{kind}-{re.sub('[^a-z0-9]+', '-', name.lower())}"[:63].rstrip("-")
            yield RuleText(rule, f"{want.kind}: {{ {quoted(name)}: any }}", comment=words)


def _beside(contract: Contract) -> list[str]:
    """Names of parts, or of keys at the root, that go with the image."""
    names = [re.split(r"[.\[]", want.name)[0] for want in contract.wants if want.kind == "beside"]
    own = re.split(r"[.\[]", contract.places[0].name.removeprefix("$."))[0]
    return [quoted(name) for name in dict.fromkeys(names) if name not in (own, "")]


def content_type(contract: Contract) -> Iterator[RuleText]:
    """What a body may be called; a form's own type is the form's affair, and several styles have several."""
    taken, refused = (contract.having(types.TOPIC, verdict) for verdict in ("taken", "refused"))
    if contract.places[0].style == "form" or not refused or all(kind in taken for kind in _GENERAL):
        return
    if len(contract.places) > 1:
        return
    kinds = [kind for kind in accepted_types(contract) if ";" not in kind]
    if contract.places[0].style == "json":
        kinds += [types.URLENCODED_TYPE] if has_other_style(contract) and types.URLENCODED_TYPE not in kinds else []
        kinds += ["none"] if types.ABSENT in taken else []
    comment = f"refused: {', '.join(_typed(kind) for kind in refused)}"
    yield RuleText("declared-type", f"content_type: {listed(kinds)}", "reshape", comment)


def accepted_types(contract: Contract) -> tuple[str, ...]:
    """Content types with which a body was taken, the usual one first."""
    taken = [kind for kind in contract.having(types.TOPIC, "taken") if kind != types.ABSENT]
    of_formats = [f"image/{format}" for format in contract.having(formats.TOPIC, "taken")]
    whole = contract.places[0].style == "raw" and not contract.places[0].declared
    return tuple(dict.fromkeys([*taken, *(of_formats if whole else [])]))


def _typed(kind: str) -> str:
    return "no content type" if kind == types.ABSENT else kind


def coding(contract: Contract) -> Iterator[RuleText]:
    """A coding that is not taken is taken off, and so is one that the head is wrong about."""
    taken, refused = (contract.having(types.CODING, verdict) for verdict in ("taken", "refused"))
    if not refused:
        return
    if types.GZIP in refused:
        yield RuleText("plain", "content_encoding: identity", "decompress", "a body in gzip was refused")
    elif types.GZIP in taken:
        known = [name for name in (types.GZIP, *types.OTHERS) if name in taken]
        words = f"refused: {', '.join(refused)}"
        yield RuleText("coding", f"content_encoding: {listed(['identity', *known])}", "decompress", words)


def document(contract: Contract) -> Iterator[RuleText]:
    """What is no strict JSON and taken is allowed: else requests that the upstream takes would be rejected."""
    lax = {what: contract.on(controls.TOPIC).get(what) for what in controls.LAX_JSON}
    refused = [what for what, line in lax.items() if line is not None and line.verdict == "refused"]
    if not refused or len(contract.places) > 1 or None in lax.values():
        return
    taken = [what for what in lax if what not in refused]
    unknown = controls.ONE_MORE in contract.having(controls.TOPIC, "refused")
    words = dict.fromkeys(controls.LETS[what] for what in taken if what in controls.LETS)
    words |= dict.fromkeys(controls.OF_ANOTHER_KEY if unknown else ())
    words |= dict.fromkeys(("syntax",) if has_other_style(contract) else ())
    own = "array" if isinstance(contract.places[0].document, list) else "object"
    root = "any" if controls.LISTED in taken else own
    keys = _beside(contract)
    more = [f"keys: {listed(keys)}"] if keys else []
    more += [f"allow: {listed(list(words))}"] if words else []
    want = f"{{ {', '.join([f'root: {root}', *more])} }}" if more else root
    said = f"refused: {', '.join(refused)}" + (f"; taken all the same: {', '.join(taken)}" if taken else "")
    yield RuleText("document", f"json: {want}", "repair", said)


def has_other_style(contract: Contract) -> bool:
    """A style is taken that rules have no word for."""
    return types.URLENCODED in contract.having(types.OTHER_STYLE, "taken")


def form(contract: Contract) -> Iterator[RuleText]:
    """What is not well-formed is mended, whether the upstream takes some of it or not."""
    place, tried = contract.places[0], contract.on(controls.TOPIC) | contract.on(types.TOPIC)
    kinds = (*controls.LAX_FORMS, types.FORM)
    refused = [what for what in kinds if what in tried and tried[what].verdict == "refused"]
    if place.style == "form" and len(contract.places) == 1 and (refused or contract.wants):
        names = [NO_BOUNDARY if what == types.FORM else what for what in refused]
        want = f"form: {{ parts: {listed([quoted(place.name), *_beside(contract)])} }}"
        words = [f"refused: {', '.join(names)}"] if names else []
        words += [f"asked for, and taken with the value {want.value}: {want.name}" for want in contract.wants]
        yield RuleText("form", want, "repair", "; ".join(words))


def label(contract: Contract) -> Iterator[RuleText]:
    """The upstream reads what is declared for the image, and believes it."""
    refused = _LABELS[contract.places[0].style](contract)
    if refused:
        general = any(kind in (types.OCTETS, types.ABSENT, spellings.OF_OCTETS) for kind in refused)
        said = f"refused: {', '.join(_typed(kind) for kind in refused)}"
        yield RuleText("label", f"declared_type: {'image/*' if general else 'true'}", "relabel", said)


def _false_types(contract: Contract) -> tuple[str, ...]:
    """Types that a body of another format was refused under, and that one of theirs is taken under."""
    known = not contract.places[0].declared
    true = {f"image/{format}" for format in contract.having(formats.TOPIC, "taken") if known}
    return tuple(kind for kind in contract.having(types.TOPIC, "refused") if kind in true)


_LABELS: Mapping[Style, Callable[[Contract], tuple[str, ...]]] = {
    "form": lambda contract: contract.having(types.PART, "refused"),
    "raw": _false_types,
    "json": lambda contract: tuple(
        what for what in contract.having(spellings.TOPIC, "refused") if what == spellings.OF_OCTETS
    ),
}
"""What an image was refused under, by where it stands."""
