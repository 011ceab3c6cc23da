"""A list from the wish to its publishing: whom it is for, ceilings, the law, lots, reminders, the end."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.utils import timezone

from payments.models import Refund
from portal.charges import facts, services
from portal.charges.models import Charge, ChargeEvent, ChargeKind, ChargeList, CommuneArea, Reminder
from portal.charges.selectors import tallies
from portal.charges.services import making, publishing, reminding
from portal.charges.services.cancelling import cancel_all
from portal.common.clock import local_day
from portal.notifications.models import Notice
from portal.organisations.models import Organisation
from portal.outbox.models import Duty
from portal.outbox.services import perform_duty
from portal.pupils.ports import Pace
from tests.accounts import people
from tests.charges import village as villages
from tests.charges.village import Village, charge, draft, published, wish

pytestmark = pytest.mark.django_db


@pytest.fixture
def village() -> Village:
    return villages.build()


@pytest.mark.parametrize(
    ("scope", "value", "names"),
    [
        ("school", "", {"Lò Văn Minh", "Lò Thị An", "Quàng Văn Dũng"}),
        ("grade", "3", {"Lò Văn Minh", "Quàng Văn Dũng"}),
        ("class", "1B", {"Lò Thị An"}),
    ],
)
def test_a_draft_holds_whom_it_is_for(village: Village, scope: str, value: str, names: set[str]) -> None:
    made = draft(village.nam_ban, village.thu, scope=scope, scope_value=value)
    assert made.state == ChargeList.State.DRAFT
    assert {row.pupil.full_name for row in made.charges.all()} == names
    assert {(row.amount, row.to_pay, row.state) for row in made.charges.all()} == {
        (600_000, 600_000, "draft")
    }


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"unit_price": 35_001}, "mức trần 35.000 đ mỗi ngày của Nghị quyết mẫu 08/2025/NQ-HĐND"),
        ({"unit_price": 0}, "lớn hơn 0"),
        ({"kind_code": "tuition"}, "miễn theo Nghị quyết 217/2025/QH15"),
        ({"kind_code": "class-fund"}, "không còn khoản thu này"),
        ({"due_on": dt.date(2020, 1, 1)}, "Hạn nộp đã qua"),
        ({"due_on": dt.date(2126, 1, 1)}, "quá xa"),
        ({"quantity": 0}, "từ 1 đến 366"),
        ({"quantity": 367}, "từ 1 đến 366"),
        ({"title": "  "}, "tên khoản thu"),
        ({"scope": "class", "scope_value": "9Z"}, "Không có học sinh nào"),
        ({"scope": "grade", "scope_value": "x"}, "Không có học sinh nào"),
    ],
)
def test_what_may_not_be_charged_is_refused_with_the_paper_that_says_so(
    village: Village, changes: dict[str, object], said: str
) -> None:
    with pytest.raises(services.ChargeRefusedError, match=re.escape(said)):
        services.make_list(wish=wish(village.nam_ban, **changes), actor_id=None)
    assert not ChargeList.objects.exists()


def test_a_ward_has_its_own_ceiling_and_a_private_school_may_ask_for_tuition(village: Village) -> None:
    today = local_day(timezone.now())
    ceilings = {row.code: row.ceiling for row in facts.kinds_for(village.nam_ban, today)}
    assert ceilings["meals"] == 35_000
    CommuneArea.objects.create(
        commune=village.ward, area="highland", valid_from=people.LONG_AGO, source="Quyết định mẫu"
    )
    ceilings = {row.code: row.ceiling for row in facts.kinds_for(village.nam_ban, today)}
    assert ceilings["meals"] == 30_000
    Organisation.objects.filter(pk=village.nam_ban.pk).update(public=False)
    made = draft(village.nam_ban, village.thu, kind_code="tuition", unit_price=900_000, quantity=1)
    assert made.row_count == 3


def test_a_ceiling_that_fell_meanwhile_stops_the_publishing(village: Village) -> None:
    made = draft(village.nam_ban, village.thu, unit_price=35_000)
    ChargeKind.objects.filter(code="meals").update(ceiling=32_000)
    with pytest.raises(services.ChargeRefusedError, match=r"mức trần 32\.000 đ"):
        services.publish_list(list_id=made.pk, revision=made.revision, actor_id=None)
    made.refresh_from_db()
    assert made.state == ChargeList.State.DRAFT


def test_publishing_goes_in_lots_and_tells_each_parent_once(village: Village) -> None:
    made = draft(village.nam_ban, village.thu)
    exempt = charge(made, village.an)
    services.exempt_in_draft(charge=exempt, ground="Hộ nghèo")
    services.publish_list(list_id=made.pk, revision=made.revision, actor_id=village.thu.user_id)
    pace = Pace(1)
    assert publishing.publish_next_lot(made.pk, pace)
    made.refresh_from_db()
    assert (made.state, made.done_count) == ("publishing", 1)
    # the worker died here; its duty comes again, twice
    publishing.publish_all(made.pk)
    publishing.publish_all(made.pk)
    made.refresh_from_db()
    assert (made.state, made.done_count) == ("published", 3)
    assert [charge(made, child).state for child in (village.minh, village.an, village.dung)] == [
        "due", "exempt", "due",
    ]  # fmt: skip
    for duty in Duty.objects.filter(kind="charges.tell"):
        publishing.tell_published(**duty.payload)
        publishing.tell_published(**duty.payload)
    told = Notice.objects.filter(template="charge.published").values_list("recipient", flat=True)
    assert sorted(told) == sorted([village.lan.user_id, village.son.user_id, village.tuan.user_id])


def test_nobody_is_told_of_a_child_whom_custody_hides(village: Village) -> None:
    village.son.family_links.filter(pupil=village.minh).update(may_see=False)
    made = published(village.nam_ban, village.thu, scope="class", scope_value="3A")
    for duty in Duty.objects.filter(kind="charges.tell"):
        publishing.tell_published(**duty.payload)
    assert not Notice.objects.filter(recipient=village.son.user).exists()
    assert made.row_count == 2


def test_a_large_list_is_filled_by_its_duty_that_may_be_killed(
    village: Village, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "AT_ONCE", 1)
    made = draft(village.nam_ban, village.thu)
    assert (made.state, made.row_count) == ("preparing", 0)

    class Killed(Exception):  # noqa: N818 - it plays a kill
        pass

    def die() -> None:
        raise Killed

    monkeypatch.setattr(making, "LOT", 1)
    with pytest.raises(Killed):
        making.fill_list(made.pk, after_lot=die)
    assert made.charges.count() == 1
    assert perform_duty(duty_id=Duty.objects.get(kind="charges.fill").pk)
    made.refresh_from_db()
    assert (made.state, made.row_count) == ("draft", 3)
    assert sorted(made.charges.values_list("number", flat=True)) == [1, 2, 3]


def test_a_draft_is_dropped_only_as_it_was_shown(village: Village) -> None:
    made = draft(village.nam_ban, village.thu)
    with pytest.raises(services.ChargeRefusedError):
        services.drop_draft(list_id=made.pk, revision=made.revision - 1)
    services.drop_draft(list_id=made.pk, revision=made.revision)
    assert not Charge.objects.exists()
    assert "đã bị bỏ" in str(publishing.moved_on(made.pk))


def test_publishing_twice_is_refused_and_says_what_happened(village: Village) -> None:
    made = draft(village.nam_ban, village.thu)
    services.publish_list(list_id=made.pk, revision=made.revision, actor_id=None)
    with pytest.raises(services.ChargeRefusedError, match="đang công bố"):
        services.publish_list(list_id=made.pk, revision=made.revision, actor_id=None)
    assert ChargeEvent.objects.filter(action="published").count() == 1


def test_reminders_go_once_a_day_to_those_who_have_not_paid(village: Village) -> None:
    listed = published(village.nam_ban, village.thu)
    services.record_payment(
        charge=charge(listed, village.dung), way="cash", note="Phiếu thu 12", actor_id=village.thu.user_id,
        revision=charge(listed, village.dung).revision,
    )  # fmt: skip
    begun = services.remind_list(list_id=listed.pk, actor_id=village.thu.user_id)
    with pytest.raises(services.ChargeRefusedError, match="Hôm nay đã gửi"):
        services.remind_list(list_id=listed.pk, actor_id=village.thu.user_id)
    reminding.tell_round(begun.pk)
    reminding.tell_round(begun.pk)
    begun.refresh_from_db()
    assert (begun.charges, begun.told) == (2, 2)
    told = Notice.objects.filter(template="charge.reminder").values_list("recipient", flat=True)
    assert sorted(told) == sorted([village.lan.user_id, village.son.user_id])


@pytest.mark.parametrize(("days", "rounds"), [(3, 1), (2, 0), (0, 0), (-1, 1), (-8, 1), (-9, 0)])
def test_the_calendar_reminds_before_and_after_the_last_day(
    village: Village, days: int, rounds: int
) -> None:
    listed = published(village.nam_ban, village.thu)
    today = local_day(timezone.now())
    ChargeList.objects.filter(pk=listed.pk).update(due_on=today + dt.timedelta(days=days))
    assert services.remind_due_lists() == rounds
    assert services.remind_due_lists() == 0
    assert Reminder.objects.count() == rounds


def test_a_cancelled_list_takes_everything_back_and_proposes_refunds(village: Village) -> None:
    listed = published(village.nam_ban, village.thu)
    with villages.bank():
        villages.pay(village.lan, charge(listed, village.minh))
    listed.refresh_from_db()
    services.cancel_list(
        list_id=listed.pk, reason="Nhầm tháng", actor_id=village.thu.user_id, revision=listed.revision
    )
    cancel_all(listed.pk)
    cancel_all(listed.pk)
    listed.refresh_from_db()
    assert listed.state == "cancelled"
    assert set(listed.charges.values_list("state", flat=True)) == {"cancelled"}
    refund = Refund.objects.get()
    assert (refund.amount, refund.state, refund.reason) == (600_000, "proposed", "Nhầm tháng")
    assert Notice.objects.filter(template="charge.list_cancelled").count() == 3
    assert tallies([listed.pk])[listed.pk].cancelled == 3
