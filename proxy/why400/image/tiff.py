"""TIFF 6.0 and BigTIFF: facts from the first directory; directories and strips of a whole file."""

from operator import add

from why400.image import exif, icc, ifd
from why400.image.facts import Color, Damage, ImageFacts, NeedMore, Reading
from why400.image.ifd import Directory, Layout
from why400.image.reader import ALL_PIECES, Reader, Source, wanting

_WIDTH, _HEIGHT, _BITS, _PHOTOMETRIC, _SAMPLES = 0x100, 0x101, 0x102, 0x106, 0x115
_STRIPS, _STRIP_SIZES, _TILES, _TILE_SIZES = 0x111, 0x117, 0x144, 0x145
_INNER = 0x14A
"""SubIFDs (TIFF technical note 1): smaller versions of a page."""

_EXTRA_SAMPLES, _XMP, _IPTC, _ICC = 0x152, 0x2BC, 0x83BB, 0x8773
TEXTS = frozenset(
    {
        *(0x10D, 0x10E, 0x10F, 0x110, 0x11D, 0x131, 0x132, 0x13B, 0x13C, 0x8298),
        *(0x9C9B, 0x9C9C, 0x9C9D, 0x9C9E, 0x9C9F),
    }
)
"""Names, descriptions, makers, dates and rights (TIFF 6.0 section 8), and Windows' own."""
_WANTED = frozenset(
    {_WIDTH, _HEIGHT, _BITS, _PHOTOMETRIC, _SAMPLES, _STRIPS, _STRIP_SIZES, _TILES, _TILE_SIZES}
    | {_EXTRA_SAMPLES, _XMP, _IPTC, _ICC, _INNER, exif.ORIENTATION, exif.EXIF_POINTER}
    | TEXTS
)
_KINDS = ((exif.EXIF_POINTER, "exif"), (_XMP, "xmp"), (_ICC, "icc"), (_IPTC, "iptc"))
_ASSOCIATED_ALPHA, _UNASSOCIATED_ALPHA = 1, 2

_CANON = b"CR"
"""Behind the header of a camera's raw file (CR2): a TIFF that only readers of raw files show as it was taken."""

_MOST_PAGES = 256
_MOST_FOLLOWED, _MOST_VALUES, _MOST_INNER_STRIPS = 8, 64, 512
"""Pages, and directories inside of one, whose values are looked at; how many values of each, and strips inside."""
_MOST_STRIPS = 16_384
"""Looked at in all pages together."""
_LONGEST_PROFILE = 65_536


def read(data: Source, complete: bool) -> Reading:
    """The facts of a TIFF: its first directory's, which may stand anywhere. `frames` is counted in a whole file."""
    form = ifd.layout(bytes(data[:4]))
    if form is None or len(data) < form.first + form.offset.size:
        return wanting(16, data, complete, "its header")
    at = form.offset.unpack_from(data, form.first)[0]
    page = ifd.directory(data, at, form, _WANTED)
    if page is None:
        needed = ifd.size_at(data, at, form)
        return wanting(at + (needed or form.count.size), data, complete, "its directory")
    needed = _values_end(page, form)
    if needed > len(data) and not complete:
        return NeedMore(needed)
    return _facts(data, page, form, _pages(data, form) if complete else None)


def structure(data: Source, most: int = ALL_PIECES) -> Damage | None:
    """What is wrong with a whole TIFF: directories that loop or lie outside of it, strips that do."""
    form = ifd.layout(bytes(data[:4]))
    if form is None:
        return Damage("corrupt", 0, "no TIFF header")
    visited: set[int] = set()
    strips = _MOST_STRIPS
    for at, page in ifd.chain(data, form, _WANTED, _MOST_PAGES):
        if at in visited:
            return Damage("corrupt", at, "the directories form a loop")
        visited.add(at)
        damage = Damage("truncated", len(data), f"a directory is to be at {at}") if page is None else None
        damage = damage or (_page_damage(data, at, page, form, strips, len(visited)) if page else None)
        if damage is not None:
            return damage
        strips -= _strip_count(page)
    return None if visited else Damage("corrupt", form.first, "no directory")


def _page_damage(data: Source, at: int, page: Directory, form: Layout, strips: int, number: int) -> Damage | None:
    """What is wrong with a page, its strips, and if it is one of the first with what else it points to."""
    damage = _strip_damage(data, page, form, strips)
    if damage is not None or number > _MOST_FOLLOWED:
        return damage
    end = ifd.values_end(data, at, form, _MOST_VALUES)
    if end > len(data):
        return Damage("truncated", len(data), f"the values of a directory go up to {end}")
    inner = [page.entries[tag] for tag in (_INNER, exif.EXIF_POINTER) if tag in page.entries]
    for place in [place for entry in inner for place in ifd.numbers(data, entry, form, _MOST_FOLLOWED)]:
        found = ifd.directory(data, place, form, _WANTED)
        if found is None:
            return Damage("truncated", len(data), f"a directory is to be at {place}")
        damage = _strip_damage(data, found, form, _MOST_INNER_STRIPS) if _strip_count(found) else None
        if damage is not None:
            return damage
    return None


