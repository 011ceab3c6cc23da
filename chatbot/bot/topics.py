"""The light linear classifier: three views of the words, one weight for each of them and each topic.

Free of Rasa. Nothing is pickled: a model is a list of words (JSON) and arrays of numbers (npz), so that
reading a model can run no code.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.model_selection import StratifiedKFold
from sklearn.svm import LinearSVC

from chatbot.bot.augmentation import augmented
from chatbot.bot.reading import read

# name → (which reading, analyzer, lengths of the n-grams, weight beside the others)
VIEWS: dict[str, tuple[str, str, tuple[int, int], float]] = {
    "words": ("folded", "word", (1, 2), 1.0),
    "letters": ("folded", "char_wb", (2, 5), 1.0),
    "marked words": ("marked", "word", (1, 2), 1.0),
}
TWO, FOLDS = 2, 3
SCALES = (1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0)


class TopicModel:
    """Ranks topics for a question."""

    def __init__(self, *, copies: int = 2, strength: float = 0.3) -> None:
        """Take how many copies in phone style each phrase gets, and the C of the linear machine."""
        self.copies = copies
        self.strength = strength
        self.topics: list[str] = []
        self.scale = 1.0
        self._views: dict[str, TfidfVectorizer] = {}
        self._weights = np.zeros((0, 0), dtype=np.float32)
        self._offsets = np.zeros(0, dtype=np.float32)

    def fit(self, phrases: Sequence[tuple[str, str]]) -> None:
        """Learn (text, topic) pairs; then how far the margins may be trusted, on thirds held out."""
        self.scale = self._best_scale(phrases)
        self._fit_once(phrases)

    def _fit_once(self, phrases: Sequence[tuple[str, str]]) -> None:
        pairs = list(augmented(phrases, self.copies))
        self._views = {name: _vectorizer(name) for name in VIEWS}
        texts = [text for text, _ in pairs]
        readings = {"folded": [], "marked": []}  # type: dict[str, list[str]]
        for reading in map(read, texts):
            readings["folded"].append(reading.folded)
            readings["marked"].append(reading.marked)
        found = [
            vectorizer.fit_transform(readings[VIEWS[name][0]]) * VIEWS[name][3]
            for name, vectorizer in self._views.items()
        ]
        machine = LinearSVC(C=self.strength, random_state=0)
        machine.fit(hstack(found).tocsr(), [topic for _, topic in pairs])
        self.topics = [str(topic) for topic in machine.classes_]
        weights, offsets = machine.coef_, machine.intercept_
        if len(self.topics) == TWO:  # then there is one plane, and it is the second topic's
            weights, offsets = np.vstack([-weights, weights]), np.append(-offsets, offsets)
        self._weights = np.ascontiguousarray(weights.T, dtype=np.float32)
        self._offsets = np.asarray(offsets, dtype=np.float32)

    def _best_scale(self, phrases: Sequence[tuple[str, str]]) -> float:
        """Choose the factor under which the confidences fit best what was right (log loss, 3 folds)."""
        topics = [topic for _, topic in phrases]
        if min(map(topics.count, set(topics))) < FOLDS:
            return SCALES[2]
        losses = dict.fromkeys(SCALES, 0.0)
        for learnt, held in StratifiedKFold(FOLDS, shuffle=True, random_state=0).split(topics, topics):
            inner = TopicModel(copies=min(self.copies, 1), strength=self.strength)
            inner._fit_once([phrases[index] for index in learnt])
            margins = inner.margins([phrases[index][0] for index in held])
            right = [inner.topics.index(phrases[index][1]) for index in held]
            for scale in SCALES:
                chances = _softmax(margins * scale)[np.arange(len(right)), right]
                losses[scale] -= float(np.log(np.maximum(chances, 1e-9)).sum())
        return min(losses, key=lambda scale: losses[scale])

    def margins(self, texts: Sequence[str]) -> Any:
        """Give the distance to every topic's plane: an array of texts × topics."""
        readings = [read(text) for text in texts]
        found = [
            vectorizer.transform([getattr(reading, VIEWS[name][0]) for reading in readings])
            * VIEWS[name][3]
            for name, vectorizer in self._views.items()
        ]
        features: csr_matrix = hstack(found).tocsr()
        return features @ self._weights + self._offsets

    def rank(self, text: str, length: int = 10) -> list[tuple[str, float]]:
        """Give the likeliest topics with confidences of 0 to 1, the best first; none for a text without words."""
        if not read(text).folded:
            return []
        chances = _softmax(self.margins([text]) * self.scale)[0]
        best = np.argsort(-chances)[:length]
        return [(self.topics[index], float(chances[index])) for index in best]

    def save(self, folder: Path) -> None:
        """Write ``words.json`` and ``weights.npz``."""
        words = {
            name: sorted(view.vocabulary_, key=view.vocabulary_.get) for name, view in self._views.items()
        }
        content = {"topics": self.topics, "scale": self.scale, "words": words}
        (folder / "words.json").write_text(json.dumps(content, ensure_ascii=False), "utf-8")
        rarity = {f"idf-{number}": view.idf_ for number, view in enumerate(self._views.values())}
        np.savez(folder / "weights.npz", weights=self._weights, offsets=self._offsets, **rarity)

    @classmethod
    def load(cls, folder: Path) -> TopicModel:
        """Read what :meth:`save` wrote."""
        model = cls()
        content = json.loads((folder / "words.json").read_text("utf-8"))
        arrays = np.load(folder / "weights.npz", allow_pickle=False)
        model.topics, model.scale = content["topics"], content["scale"]
        for number, name in enumerate(VIEWS):
            words = {word: index for index, word in enumerate(content["words"][name])}
            vectorizer = _vectorizer(name, words)
            vectorizer.idf_ = arrays[f"idf-{number}"]
            model._views[name] = vectorizer
        model._weights, model._offsets = arrays["weights"], arrays["offsets"]
        return model


def _vectorizer(name: str, words: dict[str, int] | None = None) -> TfidfVectorizer:
    _, analyzer, lengths, _ = VIEWS[name]
    return TfidfVectorizer(
        lowercase=False,
        analyzer=analyzer,
        token_pattern=r"\w+" if analyzer == "word" else None,
        ngram_range=lengths,
        sublinear_tf=True,
        vocabulary=words,
        dtype=np.float32,
    )


def _softmax(values: Any) -> Any:
    raised = np.exp(values - values.max(axis=1, keepdims=True))
    return raised / raised.sum(axis=1, keepdims=True)
