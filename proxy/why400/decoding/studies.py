"""Long looks at requests, in a process that may be killed over them: what no quick look on the event loop gets done."""

import pickle
from collections.abc import Callable
from io import BytesIO
from typing import Any

from why400 import limits
from why400.content.body import Body
from why400.decoding.pool import Pool
from why400.facts import Eyes
from why400.fixes.answer import Failed
from why400.rules.model import Route
from why400.study import Question, Studied, portable, study

FAILED = b"failed"
"""The head of an answer to a question that could not be answered; of all others the head is empty."""

_MOST_ROUTES = 200


class StudyPool:
    """Processes that study requests; `module` is what one runs: it calls `student`."""

    def __init__(self, module: str, deadline: float = limits.STUDY_DEADLINE, queue: int = limits.STUDY_QUEUE) -> None:
        memory, idle = limits.STUDY_MEMORY, limits.STUDY_IDLE
        self.pool = Pool((module,), queue=queue, deadline=deadline, patience=deadline, memory=memory, idle=idle)
        self._routes: dict[int, tuple[Route | None, bytes]] = {}

    @property
    def busy(self) -> bool:
        """A request is being looked at, or waits for it."""
        return self.pool.busy

    async def study(self, question: Question, body: Body) -> Studied | Failed:
        """The whole answer, or why there is none. `body` is handed over as it stands: it must not change meanwhile."""
        rest = (question.head, question.path, question.reach, question.judged, question.thorough, question.decoded)
        about = pickle.dumps((self._packed(question.route), rest, body.size, body.ended, body.tail))
        return await self.pool.run(about, body.data, _read)

    async def warm(self) -> None:
        """Start a process before anybody needs it."""
        await self.pool.warm()

    def _packed(self, route: Route | None) -> bytes:
        """A route as bytes, packed once: it is large beside all else that is sent."""
        known = self._routes.get(id(route))
        if known is None or known[0] is not route:
            if len(self._routes) >= _MOST_ROUTES:
                self._routes.clear()
            known = self._routes[id(route)] = (route, pickle.dumps(route))
        return known[1]


class StudyHere:
    """Stands where the pool is, for those who serve nobody else."""

    busy = False

    def __init__(self, eyes: Eyes) -> None:
        self._eyes = eyes

    async def study(self, question: Question, body: Body) -> Studied | Failed:
        """The whole answer."""
        return study(self._eyes, question, body)


def student(eyes: Eyes) -> Callable[[bytes, bytes], tuple[bytes, bytes]]:
    """What answers questions in the other process."""
    routes: dict[bytes, Route | None] = {}

    def answer(about: bytes, data: bytes) -> tuple[bytes, bytes]:
        try:
            packed, rest, size, ended, tail = pickle.loads(about)
            if packed not in routes:
                routes[packed] = pickle.loads(packed)
            head, path, *more = rest
            question = Question(head, path, routes[packed], *more)
            return b"", pickle.dumps(portable(study(eyes, question, Body(data, size, ended, tail))))
        except Exception as error:
            return FAILED, type(error).__name__.encode()

    return answer


def _read(head: bytes, said: bytes) -> Studied | Failed:
    if head == FAILED and said == MemoryError.__name__.encode():
        return Failed("memory", "it takes more memory than is given to one look")
    if head == FAILED:
        return Failed("crashed", f"the look ended with {said[:100].decode('ascii', 'replace')}")
    try:
        answer = _Plain(BytesIO(said)).load()
    except Exception:
        return Failed("crashed", "the worker answered nonsense")
    return answer if isinstance(answer, Studied) else Failed("crashed", "the worker answered nonsense")


class _Plain(pickle.Unpickler):
    """Takes only our own data: no byte that made the other process another's can run anything here."""

    def find_class(self, module: str, name: str) -> Any:
        found = super().find_class(module, name) if module.startswith("why400.") else None
        if isinstance(found, type) and (hasattr(found, "__dataclass_fields__") or hasattr(found, "__members__")):
            return found
        raise pickle.UnpicklingError(f"{module}.{name} is no data of ours")
