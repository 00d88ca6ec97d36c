"""A temporary file that is ciphertext on the disk. Its key lives in the memory of this process and nowhere else, so
what was handed in cannot be read off the disk, also not after a power cut."""

import io
from tempfile import TemporaryFile
from typing import Any

from nacl.bindings import (
    crypto_aead_chacha20poly1305_ietf_ABYTES as MARK,
)
from nacl.bindings import (
    crypto_aead_chacha20poly1305_ietf_decrypt as opened,
)
from nacl.bindings import (
    crypto_aead_chacha20poly1305_ietf_encrypt as sealed,
)
from nacl.utils import random

PIECE = 1 << 16  # bytes sealed at a time; each piece is written once, so its number serves as its nonce


class Hidden(io.RawIOBase):
    """Written at its end, read anywhere. What does not fill a piece yet stays in memory."""

    def __init__(self) -> None:
        self._file, self._key = TemporaryFile(), random(32)  # noqa: SIM115  closed by close()
        self._tail, self._pieces, self._at = bytearray(), 0, 0
        self._held: tuple[int, bytes] = (-1, b"")

    def readable(self) -> bool:
        return True

    def writable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        self._at = max(0, offset + (0, self._at, self.size)[whence])
        return self._at

    @property
    def size(self) -> int:
        return self._pieces * PIECE + len(self._tail)

    def write(self, data: Any) -> int:
        """Append, wherever the position is."""
        self._tail += data
        self._file.seek(0, io.SEEK_END)
        while len(self._tail) >= PIECE:
            piece = bytes(self._tail[:PIECE])
            self._file.write(sealed(piece, None, self._pieces.to_bytes(12, "little"), self._key))
            del self._tail[:PIECE]
            self._pieces += 1
        return len(memoryview(data))

    def readinto(self, buffer: Any) -> int:
        into, done = memoryview(buffer), 0
        while done < len(into):  # as much as is asked for: few who read files expect less before the end
            number, start = divmod(self._at, PIECE)
            part = self._piece(number)[start : start + len(into) - done]
            if not part:
                break
            into[done : done + len(part)] = part
            self._at, done = self._at + len(part), done + len(part)
        return done

    def close(self) -> None:
        self._file.close()
        self._tail.clear()
        self._held = (-1, b"")
        super().close()

    def _piece(self, number: int) -> bytes:
        if number >= self._pieces:
            return bytes(self._tail) if number == self._pieces else b""
        if self._held[0] != number:
            self._file.seek(number * (PIECE + MARK))
            whole = self._file.read(PIECE + MARK)
            self._held = (number, opened(whole, None, number.to_bytes(12, "little"), self._key))
        return self._held[1]
