"""Verbs of the room."""

from portal.assistant.answers.status import Asker
from portal.assistant.services.desk import (
    MovedOnError,
    answer_as_officer,
    close,
    give_back,
    mail_answers,
    take_over,
)
from portal.assistant.services.keeping import (
    delete_conversation,
    ensure_first_answers,
    forget_old,
    let_editors_write,
    open_conversation,
    rate,
)
from portal.assistant.services.person import back_to_bot, call_person
from portal.assistant.services.talk import say

__all__ = [
    "Asker",
    "MovedOnError",
    "answer_as_officer",
    "back_to_bot",
    "call_person",
    "close",
    "delete_conversation",
    "ensure_first_answers",
    "forget_old",
    "give_back",
    "let_editors_write",
    "mail_answers",
    "open_conversation",
    "rate",
    "say",
    "take_over",
]
