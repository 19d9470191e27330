"""What comes from a browser: bounded, decoded, and led back only to the workspace's own pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from urllib.parse import parse_qsl, unquote

from starlette.requests import Request

from sayso.kit import WrongUse

LARGEST_FORM: Final = 512 * 1024
"""Bytes of a form, such as one with a draft; a file comes by another way."""
MOST_FIELDS: Final = 40
FORM: Final = "application/x-www-form-urlencoded"
SIGNED: Final = "sayso-by"
"""The cookie that says who signs the judgements of a browser."""
LONGEST_NAME: Final = 120
PARTING: Final = " > "
"""Between the voices of the chain that a form showed."""


async def read_form(request: Request, most: int = MOST_FIELDS) -> dict[str, str]:
    """The fields of a form, the last of each name. `WrongUse` for what is none, or too large."""
    if request.headers.get("content-type", "").partition(";")[0].strip() != FORM:
        raise WrongUse("The workspace understands only what its own forms send.")
    data = bytearray()
    async for piece in request.stream():
        data += piece
        if len(data) > LARGEST_FORM:
            raise WrongUse(f"That is too much for a form: over {LARGEST_FORM // 1024} KiB.")
    try:
        return dict(parse_qsl(data.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=most))
    except ValueError as error:
        raise WrongUse("The form has more fields than any of the workspace's own.") from error


def way_back(fields: Mapping[str, str], otherwise: str = "/") -> str:
    """The page to go to afterwards: one of the workspace's own, whatever the form says."""
    asked = fields.get("back", "")
    is_own = asked[:1] == "/" and asked[1:2] not in {"/", "\\"} and asked.isprintable() and asked.isascii()
    return asked if is_own else otherwise


def signed_by(request: Request) -> str:
    """Who judges in this browser, as they said; "" where they have not yet."""
    return signed(unquote(request.cookies.get(SIGNED, "")))


def signed(name: str) -> str:
    """A name as it signs judgements: bounded, in one line."""
    return " ".join(name.split())[:LONGEST_NAME].strip()
