"""The house's logo: which pictures can be set."""

from __future__ import annotations

from runbook.errors import BadContent
from runbook.speech import say

_BEGIN = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}
_LARGEST = 500_000
"""Bytes. It goes into every file."""


def picture_type(data: bytes) -> str:
    """The media type of a picture, by how its bytes begin. Raises BadContent for anything but a small PNG or JPEG:
    every format can set those, and they carry no script and no links.
    """
    if len(data) > _LARGEST:
        raise BadContent(
            say("The logo is larger than {size} kB.", size=_LARGEST // 1000), say("Make the picture smaller.")
        )
    for begin, name in _BEGIN.items():
        if data.startswith(begin):
            return name
    raise BadContent(say("The logo is neither a PNG nor a JPEG picture."), say("Save it as PNG."))
