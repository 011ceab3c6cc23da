"""The two components that Rasa runs; what they do lies in :mod:`topics` and :mod:`entities`."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from chatbot.bot import entities
from chatbot.bot.topics import TopicModel

#: file with {"school": […], "commune": […]}, written by the portal before a training
NAMES_VARIABLE = "CHATBOT_NAMES"
NAMES_FILE = "names.json"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class TopicClassifier(GraphComponent, IntentClassifier):  # type: ignore[misc]  # Rasa lives in another environment
    """Says what a question is about."""

    def __init__(
        self, config: dict[str, Any], storage: ModelStorage, resource: Resource, model: TopicModel
    ) -> None:
        """``model`` is untrained before :meth:`train`."""
        self._config = config
        self._storage = storage
        self._resource = resource
        self._model = model

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Give what config.yml may change."""
        return {"copies": 2, "strength": 0.3, "ranking_length": 10}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> TopicClassifier:
        """Make an untrained one."""
        model = TopicModel(copies=config["copies"], strength=config["strength"])
        return cls(config, model_storage, resource, model)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> TopicClassifier:
        """Read a trained one."""
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, TopicModel.load(Path(folder)))

    def train(self, training_data: TrainingData) -> Resource:
        """Learn all phrases that have a topic."""
        self._model.fit(
            [(example.get(TEXT), example.get(INTENT)) for example in training_data.intent_examples]
        )
        with self._storage.write_to(self._resource) as folder:
            self._model.save(Path(folder))
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Add topic and ranking."""
        for message in messages:
            ranking = [
                {"name": name, "confidence": confidence}
                for name, confidence in self._model.rank(
                    message.get(TEXT) or "", self._config["ranking_length"]
                )
            ]
            best = ranking[0] if ranking else {"name": None, "confidence": 0.0}
            message.set(INTENT, best, add_to_output=True)
            message.set("intent_ranking", ranking, add_to_output=True)
        return messages


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class NamedThings(GraphComponent, EntityExtractorMixin):  # type: ignore[misc]  # Rasa lives in another environment
    """Finds codes, numbers and names; the portal's schools and communes are part of the model."""

    def __init__(self, storage: ModelStorage, resource: Resource, names: dict[str, list[str]]) -> None:
        """``names`` as the portal wrote them."""
        self._storage = storage
        self._resource = resource
        self._names = names
        self._lookup = entities.gazetteer(names)

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> NamedThings:
        """Read the portal's names, none where it wrote none."""
        path = os.environ.get(NAMES_VARIABLE)
        names = json.loads(Path(path).read_text("utf-8")) if path and Path(path).exists() else {}
        return cls(model_storage, resource, names)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> NamedThings:
        """Read the names that the model was trained with."""
        with model_storage.read_from(resource) as folder:
            return cls(model_storage, resource, json.loads((Path(folder) / NAMES_FILE).read_text("utf-8")))

    def train(self, training_data: TrainingData) -> Resource:
        """Keep the names with the model."""
        with self._storage.write_to(self._resource) as folder:
            (Path(folder) / NAMES_FILE).write_text(json.dumps(self._names, ensure_ascii=False), "utf-8")
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Add what is named."""
        for message in messages:
            found = [
                {
                    "entity": one.kind,
                    "value": one.value,
                    "start": one.start,
                    "end": one.end,
                    "confidence_entity": 1.0,
                }
                for one in entities.find(message.get(TEXT) or "", self._lookup)
            ]
            message.set(
                ENTITIES, message.get(ENTITIES, []) + self.add_extractor_name(found), add_to_output=True
            )
        return messages
