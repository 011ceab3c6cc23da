"""What the sector's data says of a claim. Run by the duty alone, never within a request.

Children are found by the digest that the claim holds, so the personal ID need not be opened.
"""

from __future__ import annotations

from django.apps import apps
from django.db.models import Q

from portal.accounts.models import Citizen, FamilyClaim, FamilyLink, Guardianship
from portal.common.text import fold


def guardianship_for(claim: FamilyClaim) -> Guardianship | None:
    """Find the row that names the claimant as this child's parent, all the particulars being right."""
    return Guardianship.objects.filter(
        personal_id_index=claim.citizen.personal_id_index,
        pupil__personal_id_index=claim.child_personal_id_index,
        pupil__name_key=fold(claim.child_name),
        pupil__birth_date=claim.child_birth_date,
    ).first()


def pupil_meant(claim: FamilyClaim) -> int | None:
    """Find whom a claim seems to be about, by personal ID and birth date; a clerk compares the name."""
    pupils = apps.get_model("pupils", "Pupil").objects
    found = pupils.filter(
        personal_id_index=claim.child_personal_id_index, birth_date=claim.child_birth_date
    ).values_list("pk", flat=True)
    return found.first()


def may_link_by_match(citizen: Citizen, pupil_id: int) -> bool:
    """Say whether data alone may tie these two: not after a ruling or an officer cut or limited the tie.

    Otherwise a parent without custody would be back by claiming once more.
    """
    cut = Q(valid_to__isnull=False) | Q(may_see=False) | Q(limit_reason__gt="")
    return not FamilyLink.objects.filter(cut, citizen=citizen, pupil_id=pupil_id).exists()
