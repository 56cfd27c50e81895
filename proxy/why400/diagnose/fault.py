"""Whose fault it is when the request shows none, or when its fault is answered as the server's."""

from collections.abc import Sequence

from why400.causes.catalogue import Catalogue
from why400.diagnose.sight import Sight
from why400.diagnose.weighed import Weighed
from why400.exchange import Certainty, Claim, Exchange

_SEEN = "nothing that is wrong in itself was seen in the request"
_BY_STATUS = {502: "upstream.unreachable", 503: "upstream.not-ready", 504: "upstream.timeout"}
_NO_REPLY = "the reply names no cause that the request bears out"


def with_servers_part(
    exchange: Exchange, view: Sight, weighed: Sequence[Weighed], catalogue: Catalogue
) -> tuple[Weighed, ...]:
    """The same, with the server's part: its own bug where nothing else is likely, or a client's mistake called 5xx."""
    if exchange.reply is None or view.status < 400:
        return tuple(weighed)
    sure = [one for one in weighed if one.certainty is not Certainty.POSSIBLE]
    if not sure:
        return _servers_own(view, weighed)
    clients = [one for one in sure if one.is_fact and _is_clients(one, catalogue)]
    if view.status < 500 or not clients:
        return tuple(weighed)
    return (*(one for one in weighed if one.cause != "upstream.bug"), _called_5xx(clients[0], view.status))


def _servers_own(view: Sight, weighed: Sequence[Weighed]) -> tuple[Weighed, ...]:
    """No cause is likely: the server is at fault, the surer the less there is against it."""
    cause = _BY_STATUS.get(view.status, "upstream.bug" if view.status >= 500 else "upstream.error-as-400")
    said = [claim for one in weighed if one.cause == cause for claim in one.claims]
    others = [one for one in weighed if one.cause != cause]
    blameless = not others
    grade = Certainty.LIKELY if said and blameless else Certainty.POSSIBLE
    reason = _SEEN if not any(one.is_fact for one in others) else _NO_REPLY
    return (*others, Weighed(cause, grade, (Claim(cause, "facts", grade, reason), *said)))


def _is_clients(one: Weighed, catalogue: Catalogue) -> bool:
    row = catalogue.get(one.cause)
    return row is not None and row.who_fixes == "client"


def _called_5xx(clients: Weighed, status: int) -> Weighed:
    cause = "upstream.client-error-as-500"
    evidence = f"the mistake {clients.cause} is the client's, the reply says {status}"
    return Weighed(cause, clients.certainty, (Claim(cause, "facts", clients.certainty, evidence),))