def _pages(data: Source, form: Layout) -> int | None:
    """The number of directories; None where their chain loops, breaks or is longer than anyone needs."""
    visited: set[int] = set()
    following = 0
    for at, page in ifd.chain(data, form, frozenset(), _MOST_PAGES):
        if page is None or at in visited:
            return None
        visited.add(at)
        following = page.following
    return len(visited) if visited and not following else None


def _values_end(page: Directory, form: Layout) -> int:
    """Where the values end that facts are made of and that stand outside of the directory."""
    places = [ifd.place(page.entries[tag], form) for tag in (_BITS, _EXTRA_SAMPLES, _ICC) if tag in page.entries]
    return max((start + min(size, _LONGEST_PROFILE) for start, size in filter(None, places)), default=0)


def _facts(data: Source, page: Directory, form: Layout, frames: int | None) -> ImageFacts:
    bits = ifd.number(data, page.entries, _BITS, form)
    color, alpha = _color(data, page, form)
    return ImageFacts(
        format="tiff",
        media_type="image/tiff",
        width=ifd.number(data, page.entries, _WIDTH, form),
        height=ifd.number(data, page.entries, _HEIGHT, form),
        color=color,
        bit_depth=1 if _BITS not in page.entries else bits,
        orientation=exif.upright_or(ifd.number(data, page.entries, exif.ORIENTATION, form)),
        frames=frames,
        alpha=alpha,
        profile=_profile(data, page, form) or exif.space(data, page.entries, form),
        progressive=False,
        metadata=_metadata(page),
    )


def _metadata(page: Directory) -> tuple[str, ...]:
    kinds = tuple(kind for tag, kind in _KINDS if tag in page.entries)
    return kinds if TEXTS.isdisjoint(page.entries) else (*kinds, "text")


def _color(data: Source, page: Directory, form: Layout) -> tuple[Color | None, bool]:
    """Colour and alpha from the photometric interpretation, and from what the samples beyond it are said to be."""
    extra = page.entries.get(_EXTRA_SAMPLES)
    meanings = ifd.numbers(data, extra, form, 8) if extra else ()
    alpha = _ASSOCIATED_ALPHA in meanings or _UNASSOCIATED_ALPHA in meanings
    colors: dict[int, Color] = {
        0: "gray-alpha" if alpha else "gray",
        1: "gray-alpha" if alpha else "gray",
        2: "rgba" if alpha else "rgb",
        3: "palette",
        5: "cmyk",
        6: "rgb",
    }
    meaning = ifd.number(data, page.entries, _PHOTOMETRIC, form)
    return colors.get(meaning) if meaning is not None else None, alpha


def _profile(data: Source, page: Directory, form: Layout) -> str | None:
    where = ifd.place(page.entries[_ICC], form) if _ICC in page.entries else None
    if where is None:
        return None
    start, size = where
    return icc.description(memoryview(data)[start : start + min(size, _LONGEST_PROFILE)])


def _strip_count(page: Directory | None) -> int:
    entry = (page.entries.get(_STRIPS) or page.entries.get(_TILES)) if page else None
    return entry.count if entry else 0


def _strip_damage(data: Source, page: Directory, form: Layout, most: int) -> Damage | None:
    """Whether the first `most` strips or tiles of a page lie in the file."""
    starts, sizes = (_STRIPS, _STRIP_SIZES) if _STRIPS in page.entries else (_TILES, _TILE_SIZES)
    if most <= 0:
        return None
    if starts not in page.entries or sizes not in page.entries:
        return Damage("corrupt", page.end, "a page without picture data")
    ends = map(
        add,
        ifd.numbers(data, page.entries[starts], form, most),
        ifd.numbers(data, page.entries[sizes], form, most),
    )
    end = max(ends, default=None)
    if end is None:
        return Damage("truncated", len(data), "the table of strips is not in the file")
    return Damage("truncated", len(data), f"picture data goes up to {end}") if end > len(data) else None


READER = Reader(
    name="tiff",
    media_types=("image/tiff", "image/x-tiff"),
    extensions=("tif", "tiff"),
    starts=b"IM",
    matches=lambda head: ifd.layout(head[:4]) is not None and head[8:10] != _CANON,
    read=read,
    structure=structure,
)
