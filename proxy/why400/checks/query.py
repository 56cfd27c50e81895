"""`query`: parameters of the request's query have one of these values.

    require: { query: { api_key: any } }
    require: { query: { format: [json, text] } }

The first value of a name counts, percent-decoded; `any` asks only that it is there.

    holds: format=json against { format: [json, text] }
    holds: a=1&format=te%78t against { format: text }
    fails: format=xml against { format: [json, text] } as request.query
    fails: (none) against { api_key: any } as request.query
"""

from collections.abc import Mapping
from urllib.parse import parse_qsl

from why400.checks.check import Check, Mismatch, Subject
from why400.checks.named_values import NamedValues, judge
from why400.exchange import Station
from why400.shapes.text import Text

MOST = 1000


def examine(want: Mapping[str, tuple[str, ...]], subject: Subject) -> Mismatch | None:
    """Compare the first value of each parameter named; of a query with over 1,000 only the first of them are read."""
    query = subject.seen.head.target.partition(b"?")[2].decode("latin-1")
    pairs = parse_qsl("&".join(query.split("&", MOST)[:MOST]), keep_blank_values=True)
    return judge("request.query", want, dict(reversed(pairs)))


CHECK = Check(
    name="query",
    about="request",
    station=Station.HEAD,
    shape=NamedValues(Text("the name of a parameter", longest=100)),
    causes=("request.query",),
    examine=examine,
    says="the query has {got}, wanted is {want}",
    manual=__doc__ or "",
)
