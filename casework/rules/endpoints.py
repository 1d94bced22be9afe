"""What an endpoint's URL and an e-mail address must look like before they are kept."""

import re
from urllib.parse import urlsplit

from casework.errors import Refusal, RefusalCode

LONGEST_URL = 500
LONGEST_EMAIL = 254
_URL = re.compile(r"[!-~]+")
_EMAIL = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}"
)


def check_url(text: str, *path: str, plain_http: bool) -> str:
    """Give an endpoint's URL; refuse what names no host, carries a password or a fragment, or is not encrypted.

    Where its name leads is asked at each delivery, not here: names change hands.
    """
    if len(text) > LONGEST_URL or not _URL.fullmatch(text) or not _is_endpoint(text, plain_http=plain_http):
        raise Refusal(RefusalCode.WEBHOOK_URL_INVALID, *path, limit=LONGEST_URL)
    return text


def _is_endpoint(text: str, *, plain_http: bool) -> bool:
    try:
        parts = urlsplit(text)
        _ = parts.port  # raises where it is no number
    except ValueError:
        return False
    schemes = {"https", "http"} if plain_http else {"https"}
    return parts.scheme in schemes and bool(parts.hostname) and "@" not in parts.netloc and not parts.fragment


def check_email(text: str, *path: str) -> str:
    """Give an e-mail address of the usual form: one line, no name, no quotes."""
    tidy = text.strip()
    if len(tidy) > LONGEST_EMAIL or not _EMAIL.fullmatch(tidy):
        raise Refusal(RefusalCode.EMAIL_INVALID, *path)
    return tidy
