"""URLs, e-mail addresses and addresses of the network: which are kept or called, and which are refused."""

from ipaddress import ip_network

import pytest

from casework.errors import Refusal, RefusalCode
from casework.rules.addresses import is_allowed, is_public
from casework.rules.endpoints import LONGEST_URL, check_email, check_url

GOOD = ["https://news.example.go.th", "https://news.example.go.th:8443/a/b?c=d", "https://[2001:db8::1]/x"]
BAD = [
    "",
    "news.example.go.th",
    "ftp://news.example.go.th/",
    "https://",
    "https:///path",
    "https://user:secret@news.example.go.th/",
    "https://news.example.go.th/#part",
    "https://news.example.go.th:99999/",
    "https://news.example.go.th:port/",
    "https://[::1/",
    "https://news.example.go.th/ข่าว",
    "https://news.example.go.th/a b",
    "https://news.example.go.th/\r\nHost: other",
    f"https://news.example.go.th/{'x' * LONGEST_URL}",
]


@pytest.mark.parametrize("url", GOOD)
def test_a_url_with_https_is_kept_as_it_is(url: str) -> None:
    assert check_url(url, "input", "url", plain_http=False) == url


@pytest.mark.parametrize("url", BAD)
def test_any_other_url_is_refused(url: str) -> None:
    for plain_http in (False, True):
        with pytest.raises(Refusal) as refused:
            check_url(url, "input", "url", plain_http=plain_http)
        assert (refused.value.code, refused.value.path) == (RefusalCode.WEBHOOK_URL_INVALID, ("input", "url"))


def test_http_is_kept_only_where_the_operator_allows_it() -> None:
    assert check_url("http://10.1.2.3/", plain_http=True) == "http://10.1.2.3/"
    with pytest.raises(Refusal):
        check_url("http://10.1.2.3/", plain_http=False)


@pytest.mark.parametrize("text", ["malee@example.go.th", " ma.lee+prasan@mail.example.co.th\n"])
def test_an_address_is_kept_without_white_space(text: str) -> None:
    assert check_email(text) == text.strip()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "malee",
        "malee@localhost",
        "@example.go.th",
        "a@b@example.go.th",
        "Malee <malee@example.go.th>",
        "malee@example.go.th\r\nBcc: all@example.go.th",
        "มาลี@example.go.th",
        f"{'m' * 65}@example.go.th",
        f"m@{'x' * 60}.{'y' * 60}.{'z' * 60}.{'w' * 60}.example.go.th",
    ],
)
def test_what_is_no_plain_address_is_refused(text: str) -> None:
    with pytest.raises(Refusal) as refused:
        check_email(text, "input", "email")
    assert (refused.value.code, refused.value.path) == (RefusalCode.EMAIL_INVALID, ("input", "email"))


HIDDEN = """
    127.0.0.1 127.9.9.9 ::1 0.0.0.0 :: 169.254.169.254 fe80::1 fe80::1%eth0 10.0.0.1 172.16.0.1 192.168.1.1
    100.64.0.1 192.0.0.8 198.18.0.1 224.0.0.1 240.0.0.1 255.255.255.255 ff02::1 ff0e::1 fc00::1 fd12::1 fec0::1
    ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:169.254.169.254 64:ff9b::7f00:1 64:ff9b::a9fe:a9fe 64:ff9b:1::808:808
    2002:7f00:1:: 2002:a00:1:: 2001:db8::1 2001:0:1::
""".split()  # noqa: SIM905 - read more easily
PUBLIC = ["8.8.8.8", "1.1.1.1", "2606:4700:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808", "203.150.1.1"]


@pytest.mark.parametrize("address", HIDDEN)
def test_an_address_that_is_not_everybodys_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_an_address_of_the_internet_is_public(address: str) -> None:
    assert is_public(address)


def test_a_network_that_is_allowed_is_allowed_in_both_spellings_and_no_other_is() -> None:
    networks = [ip_network("10.20.0.0/16")]
    assert [is_allowed(each, networks) for each in ("10.20.3.4", "::ffff:10.20.3.4", "10.21.0.1", "::1")] == [
        True,
        True,
        False,
        False,
    ]
