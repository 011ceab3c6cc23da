"""The field kinds that every procedure may use; rooms add theirs through ``procedures.ports``."""

from portal.procedures import ports
from portal.procedures.kinds.family import ChildKind
from portal.procedures.kinds.identity import EmailKind, NameKind, PersonalIdKind, PhoneKind
from portal.procedures.kinds.picks import ChoiceKind, ChoicesKind, YesNoKind
from portal.procedures.kinds.places import SchoolKind
from portal.procedures.kinds.plain import DateKind, LongTextKind, NumberKind, TextKind


def register_all() -> None:
    """Register the shared kinds; called once when the application is ready."""
    for kind in (
        TextKind(),
        LongTextKind(),
        NumberKind(),
        DateKind(),
        NameKind(),
        PersonalIdKind(),
        PhoneKind(),
        EmailKind(),
        ChoiceKind(),
        ChoicesKind(),
        YesNoKind(),
        SchoolKind(),
        ChildKind(),
    ):
        ports.register_kind(kind)
