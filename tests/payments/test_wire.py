"""Single values on VNPAY's wire."""

import re
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payments.gateways.base import GatewayError
from payments.gateways.vnpay import wire

ALLOWED = re.compile(r"[A-Za-z0-9 .,:-]{1,255}")


@given(st.integers(1, wire.LARGEST_AMOUNT))
def test_amounts_come_back_as_they_went(amount: int) -> None:
    assert wire.from_wire(wire.to_wire(amount)) == amount
    assert len(wire.to_wire(amount)) <= 12


@pytest.mark.parametrize("amount", [0, -1, wire.LARGEST_AMOUNT + 1, 1.0, True, "5000"])
def test_other_amounts_are_never_sent(amount: object) -> None:
    with pytest.raises(GatewayError):
        wire.to_wire(amount)  # type: ignore[arg-type]  # that is the slip under test


@pytest.mark.parametrize(
    "text",
    ["", "-3000000", "+3000000", "30000.00", "3000050", "3e6", "30 00000", "٣٠٠", "1" * 13, "3000000\n"],
)
def test_amounts_that_are_no_whole_dong_equal_nothing(text: str) -> None:
    assert wire.from_wire(text) is None


@given(st.datetimes(datetime(2000, 1, 1), datetime(2099, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001  naive bounds
def test_moments_come_back_to_the_second(value: datetime) -> None:
    assert wire.parse_moment(wire.moment(value)) == value.replace(microsecond=0)


def test_moments_are_told_in_vietnam_whatever_the_process_thinks() -> None:
    assert wire.moment(datetime(2026, 11, 22, 1, 0, tzinfo=UTC)) == "20261122080000"
    with pytest.raises(GatewayError):
        wire.moment(datetime(2026, 11, 22))  # noqa: DTZ001  that is the slip under test


@pytest.mark.parametrize("text", ["", "2026112208000", "20261322080000", "20261122250000", "abc", "٢" * 14])
def test_other_moments_are_none(text: str) -> None:
    assert wire.parse_moment(text) is None


@given(st.text(max_size=400))
def test_descriptions_hold_allowed_characters_only(text: str) -> None:
    try:
        folded = wire.order_info(text)
    except GatewayError:
        folded = "nothing left"
    assert ALLOWED.fullmatch(folded)
    assert wire.order_info(folded) == folded


def test_descriptions_stay_readable() -> None:
    assert wire.order_info("Nộp lệ phí “cấp bản sao” – hồ sơ H99.12-261124-0007 (lớp 1A1/Đ)") == (
        "Nop le phi cap ban sao - ho so H99.12-261124-0007 lop 1A1 D"
    )
    decomposed = "No\u0323\u0302p le\u0323\u0302 phi\u0301"
    assert wire.order_info(decomposed) == wire.order_info("Nộp lệ phí") == "Nop le phi"


@pytest.mark.parametrize(
    ("text", "sent"),
    [
        ("203.0.113.10", "203.0.113.10"),
        ("1.1.1.1", "1.1.1.1"),
        ("2001:db8::1", "2001:db8::1"),
        ("::ffff:203.0.113.10", "203.0.113.10"),
        ("::1", "127.0.0.1"),
        ("::2", "0000:0000:0000:0000:0000:0000:0000:0002"),
        ("fe80::1234%eth0", "fe80::1234"),
    ],
)
def test_addresses(text: str, sent: str) -> None:
    assert wire.address(text) == sent
    assert 7 <= len(sent) <= 45


@pytest.mark.parametrize("text", ["", "unknown", "1.2.3", "203.0.113.10, 10.0.0.1", "203.0.113.10:443"])
def test_other_addresses_are_refused(text: str) -> None:
    with pytest.raises(GatewayError):
        wire.address(text)


@given(st.from_regex(r"[A-Z]{2}[0-9]{6}", fullmatch=True), st.integers(1, 50), st.integers(1, 50))
def test_every_attempt_has_a_reference_of_its_own(order: str, one: int, other: int) -> None:
    same = wire.attempt_reference(order, one) == wire.attempt_reference(order, other)
    assert same == (one == other)


@pytest.mark.parametrize("text", ["", "-1", "a b", "ế", "a|b", "x" * 101, "a\n"])
def test_other_references_are_refused(text: str) -> None:
    with pytest.raises(GatewayError):
        wire.reference(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "/r",
        "ftp://dvc.example.vn",
        "https://dvc.example.vn/" + "x" * 250,
        "https://đvc.vn/r",
        "https://a.vn/~b",
    ],
)
def test_other_return_addresses_are_refused(text: str) -> None:
    with pytest.raises(GatewayError):
        wire.return_url(text)
