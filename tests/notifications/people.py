"""Made-up people to be told things."""

from __future__ import annotations

from typing import Any

from portal.accounts.models import Citizen, Officer, User
from portal.common.fields import blind_index


def citizen(name: str = "an", **facts: Any) -> Citizen:
    user = User.objects.create(username=name)
    personal_id = f"99930{len(name):07}"
    given = {"email": f"{name}@dan.example", "phone": "+84900000001"} | facts
    return Citizen.objects.create(
        user=user,
        subject=f"sub-{name}",
        personal_id=personal_id,
        personal_id_index=blind_index("personal-id", personal_id + name),
        full_name="Nguyễn Văn An",
        name_key="nguyen van an",
        **given,
    )


def officer(name: str = "binh") -> Officer:
    user = User.objects.create(username=name, email=f"{name}@so.example")
    return Officer.objects.create(user=user, full_name="Trần Thị Bình")
