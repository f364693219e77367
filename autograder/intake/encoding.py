"""Bytes of a Python file to text."""

from __future__ import annotations

import codecs
import io
import re
import tokenize

from autograder.model.errors import IntakeError

_SAFE = re.compile(
    r"utf-8|utf-8-sig|ascii|iso8859-\d+|cp\d+|koi8-[ru]|mac-roman|gb2312|gbk|gb18030|big5|shift_jis|euc_jp|euc_kr",
)
"""Encodings a coding line may name: others are no text encodings, or take quadratic time."""


def decode(data: bytes, origin: str) -> str:
    """The text of a Python file: UTF-8 with or without mark, or what its coding line (PEP 263) names.

    Raises:
        IntakeError: it is something else.

    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise IntakeError(f"{origin}: expected UTF-8 text; found UTF-16: save it as UTF-8")
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
        if not _SAFE.fullmatch(codecs.lookup(encoding).name):
            raise IntakeError(f"{origin}: expected UTF-8 text; found the coding line {encoding!r}")
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        byte = data[error.start : error.start + 1].hex()
        raise IntakeError(f"{origin}: expected {error.encoding} text; found the byte 0x{byte} in line {line}") from None
    except SyntaxError as error:
        raise IntakeError(f"{origin}: expected UTF-8 text; {error.msg}") from None
    if "\0" in text:
        raise IntakeError(f"{origin}: expected Python source; found null bytes")
    return text.replace("\r\n", "\n").replace("\r", "\n")
