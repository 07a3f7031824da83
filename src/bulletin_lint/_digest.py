"""Digests that tell one content from another."""

from __future__ import annotations

from bulletin_lint._plain import IS_PLAIN


def digest(data: bytes, *, size: int, purpose: str = "") -> str:
    """The BLAKE2b digest of some bytes, in hexadecimal; `size` is in bytes, up to 64.

    What is digested for another purpose (up to 16 ASCII characters) has another digest.
    """
    if IS_PLAIN:
        from hashlib import blake2b
    else:
        try:
            # Where `hashlib` has it from, which loads OpenSSL besides: 5 ms in which a bulletin is checked.
            from _blake2 import blake2b
        except ImportError:
            # Python can be built without it.
            from hashlib import blake2b
    return blake2b(data, digest_size=size, person=purpose.encode()).hexdigest()
