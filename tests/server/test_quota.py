"""How many operations one principal has under way at once."""

from uuid import UUID

from server.auth import Caller
from server.quota import Quota


def test_each_account_and_each_address_has_its_own_number() -> None:
    quota = Quota(1)
    callers = Caller(UUID(int=1)), Caller(UUID(int=2)), Caller(address="192.0.2.1"), Caller(address="192.0.2.2")
    for caller in callers:
        with quota.one_more(caller) as is_first:
            assert is_first
            for other in callers:
                with quota.one_more(other) as is_free:
                    assert is_free == (other != caller)
    assert len(quota) == 0


def test_a_refused_operation_takes_no_place_and_an_ended_one_gives_its_back() -> None:
    quota, caller = Quota(2), Caller(UUID(int=1))
    with quota.one_more(caller), quota.one_more(caller):
        for _ in range(3):
            with quota.one_more(caller) as is_free:
                assert not is_free
        assert len(quota) == 2
    with quota.one_more(caller) as is_free:
        assert is_free
    assert len(quota) == 0
