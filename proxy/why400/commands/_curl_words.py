"""A curl command line as data: read, asked, changed word by word, and spelled again as its author wrote it."""

import re
import shlex
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from why400.commands._curl_options import SHORT, takes_value


@dataclass(frozen=True, slots=True)
class Item:
    """One option or one URL. `name` is the long name without dashes, `url` for a URL with or without `--url`.

    `spelled` is the option's word as written, empty for a bare URL. `joined` says that a short option shares the word
    of the one before it (`-sS`), `inline` that its value stands in the same word (`-XPOST`).
    """

    name: str
    value: str | None = None
    spelled: str = ""
    joined: bool = False
    inline: bool = False


@dataclass(frozen=True, slots=True)
class Command:
    """The words behind `curl`, in order."""

    items: tuple[Item, ...]

    @property
    def first(self) -> "Command":
        """The first operation: all before `--next`."""
        for place, item in enumerate(self.items):
            if item.name == "next":
                return Command(self.items[:place])
        return self

    @property
    def urls(self) -> tuple[str, ...]:
        """The URLs of all operations."""
        return tuple(item.value for item in self.items if item.name == "url" and item.value)

    def has(self, *names: str) -> bool:
        """One of these options is there."""
        return any(item.name in names for item in self.items)

    def all(self, *names: str) -> tuple[str, ...]:
        """The values of these options, in order."""
        return tuple(item.value for item in self.items if item.name in names and item.value is not None)

    def last(self, name: str) -> str | None:
        """The value that holds where an option is given more than once."""
        values = self.all(name)
        return values[-1] if values else None

    def header(self, name: str) -> str | None:
        """The value of the last `-H` of that field; empty where `-H 'Name:'` takes it away, None without any."""
        values = [_field(line)[1] for line in self.all("header") if _field(line)[0] == name.lower()]
        return values[-1] if values else None

    def without(self, *names: str) -> "Command":
        """The same without these options."""
        return Command(tuple(item for item in self.items if item.name not in names))

    def without_header(self, name: str) -> "Command":
        """The same without any `-H` of that field."""
        return Command(
            tuple(item for item in self.items if item.name != "header" or _field(item.value or "")[0] != name.lower())
        )

    def with_header(self, name: str, value: str) -> "Command":
        """The same with one `-H` of that field, in the place of the first that was there, else in front."""
        line = f"{name}: {value}".rstrip()
        new = Item("header", line, "-H")
        for place, item in enumerate(self.items):
            if item.name == "header" and _field(item.value or "")[0] == name.lower():
                rest = Command(self.items[place + 1 :]).without_header(name).items
                return Command((*self.items[:place], new, *rest))
        return Command((new, *self.items))

    def words(self) -> list[str]:
        """The words again, as they were written where nothing was changed."""
        words: list[str] = []
        for item in self.items:
            if item.joined and words and re.fullmatch(r"-[^-].*", words[-1]):
                words[-1] += item.spelled.removeprefix("-")
            elif item.spelled:
                words.append(item.spelled)
            if item.value is not None:
                if item.inline:
                    words[-1] += item.value
                else:
                    words.append(item.value)
        return words

    def __str__(self) -> str:
        """One line for a shell."""
        return shlex.join(["curl", *self.words()])


def read_command(words: Sequence[str]) -> Command:
    """Read the words behind `curl` as curl reads them. A value that is missing at the end is None."""
    items: list[Item] = []
    rest = list(words)
    options = True
    while rest:
        word = rest.pop(0)
        if options and word == "--":
            options = False
            items.append(Item("--", None, "--"))
        elif options and word.startswith("--"):
            items.append(_long(word, rest))
        elif options and word.startswith("-") and len(word) > 1:
            items.extend(_short(word, rest))
        else:
            items.append(Item("url", word))
    return Command(tuple(items))


def _long(word: str, rest: list[str]) -> Item:
    name = word[2:]
    return Item(name, rest.pop(0) if takes_value(name) and rest else None, word)


def _short(word: str, rest: list[str]) -> Iterable[Item]:
    for place, letter in enumerate(word[1:], start=1):
        name = SHORT.get(letter, letter)
        joined = place > 1
        if not takes_value(name):
            yield Item(name, None, f"-{letter}", joined)
            continue
        inline = word[place + 1 :]
        value = inline or (rest.pop(0) if rest else None)
        yield Item(name, value, f"-{letter}", joined, bool(inline))
        return


def _field(line: str) -> tuple[str, str]:
    """A `-H` value as lower-case name and value; `Name;` is an empty field, `@file` is none."""
    name, colon, value = line.partition(":")
    if not colon:
        name = line.removesuffix(";")
    return name.strip().lower(), value.strip()
