"""Keys for everything that is sealed, signed or fingerprinted, derived from the installation's ring of secrets."""

import hashlib
import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from functools import cached_property

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM, AESSIV
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


class Key:
    """What comes of one secret: one key per purpose, and learning one of them tells nothing about the others."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def derive(self, purpose: str, length: int = 32) -> bytes:
        """Give the key of a purpose (HKDF, RFC 5869); the same for ever for the same secret."""
        return HKDF(algorithm=SHA256(), length=length, salt=b"prasan", info=purpose.encode()).derive(self._secret)

    @cached_property
    def id(self) -> bytes:
        """Names the key at the head of what it seals, and tells nothing of the secret: five bytes."""
        return b"\x02" + self.derive("key id", 4)

    @cached_property
    def sealer(self) -> AESGCM:
        return AESGCM(self.derive("identifiers"))

    @cached_property
    def blind(self) -> bytes:
        return self.derive("blind index")

    @cached_property
    def tracking(self) -> bytes:
        return self.derive("tracking codes")

    @cached_property
    def traces(self) -> bytes:
        return self.derive("common causes")

    @cached_property
    def _fingerprints(self) -> bytes:
        return self.derive("operation fingerprints")

    def fingerprint(self, data: bytes) -> bytes:
        return hmac.digest(self._fingerprints, data, hashlib.sha256)

    @cached_property
    def siv(self) -> AESSIV:
        return AESSIV(self.derive("opaque texts", 64))


class Keys:
    """The ring: the newest secret seals and signs; what older ones have sealed is still read."""

    def __init__(self, secret: bytes, *older: bytes) -> None:
        self.ring = tuple(Key(each) for each in dict.fromkeys((secret, *older)))

    @property
    def newest(self) -> Key:
        return self.ring[0]

    def derive(self, purpose: str, length: int = 32) -> bytes:
        return self.newest.derive(purpose, length)

    def fingerprint(self, data: bytes) -> bytes:
        """Name data without telling it: 32 bytes, keyed, so that short inputs cannot be guessed."""
        return self.newest.fingerprint(data)

    def is_fingerprint(self, known: bytes, data: bytes) -> bool:
        """Does this name the data, under whichever key it was made?"""
        return any(key.fingerprint(data) == known for key in self.ring)

    def seal(self, purpose: str, data: bytes) -> str:
        """Give data as an opaque text for clients: the same data always the same text; nobody else can make one."""
        return urlsafe_b64encode(self.newest.siv.encrypt(data, [purpose.encode()])).rstrip(b"=").decode()

    def unseal(self, purpose: str, text: str) -> bytes | None:
        """Give the data back; None for anything that `seal` did not make for this purpose."""
        try:
            raw = urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
        except ValueError:
            return None
        return next((data for key in self.ring if (data := _opened(key, purpose, raw)) is not None), None)


def _opened(key: Key, purpose: str, raw: bytes) -> bytes | None:
    try:
        return key.siv.decrypt(raw, [purpose.encode()])
    except (ValueError, InvalidTag):
        return None
