"""The proof: commitment, frozen list, seed, bundle, receipts, and a verifier that misses nothing."""

import ast
import copy
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from admissions.allocation import Instance, allocate, proof, verifier
from admissions.allocation.canonical import sha256
from admissions.allocation.receipts import ReceiptBook
from tests.admissions.instances import random_instance

RULES = {"classes": {"1": "thường trú"}, "choices": 3, "band_metres": 100}
SECRET = "b1" * 32
VALUE = "Xổ số ngày 15/6/2027: 04821"


class Published(NamedTuple):
    """What families hold in their hands."""

    instance: Instance
    bundle: dict[str, Any]
    commitment: str
    root: str
    book: ReceiptBook

    def faults(self, bundle: dict[str, Any] | None = None, **other: Any) -> list[str]:
        given = {"commitment": self.commitment, "root": self.root, "public_value": VALUE, **other}
        # through JSON, as everybody else gets it
        return verifier.verify(json.loads(json.dumps(bundle or self.bundle)), **given)


def publish(instance: Instance) -> Published:
    root = proof.MerkleTree(proof.entries(instance.children)).root
    drawn = replace(instance, seed=proof.seed(SECRET, VALUE, root))
    quotas = proof.quotas(instance.schools)
    commitment = proof.commitment(instance.season, RULES, quotas, proof.secret_hash(SECRET))
    result = allocate(drawn)
    bundle = proof.bundle(drawn, result, rules=RULES, secret=SECRET, public_value=VALUE)
    return Published(drawn, bundle, commitment, root, ReceiptBook(drawn, result))


@pytest.fixture
def season() -> Published:
    return publish(random_instance(7, schools=4, children=25, choices=4, least=2, crowded=0.4))


def test_an_honest_bundle_and_every_receipt_are_accepted() -> None:
    for number in range(150):
        season = publish(random_instance(number, schools=4, children=number % 18, choices=4, crowded=0.5))
        assert season.faults() == []
        for child in season.instance.children[:4]:
            assert season.faults(receipt=season.book.receipt(child.id)) == []


def _entry(bundle: dict[str, Any]) -> None:
    bundle["entries"][3]["choices"][0]["class"] += 1


def _entry_gone(bundle: dict[str, Any]) -> None:
    bundle["entries"].pop()


def _entry_added(bundle: dict[str, Any]) -> None:
    bundle["entries"].append({**bundle["entries"][0], "id": "zz"})


def _draw_key(bundle: dict[str, Any]) -> None:
    bundle["entries"][2]["draw_key"] = "favourite"


def _secret(bundle: dict[str, Any]) -> None:
    bundle["secret"] = "b2" * 32


def _seed(bundle: dict[str, Any]) -> None:
    bundle["seed"] = "00" * 32


def _public_value(bundle: dict[str, Any]) -> None:
    bundle["public_value"] = "another evening"


def _quota(bundle: dict[str, Any]) -> None:
    bundle["quotas"][0]["seats"] += 1


def _reserve(bundle: dict[str, Any]) -> None:
    bundle["quotas"][0]["reserves"] = {"friends": 1}


def _rules(bundle: dict[str, Any]) -> None:
    bundle["rules"]["choices"] = 4


def _season(bundle: dict[str, Any]) -> None:
    bundle["season"] = "another"


