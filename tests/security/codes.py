"""The six figures that an authenticator app shows, counted here apart from the sign-in library (RFC 6238)."""

import base64
import hashlib
import hmac
import struct
import time


def code_of(secret: str, *, periods_ahead: int = 0) -> str:
    """The code of a secret now, or some periods of thirty seconds from now."""
    counter = int(time.time()) // 30 + periods_ahead
    digest = hmac.new(base64.b32decode(secret), struct.pack(">Q", counter), hashlib.sha1).digest()
    start = digest[-1] & 0xF
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06d}"
