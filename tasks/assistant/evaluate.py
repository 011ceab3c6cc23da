"""``./run evaluate-assistant FILE.tsv [--json OUT]``: how well the running pipeline answers given questions.

Right means: the answer given at the running thresholds has the row's topic. Asking back and falling back count as
wrong, except for out_of_scope, which is right when no fact is given. ``--train FILE --test FILE`` trains the same
pipeline on other people's labels and texts, and reports.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from portal.assistant.understanding import OUT_OF_SCOPE, SMALL_TALK, Kind, odd_message, understand
from portal.common.teencode import phone_style
from portal.common.text import fold
from tasks.assistant.environment import CHATBOT
from tasks.assistant.model import Ingredients, trained
from tasks.assistant.questions import Row, read_rows
from tasks.assistant.running import Bot, running
from tasks.assistant.serve import models_folder
from tasks.bench.figures import percentile
from tasks.places import ROOT, from_caller
from tasks.terminal import Refusal, say
from tasks.up.site import site_here

VARIETIES: dict[str, tuple[str, Callable[[str], str]]] = {
    "accuracy": ("as given", str),
    "accuracy_no_marks": ("marks removed", fold),
    "accuracy_phone": ("phone style", phone_style),
}
NOTHING = "(no answer)"
MOST_CONFUSED = 15


@dataclass(slots=True)
class Result:
    """One variety: what was expected and what was answered, in order; seconds of each answer."""

    expected: list[str] = field(default_factory=list)
    answered: list[tuple[str, ...]] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)

    def is_right(self, index: int) -> bool:
        """Say whether an answer names the row's topic; out of scope wants no fact."""
        expected, answered = self.expected[index], self.answered[index]
        return not gives_fact(answered) if expected == OUT_OF_SCOPE else expected in answered

    @property
    def accuracy(self) -> float:
        """Share of right answers, in percent."""
        return 100 * sum(map(self.is_right, range(len(self.expected)))) / len(self.expected)

    @property
    def outside_answered(self) -> float:
        """Share of questions out of scope that were answered with a fact, in percent."""
        outside = [index for index, topic in enumerate(self.expected) if topic == OUT_OF_SCOPE]
        return 100 * sum(gives_fact(self.answered[index]) for index in outside) / max(1, len(outside))

    def said(self, index: int) -> str:
        """One word for what was answered, for the table of confusions."""
        if self.expected[index] in self.answered[index]:
            return self.expected[index]
        if not gives_fact(self.answered[index]) and self.expected[index] == OUT_OF_SCOPE:
            return OUT_OF_SCOPE
        return self.answered[index][0] if self.answered[index] else NOTHING


def gives_fact(answered: tuple[str, ...]) -> bool:
    """Small talk and kind refusals give none."""
    return any(topic not in SMALL_TALK and topic != OUT_OF_SCOPE for topic in answered)


def main(arguments: Sequence[str]) -> int:
    """Train if something changed, start the bot, ask it everything, print."""
    parser = argparse.ArgumentParser(prog="./run evaluate-assistant", description=__doc__)
    parser.add_argument("file", nargs="?", type=from_caller, metavar="FILE.tsv", help="topic, tab, text")
    parser.add_argument("--json", type=from_caller, metavar="OUT", help="also write the figures there")
    parser.add_argument(
        "--train", type=from_caller, metavar="FILE", help="label, tab, text: train on these"
    )
    parser.add_argument("--test", type=from_caller, metavar="FILE", help="… and report on these")
    given = parser.parse_args(arguments)
    if bool(given.train) != bool(given.test) or bool(given.file) == bool(given.train):
        raise Refusal("Name a FILE.tsv, or both --train FILE and --test FILE.")
    with tempfile.TemporaryDirectory(prefix="dvgd-evaluate-") as folder:
        if given.train:
            rows, foreign = read_rows(given.test), True
            ingredients = Ingredients(phrases=written_as_phrases(read_rows(given.train), Path(folder)))
            model, seconds = trained(Path(folder) / "models", ingredients)
        else:
            rows, foreign = read_rows(given.file), False
            model, seconds = trained(models_folder(site_here()), Ingredients())
        with running(model) as bot:
            figures = report(rows, bot, foreign=foreign)
    figures["training_seconds"] = round(seconds, 1)
    if given.json is not None:
        given.json.write_text(json.dumps(figures, indent=1, ensure_ascii=False), "utf-8")
    return 0


def written_as_phrases(rows: Sequence[Row], folder: Path) -> Path:
    """Write other people's training file in Rasa's form."""
    import yaml

    by_label: dict[str, list[str]] = {}
    for row in rows:
        by_label.setdefault(row.topic, []).append(" ".join(row.text.split()))
    content = {
        "version": "3.1",
        "nlu": [
            {"intent": label, "examples": "".join(f"- {text}\n" for text in texts)}
            for label, texts in by_label.items()
        ],
    }
    phrases = folder / "phrases"
    phrases.mkdir()
    (phrases / "all.yml").write_text(yaml.safe_dump(content, allow_unicode=True), "utf-8")
    return phrases