def _placement(bundle: dict[str, Any]) -> None:
    placements = bundle["result"]["placements"]
    lucky = next(child for child, placed in placements.items() if placed)
    placements[lucky] = None
    bundle["result"]["digest"] = sha256(
        json.dumps(placements, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    )


def _cutoff(bundle: dict[str, Any]) -> None:
    bundle["result"]["cutoffs"]["T0"]["filled"] += 1


def _digest(bundle: dict[str, Any]) -> None:
    bundle["result"]["digest"] = "00" * 32


@pytest.mark.parametrize(
    "alter",
    [
        _entry, _entry_gone, _entry_added, _draw_key, _secret, _seed, _public_value,
        _quota, _reserve, _rules, _season, _placement, _cutoff, _digest,
    ],
)  # fmt: skip
def test_every_alteration_of_the_bundle_is_detected(
    season: Published, alter: Callable[[dict[str, Any]], None]
) -> None:
    bundle = copy.deepcopy(season.bundle)
    alter(bundle)
    assert season.faults(bundle) != []


def test_what_was_published_is_never_read_from_the_bundle(season: Published) -> None:
    """A forger makes a whole consistent season anew; only the published values betray it."""
    children = tuple(
        replace(child, choices=child.choices[::-1]) if number == 1 else child
        for number, child in enumerate(season.instance.children)
    )
    forged = publish(replace(season.instance, children=children))
    assert forged.faults() == []
    assert any("danh sách đã chốt" in fault for fault in season.faults(forged.bundle))
    assert season.faults(public_value="a value more to our liking") != []


leaves = st.sampled_from(
    [("draw",), ("root",), ("season",), ("outcome",), ("entry", "group"), ("entry", "choices", 0, "class"),
     ("choices", 0, "rank"), ("choices", 0, "listed"), ("choices", 0, "cutoff", "filled"),
     ("choices", 1, "distance"), ("path", 0, 0), ("path", 1, 1)]
)  # fmt: skip


@given(leaves, st.sampled_from(["", "x", 0, 99, None, {"school": "T1", "choice": 1, "seat": "open"}]))
def test_every_alteration_of_a_receipt_is_detected(where: tuple[str | int, ...], value: object) -> None:
    season = publish(random_instance(7, schools=4, children=25, choices=4, least=2, crowded=0.4))
    receipt = copy.deepcopy(season.book.receipt("c3"))
    spot: Any = receipt
    for step in where[:-1]:
        spot = spot[step]
    unchanged = spot[where[-1]] == value
    spot[where[-1]] = value
    assert bool(season.faults(receipt=receipt)) != unchanged


def test_a_receipt_of_somebody_else_or_with_more_in_it_is_detected(season: Published) -> None:
    mine, other = season.book.receipt("c1"), season.book.receipt("c2")
    assert season.faults(receipt={**mine, "outcome": {"school": "T9", "choice": 1, "seat": "open"}}) != []
    assert season.faults(receipt={**mine, "path": other["path"]}) != []
    assert season.faults(receipt={**mine, "note": "admitted"}) != []
    assert season.faults(receipt={**mine, "entry": {**mine["entry"], "id": "unknown"}}) != []


@given(st.integers(0, 70))
def test_every_entry_climbs_to_the_root(size: int) -> None:
    frozen = [{"id": f"{number:03}", "choices": []} for number in range(size)]
    tree = proof.MerkleTree(frozen)
    for entry in frozen:
        assert proof.climb(entry, tree.path(str(entry["id"]))) == tree.root
    if size:
        assert proof.climb({"id": "other"}, tree.path("000")) != tree.root


def test_the_tree_has_the_published_form() -> None:
    one, two, three = ({"id": name} for name in "abc")
    leaf = [sha256(b"\x00" + f'{{"id":"{name}"}}'.encode()) for name in "abc"]
    pair = sha256(b"\x01" + bytes.fromhex(leaf[0] + leaf[1]))
    assert proof.MerkleTree([one, two]).root == pair
    assert proof.MerkleTree([one, two, three]).root == sha256(b"\x01" + bytes.fromhex(pair + leaf[2]))
    assert proof.MerkleTree([]).root == sha256(b"")


def test_seed_and_pseudonym_have_the_published_form() -> None:
    assert proof.seed("s", "v", "r") == sha256(b"s:v:r")
    assert len(bytes.fromhex(proof.pseudonym(b"key", "999318004512"))) == 16
    assert proof.pseudonym(b"key", "1") != proof.pseudonym(b"other", "1")
    assert len(proof.new_secret()) == 64
    for blank in ("", " ", "04821 "):
        with pytest.raises(proof.ProofError):
            proof.seed("s", blank, "r")


def test_no_bundle_for_an_instance_drawn_with_another_seed(season: Published) -> None:
    other = replace(season.instance, seed="00" * 32)
    with pytest.raises(proof.ProofError):
        proof.bundle(other, allocate(other), rules=RULES, secret=SECRET, public_value=VALUE)


def test_the_verifier_is_one_file_of_the_standard_library() -> None:
    tree = ast.parse(Path(verifier.__file__).read_text(encoding="utf-8"))
    imported = {
        name.split(".")[0]
        for node in ast.walk(tree)
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or "."]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert imported
    assert imported <= sys.stdlib_module_names


@pytest.mark.parametrize(
    ("commitment", "receipt", "status", "words"),
    [
        (None, ["--receipt", "receipt.json"], 0, "ĐÚNG: kết quả của 25 trẻ"),
        ("00" * 32, [], 1, "SAI: Cam kết khác"),
        (None, [], 2, "KHÔNG ĐỌC ĐƯỢC"),
    ],
)
def test_anybody_can_run_the_verifier_alone(
    season: Published, tmp_path: Path, commitment: str | None, receipt: list[str], status: int, words: str
) -> None:
    alone = shutil.copy(verifier.__file__, tmp_path / "kiem-tra.py")
    (tmp_path / "bundle.json").write_text(
        json.dumps(season.bundle) if status < 2 else "[", encoding="utf-8"
    )
    (tmp_path / "receipt.json").write_text(json.dumps(season.book.receipt("c1")), encoding="utf-8")
    arguments = [
        "--commitment",
        commitment or season.commitment,
        "--root",
        season.root,
        "--public-value",
        VALUE,
    ]
    ran = subprocess.run(
        [sys.executable, "-I", alone, "bundle.json", *arguments, *receipt],
        cwd=tmp_path, capture_output=True, check=False, env={"PYTHONUTF8": "1"},
    )  # fmt: skip
    assert ran.returncode == status, ran.stderr
    assert words in ran.stdout.decode()


@pytest.mark.parametrize("bundle", [{}, {"season": "x"}, {"season": 1, "entries": 2}])
def test_what_is_no_bundle_is_said_to_be_none(season: Published, bundle: dict[str, Any]) -> None:
    with pytest.raises(verifier.UnreadableError):
        verifier.verify(bundle, season.commitment, season.root, VALUE)
