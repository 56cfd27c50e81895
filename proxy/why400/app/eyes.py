"""What reads facts; apart from the other tables, since the parent, which looks at nothing, is to weigh little."""

from why400 import image, locations
from why400.app.tables import collect
from why400.facts import Eyes


def eyes() -> Eyes:
    """All image formats and all kinds of location."""
    readers = (*collect(image, "READER"), *(one for many in collect(image, "READERS") for one in many))
    return Eyes(readers, {location.spec: location for location in collect(locations, "LOCATION")})
