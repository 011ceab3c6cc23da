"""Rotating keys reaches what is sealed inside the answers of drafts and dossiers."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from pytest_django import Settings

from portal.common import rotation
from portal.common.crypto import KeyRing
from portal.procedures.answers import SEALED, unseal
from portal.procedures.models import Dossier, Draft
from portal.settings import keys as key_files
from tests.procedures import town

pytestmark = pytest.mark.django_db


def _sealed(answers: dict[str, Any]) -> list[str]:
    return [
        value[SEALED]
        for _name, value in sorted(answers.items())
        if isinstance(value, dict) and set(value) == {SEALED}
    ]


@pytest.fixture
def file(tmp_path: Path, settings: Settings, private_folder: Path) -> Path:
    file = tmp_path / "keys.json"
    key_files.write(file, key_files.generate())
    settings.KEYS_FILE = file
    settings.FIELD_KEYS = key_files.read(file).readable
    return file


def test_sealed_answers_come_under_the_new_key_and_the_open_ones_stay(
    file: Path, settings: Settings
) -> None:
    place = town.build()
    dossier = town.submitted(place, disability=True)
    draft = town.written_draft(place, disability=True)  # a submitted one keeps no answers
    stored = [Dossier.objects.get(pk=dossier.pk).answers, Draft.objects.get(pk=draft.pk).answers]
    before = [unseal(answers) for answers in stored]
    assert all(_sealed(answers) for answers in stored), "the example has nothing sensitive to rotate"

    out = StringIO()
    call_command("rotate_keys", "--stopped", stdout=out)
    assert "procedures.Dossier.answers: " in out.getvalue()
    assert "procedures.Draft.answers: " in out.getvalue()

    settings.FIELD_KEYS = key_files.read(file).readable
    assert len(settings.FIELD_KEYS) == 1
    newest = KeyRing(settings.FIELD_KEYS)
    after = [Dossier.objects.get(pk=dossier.pk).answers, Draft.objects.get(pk=draft.pk).answers]
    assert [unseal(answers) for answers in after] == before
    assert all(newest.is_newest(token) for answers in after for token in _sealed(answers))
    assert all(not newest.is_newest(token) for answers in stored for token in _sealed(answers)), (
        "nothing was rotated"
    )


def test_a_walk_that_only_looks_changes_nothing(file: Path, settings: Settings) -> None:
    dossier = town.submitted(town.build(), disability=True)
    stored = Dossier.objects.get(pk=dossier.pk).answers
    ring = KeyRing([key_files.generate().field_keys[0], *settings.FIELD_KEYS])
    turn = rotation.Turn(ring, write=False)
    for _count in rotation.rotators()["procedures.Dossier.answers"](turn):
        pass
    assert turn.count.old == len(_sealed(stored)) > 0
    assert Dossier.objects.get(pk=dossier.pk).answers == stored
