"""Tokens as somebody would make them who has no right to one, each bad in a way of its own."""

import base64
import hmac
import json
from datetime import UTC, datetime, timedelta
from typing import Any

from joserfc import jwt
from joserfc.jwk import RSAKey

from tests.server.oidc_issuer import JWKS
from tests.server.provider import AUDIENCE, Provider
from tests.world import VOLUNTEER

DAY = timedelta(days=1)


def _b64(value: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def forged(provider: Provider) -> dict[str, str]:
    """Give tokens whose signature is not the provider's."""
    kid, claims = provider.kid, provider.claims(VOLUNTEER)
    good = provider.token(VOLUNTEER)
    head, body, signature = good.split(".")
    (published,) = provider.client.get(provider.address + JWKS).json()["keys"]
    ours = RSAKey.import_key(published)
    thief = RSAKey.generate_key(2048, {"kid": kid})

    def confused(public: bytes) -> str:
        """Sign with what everybody knows, as if it were a secret: joserfc would not."""
        signed = f"{_b64({'alg': 'HS256', 'kid': kid})}.{body}"
        mac = hmac.digest(public, signed.encode(), "sha256")
        return f"{signed}.{base64.urlsafe_b64encode(mac).rstrip(b'=').decode()}"

    def stolen(**header: Any) -> str:
        return jwt.encode({"alg": "RS256", "kid": kid, **header}, claims, thief, algorithms=["RS256"])

    return {
        "another key": stolen(),
        "the key in the token": stolen(jwk=thief.as_dict(private=False)),
        "the key at a URL": stolen(jku=f"{provider.address}/thief", x5u=f"{provider.address}/thief"),
        "HS256 with the public key": confused(ours.as_pem(private=False)),
        "HS256 with its modulus": confused(str(published["n"]).encode()),
        "none": f"{_b64({'alg': 'none', 'kid': kid})}.{body}.",
        "None, our signature": f"{_b64({'alg': 'None', 'kid': kid})}.{body}.{signature}",
        "another algorithm, our signature": f"{_b64({'alg': 'PS256', 'kid': kid})}.{body}.{signature}",
        "an algorithm that is no text": f"{_b64({'alg': ['RS256'], 'kid': kid})}.{body}.{signature}",
        "other claims": f"{head}.{_b64({**claims, 'aud': AUDIENCE, 'admin': True})}.{signature}",
        "truncated": good[:-5],
        "without signature": f"{head}.{body}.",
        "two parts": f"{head}.{body}",
        "four parts": f"{good}.x",
        "something before it": f"x{good}",
        "no JWT": "x",
        "empty": "",
        "dots": "..",
        "thai": "%E0%B8%81",
        "a header as deep as can be": f"{base64.urlsafe_b64encode(b'[' * 380).decode()}.{body}.{signature}",
        "a header that is a list": f"{_b64(['alg', 'kid'])}.{body}.{signature}",
        "megabyte": "A" * 1_000_000,
        "a megabyte behind it": good + "A" * 1_000_000,
    }


def wrong(provider: Provider) -> dict[str, str]:
    """Give tokens that the provider signed, and that are not for us or not in order."""
    now = datetime.now(UTC)

    def signed(header: dict[str, Any] | None = None, **claims: Any) -> str:
        return provider.token(VOLUNTEER, header, **claims)

    missing = {f"no {name}": signed(**{name: None}) for name in ("iss", "aud", "sub", "nbf", "exp")}
    subject = provider.claims(VOLUNTEER)["sub"]
    return missing | {
        "another issuer": signed(iss="https://elsewhere.example"),
        "an issuer that is a list": signed(iss=[provider.address]),
        "another audience": signed(aud="elsewhere"),
        "other audiences": signed(aud=["elsewhere", f"{AUDIENCE} 2"]),
        "an audience that is an object": signed(aud={AUDIENCE: True}),
        "from tomorrow": signed(nbf=int((now + DAY).timestamp())),
        "nbf a text": signed(nbf="0"),
        "issued tomorrow": signed(iat=int((now + DAY).timestamp())),
        "exp a text": signed(exp="2099-01-01"),
        "exp a number in a text": signed(exp="4070908800"),
        "exp true": signed(exp=True),
        "exp too far": signed(exp=10**20),
        "exp of a thousand digits": signed(exp=10**1000),
        "exp not a number": signed(exp=float("nan")),
        "a subject that is no UUID": signed(sub="volunteer 430116"),
        "a subject that is a number": signed(sub=5),
        "a subject in braces": signed(sub="{" + subject + "}"),
        "a subject without hyphens": signed(sub=subject.replace("-", "")),
        "a subject with an end of line": signed(sub=f"{subject}\r\nPrasan-Seat: 1"),
        "expired and for somebody else": signed(exp=1, aud="elsewhere"),
        "an algorithm that is not pinned": signed({"alg": "RS512"}),
        "a critical header that nobody knows": signed({"crit": ["exp"], "exp": 5}),
    }


def unknown(provider: Provider) -> dict[str, str]:
    _, body, signature = provider.token(VOLUNTEER).split(".")
    kids: list[Any] = ["key 0", "", " ", "../../etc/passwd", "' OR 1=1 --", "a\r\nb", 5, None, ["key 1"], {}, "x" * 300]
    named = {f"kid {str(kid)[:20]!r}": f"{_b64({'alg': 'RS256', 'kid': kid})}.{body}.{signature}" for kid in kids}
    return {**named, "no kid": f"{_b64({'alg': 'RS256'})}.{body}.{signature}"}
