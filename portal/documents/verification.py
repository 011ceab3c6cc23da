"""Is this document ours, and is it as we issued it? Asked by anybody, answered without a name."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.db.models import QuerySet

from portal.documents import storage
from portal.documents.codes import codes_inside, read_code
from portal.documents.kinds import KINDS
from portal.documents.models import GeneratedDocument


class Answer(StrEnum):
    """``known``: the code is ours, the file was not shown; ``unknown`` also answers nonsense."""

    GENUINE = "genuine"
    KNOWN = "known"
    ALTERED = "altered"
    REVOKED = "revoked"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer with the document that it is about; none for ``unknown``."""

    answer: Answer
    document: GeneratedDocument | None = None

    @property
    def title(self) -> str:
        """What kind of document it is, as it stands on it."""
        return KINDS[self.document.kind].title if self.document else ""


UNKNOWN = Verdict(Answer.UNKNOWN)


def check_code(typed: str) -> Verdict:
    """Look a code up. A wrong code and an unknown one get the same answer by the same query."""
    document = _issued().filter(code=read_code(typed)).first()
    if document is None:
        return UNKNOWN
    return Verdict(Answer.REVOKED if document.revoked_at else Answer.KNOWN, document)


def check_file(data: bytes) -> Verdict:
    """Compare a file with what was issued, byte for byte.

    A file that differs but names the code of an issued document is an altered one.
    """
    same = _issued().filter(sha256=storage.digest(data)).first()
    if same is not None:
        return Verdict(Answer.REVOKED if same.revoked_at else Answer.GENUINE, same)
    named = _issued().filter(code__in=codes_inside(data)[:10]).first()
    return Verdict(Answer.ALTERED, named) if named else UNKNOWN


def _issued() -> QuerySet[GeneratedDocument]:
    return GeneratedDocument.objects.select_related("organisation").exclude(issued_at=None)