def ask_all(
    rows: Sequence[Row], bot: Bot, change: Callable[[str], str], *, foreign: bool = False
) -> Result:
    """Ask every question in one variety; other people's labels are judged by the best alone."""
    result = Result()
    for row in rows:
        text = change(row.text)
        began = time.perf_counter()
        result.answered.append(best(text, bot) if foreign else answered(text, bot))
        result.seconds.append(time.perf_counter() - began)
        result.expected.append(row.topic)
    return result


def answered(text: str, bot: Bot) -> tuple[str, ...]:
    """Give the topics that the portal would answer; none where it asks back or falls back."""
    if odd_message(text):
        return ()
    understood = understand(text, bot.parse)
    return understood.topics if understood.kind is Kind.ANSWER else ()


def best(text: str, bot: Bot) -> tuple[str, ...]:
    """Give the likeliest label."""
    ranking = bot.parse(text).ranking
    return (ranking[0][0],) if ranking else ()


def report(rows: Sequence[Row], bot: Bot, *, foreign: bool) -> dict[str, Any]:
    """Ask in every variety, print the figures, return them."""
    bot.parse("xin chào")  # the first question of all loads things
    results = {key: ask_all(rows, bot, change, foreign=foreign) for key, (_, change) in VARIETIES.items()}
    given = results["accuracy"]
    figures: dict[str, Any] = {key: round(result.accuracy, 2) for key, result in results.items()}
    figures["oos_answered"] = round(given.outside_answered, 2)
    figures["p95_ms"] = round(percentile(given.seconds, 0.95) * 1_000, 2)
    figures["p50_ms"] = round(percentile(given.seconds, 0.5) * 1_000, 2)
    figures["macro_f1"] = round(macro_f1(given), 2)
    figures["questions"] = len(rows)
    figures["memory_mb"] = round(bot.memory() / 1_000_000)
    say(f"{len(rows)} questions of {len({row.topic for row in rows})} topics")
    for key, (label, _) in VARIETIES.items():
        say(f"  {'right, ' + label:<36}{figures[key]:>8.2f} %")
    say(f"  {'macro-F1, as given':<36}{figures['macro_f1']:>8.2f} %")
    for key, (label, _) in VARIETIES.items():
        if any(row.topic == OUT_OF_SCOPE for row in rows):
            figures[f"oos_answered_{key}"] = round(results[key].outside_answered, 2)
            say(f"  {'out of scope answered, ' + label:<36}{results[key].outside_answered:>8.2f} %")
    say(f"  {'an answer, p50 / p95':<36}{figures['p50_ms']:>8.2f} / {figures['p95_ms']:.2f} ms")
    say(f"  {'memory of the bot':<36}{figures['memory_mb']:>8} MB")
    own_varieties(rows, given, figures)
    confusions(rows, given, figures)
    return figures


def own_varieties(rows: Sequence[Row], result: Result, figures: dict[str, Any]) -> None:
    """Print a line for each variety that the file's further columns name."""
    of_variety: dict[str, list[bool]] = {}
    for index, row in enumerate(rows):
        for variety in filter(None, row.varieties):
            of_variety.setdefault(variety, []).append(result.is_right(index))
    figures["varieties"] = {
        name: round(100 * sum(all_) / len(all_), 2) for name, all_ in of_variety.items()
    }
    for name, share in figures["varieties"].items():
        say(f"  {'right, ' + name:<36}{share:>8.2f} %")


def confusions(rows: Sequence[Row], result: Result, figures: dict[str, Any]) -> None:
    """Print what was most often taken for what, with one example; write all of it down."""
    wrong = [index for index in range(len(rows)) if not result.is_right(index)]
    pairs = Counter((result.expected[index], result.said(index)) for index in wrong)
    example = {(result.expected[index], result.said(index)): rows[index].text for index in reversed(wrong)}
    figures["confusion"] = [
        {"topic": topic, "answered": said, "times": times} for (topic, said), times in pairs.most_common()
    ]
    figures["by_topic"] = by_topic(result)
    if wrong:
        say(f"\n{len(wrong)} wrong answers; most often:")
    for (topic, said), times in pairs.most_common(MOST_CONFUSED):
        say(f"  {times:>3} × {topic} → {said}   e.g. {example[topic, said]}")


def by_topic(result: Result) -> dict[str, dict[str, float]]:
    """Give recall and precision of every topic, in percent."""
    said = [result.said(index) for index in range(len(result.expected))]
    table = {}
    for topic in sorted(set(result.expected)):
        hits = sum(a == b == topic for a, b in zip(result.expected, said, strict=True))
        table[topic] = {
            "recall": round(100 * hits / result.expected.count(topic), 1),
            "precision": round(100 * hits / max(1, said.count(topic)), 1),
        }
    return table


def macro_f1(result: Result) -> float:
    """Give the mean over topics of F1, in percent."""
    table = by_topic(result).values()
    scores = [
        2 * row["recall"] * row["precision"] / (row["recall"] + row["precision"]) if row["recall"] else 0.0
        for row in table
    ]
    return sum(scores) / len(scores)


OWN_QUESTIONS = CHATBOT / "tests" / "questions" / "own.tsv"
__all__ = ["OWN_QUESTIONS", "ROOT", "Result", "ask_all", "main", "report"]
