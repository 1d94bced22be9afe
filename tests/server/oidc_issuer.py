"""An identity provider for the tests, as a process of its own: real HTTP, keys that rotate, moods to misbehave in."""

import json
import threading
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from joserfc import jwt
from joserfc.jwk import ECKey, Key, OctKey, OKPKey, RSAKey
from joserfc.jws import JWSRegistry

DISCOVERY = "/.well-known/openid-configuration"
JWKS = "/jwks"
KINDS: dict[str, Any] = {
    "RSA": (RSAKey, 2048),
    "EC": (ECKey, "P-256"),
    "OKP": (OKPKey, "Ed25519"),
    "oct": (OctKey, 256),
}


class Careless(JWSRegistry):
    """Signs under any header, so that tests can send what no provider would."""

    def check_header(self, header: dict[str, Any]) -> None:
        """Take it as it is."""


class Provider:
    """The keys, what of them is published, and how requests are answered."""

    def __init__(self) -> None:
        self.address = ""
        self.keys: dict[str, Key] = {}
        self.published: list[str] = []
        self.mood = "fine"
        self.asked: Counter[str] = Counter()
        self.awake = threading.Event()

    def rotate(self, kind: str, *, keep: bool) -> dict[str, Any]:
        """Make a key and publish it, alone unless the others are kept."""
        kid, (make, size) = f"key {len(self.keys) + 1}", KINDS[kind]
        self.keys[kid] = make.generate_key(size, {"kid": kid})
        self.published = [*self.published, kid] if keep else [kid]
        return {"kid": kid}

    def sign(self, header: dict[str, Any], claims: dict[str, Any]) -> dict[str, Any]:
        key = self.keys[header["kid"]]
        return {"token": jwt.encode(header, claims, key, registry=Careless(algorithms=[header["alg"]]))}

    def set_mood(self, mood: str) -> dict[str, Any]:
        self.mood = mood
        self.awake.set() if mood != "slow" else self.awake.clear()
        return {}

    def discovery(self) -> Any:
        elsewhere = {"foreign": "https://elsewhere.example"}.get(self.mood, self.address)
        keys = {"open": "http://elsewhere.example/jwks", "unsaid": None}.get(self.mood, self.address + JWKS)
        return {"issuer": elsewhere, "jwks_uri": keys}

    def jwks(self) -> Any:
        if self.mood == "slow":
            self.awake.wait()
        keys = [self.keys[kid].as_dict(private=False) for kid in self.published]
        others = {
            "huge": {"padding": "x" * 200_000, "keys": keys},
            "garbage": "<html>Welcome!</html>",
            "list": keys,
            "text as keys": {"keys": "none"},
            "empty": {"keys": []},
            "odd": {"keys": [*ODD, *keys]},
        }
        return others.get(self.mood, {"keys": keys})


ODD: list[Any] = [
    5,
    None,
    {},
    {"kty": "RSA", "kid": "cut off", "n": "AQAB"},
    {"kty": "RSA", "kid": "short", "e": "AQAB", "n": "w" * 170},
    {"kty": "EC", "kid": "off the curve", "crv": "P-256", "x": "AAAA", "y": "AAAA"},
    {"kty": "oct", "kid": "shared", "k": "c2VjcmV0IHNlY3JldCBzZWNyZXQgc2VjcmV0IDMyIGI"},
    {"kty": "AKP", "kid": "of the future", "alg": "ML-DSA-65", "pub": "AAAA"},
    {"kty": ["RSA"], "kid": "a list"},
    {"kty": "OKP", "kid": "nameless curve", "crv": "Ed0", "x": "AAAA"},
]
"""Entries of a key set that no token may be verified with; nor may they keep the good ones from it."""


class Handler(BaseHTTPRequestHandler):
    provider = Provider()

    def do_GET(self) -> None:
        if self.path in {DISCOVERY, JWKS}:
            self.provider.asked[self.path] += 1
        if self.path == JWKS and self.provider.mood == "down":
            self._answer(503, {})
        elif self.path == JWKS and self.provider.mood == "moved":
            self._answer(302, {})
        elif self.path == "/asked":
            self._answer(200, self.provider.asked)
        else:
            self._answer(200, self.provider.discovery() if self.path == DISCOVERY else self.provider.jwks())

    def do_POST(self) -> None:
        given = json.loads(self.rfile.read(int(self.headers["content-length"])))
        work: Any = {"/rotate": self.provider.rotate, "/sign": self.provider.sign, "/mood": self.provider.set_mood}
        self._answer(200, work[self.path](**given))

    def _answer(self, status: int, content: Any) -> None:
        body = content.encode() if isinstance(content, str) else json.dumps(content).encode()
        self.send_response(status)
        if status == 302:
            self.send_header("location", self.provider.address + "/keys-are-here")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Say nothing: standard error is for what went wrong."""


def main() -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        Handler.provider.address = f"http://127.0.0.1:{server.server_port}"
        Handler.provider.rotate("RSA", keep=False)
        print(Handler.provider.address, flush=True)  # noqa: T201 - the parent reads it
        server.serve_forever()


if __name__ == "__main__":
    main()
