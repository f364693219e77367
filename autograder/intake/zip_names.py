"""The names in a zip archive, in whichever of the three ways they are stored."""

from __future__ import annotations

import contextlib
import struct
import zipfile
import zlib

_IS_UTF_8 = 0x800
_UNICODE_PATH = 0x7075


def name_of(member: zipfile.ZipInfo) -> str:
    """The name of a member, which :mod:`zipfile` reads as cp437 unless a flag says that it is UTF-8.

    macOS and older versions of rubyzip write UTF-8 without the flag; Info-ZIP adds it as an extra field.
    """
    if member.flag_bits & _IS_UTF_8:
        return member.filename
    # The name in the ZipInfo stays: zipfile compares it with the one before the contents.
    with contextlib.suppress(UnicodeError):
        raw = member.orig_filename.encode("cp437")
        name = _unicode_path(member.extra, raw) or raw.decode("utf-8")
        return name.partition("\0")[0]
    return member.filename


def _unicode_path(extra: bytes, raw: bytes) -> str:
    """The name in Info-ZIP's extra field; empty where there is none, or one of another name."""
    while len(extra) >= 4:
        kind, length = struct.unpack("<HH", extra[:4])
        field, extra = extra[4 : 4 + length], extra[4 + length :]
        if kind == _UNICODE_PATH and field[:5] == struct.pack("<BL", 1, zlib.crc32(raw)):
            return field[5:].decode("utf-8")
    return ""
