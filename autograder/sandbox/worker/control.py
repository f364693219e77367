"""Messages between the grader and its zygote: length-prefixed MessagePack maps, with file descriptors."""

from __future__ import annotations

import socket
import struct
from typing import Any

import msgpack

_LENGTH = struct.Struct("<I")
_MOST_FDS = 4


def send(sock: socket.socket, message: dict[str, Any], fds: tuple[int, ...] = ()) -> None:
    """Send one message, and duplicates of ``fds`` with it."""
    data = msgpack.packb(message)
    data = _LENGTH.pack(len(data)) + data
    sent = socket.send_fds(sock, [data], list(fds)) if fds else 0
    sock.sendall(data[sent:])


def receive(sock: socket.socket) -> tuple[dict[str, Any], list[int]]:
    """The next message and the descriptors that came with it; EOFError when the other side is gone."""
    data, fds, _, _ = socket.recv_fds(sock, _LENGTH.size, _MOST_FDS)
    data += _exactly(sock, _LENGTH.size - len(data))
    (length,) = _LENGTH.unpack(data)
    return msgpack.unpackb(_exactly(sock, length)), fds


def _exactly(sock: socket.socket, count: int) -> bytes:
    data = b""
    while len(data) < count:
        more = sock.recv(count - len(data))
        if not more:
            raise EOFError
        data += more
    return data
