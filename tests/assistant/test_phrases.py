"""The training phrases: enough of every topic, none twice, none that the measuring asks."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from pathlib import Path

import pytest
import yaml

from portal.assistant.services.keeping import FIRST
from portal.assistant.understanding import OUT_OF_SCOPE
from portal.common.text import fold
from tasks.assistant.environment import CHATBOT
from tasks.assistant.questions import read_rows

PHRASES = [
    (entry["intent"], line.removeprefix("- "))
    for file in sorted((CHATBOT / "data" / "nlu").glob("*.yml"))
    for entry in yaml.safe_load(file.read_text("utf-8"))["nlu"]
    for line in entry["examples"].splitlines()
]
QUESTIONS = {path.stem: read_rows(path) for path in sorted((CHATBOT / "tests" / "questions").glob("*.tsv"))}
SMALL = {"greet", "thanks", "goodbye", "bot_challenge", "languages"}
TOPICS = {topic for topic, _ in PHRASES}


def key(text: str) -> str:
    """Two phrases that differ in marks, case or punctuation are one."""
    return " ".join(re.sub(r"[^\w\s]", " ", fold(text)).split())


def test_every_topic_has_enough_phrases() -> None:
    counts = Counter(topic for topic, _ in PHRASES)
    assert {topic: count for topic, count in counts.items() if count < (15 if topic in SMALL else 40)} == {}


def test_no_phrase_stands_twice() -> None:
    assert [text for text, count in Counter(key(text) for _, text in PHRASES).items() if count > 1] == []


@pytest.mark.parametrize("name", sorted(QUESTIONS))
def test_no_question_of_the_measuring_was_trained_on(name: str) -> None:
    asked = {key(row.text) for row in QUESTIONS[name]}
    assert [text for _, text in PHRASES if key(text) in asked] == []


def test_the_measuring_asks_at_least_eight_questions_of_every_topic() -> None:
    counts = Counter(row.topic for row in QUESTIONS["own"])
    assert set(counts) == TOPICS
    assert min(counts.values()) >= 8


def test_every_topic_has_its_answer() -> None:
    assert set(tomllib.loads(FIRST.read_text("utf-8"))) == TOPICS - {OUT_OF_SCOPE}


def test_phrases_are_typed_in_many_ways() -> None:
    marks = sum(fold(text) == text.lower() for _, text in PHRASES)
    assert 0.2 < marks / len(PHRASES) < 0.8, "some without marks, some with"
    assert {len(text.split()) for _, text in PHRASES} >= {1, 2, 5, 10, 15}


def test_the_files_are_where_people_look_for_them() -> None:
    assert Path(CHATBOT / "README.md").exists()
