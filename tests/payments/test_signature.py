"""Signatures: every testable vector of the protocol, and what no forger may get away with."""

from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payments.gateways.vnpay import fields, signature
from tests.payments.vectors import PIPED, QUERIES, SECRET

ORDERS = {
    "9": fields.QUERY_REQUEST,
    "10": fields.REFUND_REQUEST,
    "11": fields.REFUND_REQUEST,
    "12": fields.QUERY_ANSWER,
    "13": fields.REFUND_ANSWER,
}
names = st.from_regex(r"vnp_[A-Za-z]{1,12}", fullmatch=True)
values = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
queries = st.dictionaries(names, values, max_size=8)


@pytest.mark.parametrize("name", QUERIES)
def test_every_query_vector(name: str) -> None:
    secret, query, expected = QUERIES[name]
    params = dict(parse_qsl(query))
    assert signature.encoded(params) == query
    assert signature.sign(params, secret) == expected
    assert signature.signed_query(params, secret) == f"{query}&vnp_SecureHash={expected}"
    for given_hash in (expected, expected.upper()):
        assert signature.verify({**params, "vnp_SecureHash": given_hash}, secret)
    assert (
        signature.sign({**params, "vnp_SecureHash": "x", "vnp_SecureHashType": "SHA512"}, secret)
        == expected
    )
    assert not signature.verify({**params, "vnp_SecureHash": expected}, secret + " ")


@pytest.mark.parametrize("name", PIPED)
def test_every_piped_vector(name: str) -> None:
    text, expected = PIPED[name]
    order = ORDERS[name.split(maxsplit=1)[0]]
    params = dict(zip(order, text.split("|"), strict=True))
    assert signature.sign_fields(params, order, SECRET) == expected
    assert signature.verify_fields({**params, "vnp_SecureHash": expected.upper()}, order, SECRET)
    assert not signature.verify_fields(params, order, SECRET)


def test_the_bare_digest() -> None:
    """Vector T4: HMAC-SHA-512 itself."""
    assert signature.sign_text("data", "secret") == (
        "6274071d33dec2728a2a1c903697fc1210b3252221c3d137e12d9f1ae5c8ed53"
        "e05e692b05a9eefff289667e2387c0fc0bd8a3d9bd7000782730c856a77a77d5"
    )


@given(queries, st.text(min_size=1, max_size=32, alphabet="ABCDEF0123456789"))
def test_what_is_signed_is_verified_after_the_journey_through_a_query(
    params: dict[str, str], secret: str
) -> None:
    arrived = dict(parse_qsl(signature.signed_query(params, secret), keep_blank_values=True))
    assert signature.verify(arrived, secret)
    assert not signature.verify(arrived, secret + "0")


@given(queries, names, values)
def test_no_value_can_be_changed(params: dict[str, str], name: str, value: str) -> None:
    signed = {**params, "vnp_SecureHash": signature.sign(params, SECRET)}
    unchanged = params.get(name, "") == value or name in (signature.HASH, signature.HASH_TYPE)
    assert signature.verify({**signed, name: value}, SECRET) or not unchanged or name == signature.HASH
    assert unchanged or not signature.verify({**signed, name: value}, SECRET)


@given(queries, st.dictionaries(st.sampled_from(["utm", "VNP_Amount", "x"]), values))
def test_order_and_foreign_names_do_not_count(params: dict[str, str], foreign: dict[str, str]) -> None:
    turned = dict(reversed(list(params.items())))
    assert signature.sign({**foreign, **turned, "vnp_Empty": ""}, SECRET) == signature.sign(params, SECRET)


def test_a_name_cannot_swallow_its_neighbours() -> None:
    honest = {"vnp_Amount": "100", "vnp_TxnRef": "A"}
    swallowed = {"vnp_Amount=100&vnp_TxnRef": "A"}
    assert signature.sign(honest, SECRET) != signature.sign(swallowed, SECRET)


@pytest.mark.parametrize("given_hash", ["", "x", "ế" * 128, "0" * 128, "\udcff"])
def test_bad_hashes_are_wrong_not_errors(given_hash: str) -> None:
    assert signature.verify({"vnp_TxnRef": "A", "vnp_SecureHash": given_hash}, SECRET) is False


def test_half_a_surrogate_is_wrong_not_an_error() -> None:
    assert not signature.verify({"vnp_TxnRef": "\udcff", "vnp_SecureHash": "0" * 128}, SECRET)
    assert not signature.verify_fields({"a": "\udcff", "vnp_SecureHash": "0" * 128}, ["a"], SECRET)


def test_composed_and_decomposed_text_are_signed_as_they_came() -> None:
    composed, decomposed = {"vnp_OrderInfo": "ế"}, {"vnp_OrderInfo": "e\u0302\u0301"}
    assert signature.sign(composed, SECRET) != signature.sign(decomposed, SECRET)
    assert signature.verify({**decomposed, "vnp_SecureHash": signature.sign(decomposed, SECRET)}, SECRET)


def test_a_pipe_cannot_shift_values_to_their_neighbours() -> None:
    order = ["a", "b"]
    honest = {"a": "1", "b": "2|3"}
    given_hash = signature.sign_fields(honest, order, SECRET)
    assert not signature.verify_fields({"a": "1|2", "b": "3", "vnp_SecureHash": given_hash}, order, SECRET)
