"""Reading a file, as text or as it is: the thin part of the library that touches the file system."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from parindex.errors import FileError

MAX_BYTES: Final = 256 * 1024 * 1024
"""A larger file is refused: no table of an index comes near it."""


def read_bytes(path: str | Path) -> bytes:
    """Return what a file holds.

    Raises:
        FileError: if it is absent, a directory, unreadable or too large.
    """
    file = Path(path)
    try:
        size = file.stat().st_size
        if size > MAX_BYTES:
            raise FileError(f"{file}: {size} bytes are more than the {MAX_BYTES} that are read")
        return file.read_bytes()
    except FileNotFoundError:
        raise FileError(f"{file}: there is no such file") from None
    except IsADirectoryError:
        raise FileError(f"{file}: is a directory, expected a file") from None
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise FileError(f"{file}: cannot be read: {reason}") from None


def read_text(path: str | Path) -> str:
    """Return the text of a UTF-8 file, without a byte-order mark.

    Raises:
        FileError: if it is absent, a directory, unreadable, too large or not UTF-8.
    """
    return decode(read_bytes(path), name=str(Path(path)))


def decode(data: bytes, *, name: str) -> str:
    """Return UTF-8 *data* as text, without a byte-order mark."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        message = f'{name} line {line}: is not UTF-8; save it again as "CSV UTF-8" or plain UTF-8 text'
        raise FileError(message) from None
