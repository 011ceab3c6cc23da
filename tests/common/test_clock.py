"""The legal clock: the dated cases, and what holds for every calendar."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.common.clock import (
    LONGEST,
    ZONE,
    Calendar,
    counted_reception,
    due_day,
    explain,
    local_day,
    paused_days,
    working_days_between,
)

NAMES = {
    date(2026, 1, 1): "Tết Dương lịch",
    **{date(2026, 2, day): "Tết Nguyên đán" for day in range(16, 21)},
    date(2026, 4, 27): "Giỗ Tổ Hùng Vương",
    date(2026, 4, 30): "Ngày Chiến thắng",
    date(2026, 5, 1): "Quốc tế Lao động",
    date(2026, 8, 31): "hoán đổi dịp Quốc khánh",
    date(2026, 9, 1): "Quốc khánh",
    date(2026, 9, 2): "Quốc khánh",
    date(2027, 1, 1): "Tết Dương lịch",
    **{date(2027, 2, day): "Tết Nguyên đán" for day in range(4, 11)},
}
CULTURE_DAY = date(2026, 11, 24)
WORKED = frozenset({date(2026, 8, 22)})
CALENDAR = Calendar(frozenset(NAMES), WORKED, NAMES)
WITH_CULTURE_DAY = Calendar(frozenset(NAMES) | {CULTURE_DAY}, WORKED, NAMES)
PAUSE = (date(2026, 11, 24), date(2026, 11, 26))


def at(day: str, clock: str = "09:00") -> datetime:
    return datetime.strptime(f"{day} {clock}", "%d/%m/%Y %H:%M").replace(tzinfo=ZONE)


def on(day: str) -> date:
    return at(day).date()


CASES = [
    (at("23/4/2026", "10:00"), 5, {}, "5/5/2026"),
    (at("23/4/2026", "10:00"), 8, {}, "8/5/2026"),
    (at("23/4/2026", "15:20"), 5, {"cutoff": time(15)}, "6/5/2026"),
    (at("13/2/2026"), 5, {}, "27/2/2026"),
    (at("14/2/2026"), 5, {}, "2/3/2026"),
    (at("25/4/2026"), 1, {}, "29/4/2026"),
    (at("20/8/2026"), 5, {}, "26/8/2026"),
    (at("22/8/2026"), 1, {}, "24/8/2026"),
    (at("28/8/2026"), 1, {}, "3/9/2026"),
    (at("20/11/2026"), 5, {}, "27/11/2026"),
    (at("20/11/2026"), 5, {"pauses": [PAUSE]}, "2/12/2026"),
    (at("31/12/2026"), 1, {}, "4/1/2027"),
    (at("3/2/2027"), 8, {}, "22/2/2027"),
    (at("23/4/2026", "10:00"), 5, {"calendar": WITH_CULTURE_DAY}, "5/5/2026"),
    (at("20/11/2026"), 5, {"calendar": WITH_CULTURE_DAY}, "30/11/2026"),
    # same day
    (at("23/4/2026", "14:59"), 0, {"cutoff": time(15)}, "23/4/2026"),
    (at("23/4/2026", "15:00"), 0, {"cutoff": time(15)}, "24/4/2026"),
    (at("24/4/2026", "15:00"), 0, {"cutoff": time(15)}, "28/4/2026"),
    (at("25/4/2026", "16:00"), 0, {"cutoff": time(15)}, "28/4/2026"),
    (at("23/4/2026", "23:59"), 0, {}, "23/4/2026"),
    (at("24/11/2026"), 0, {"pauses": [PAUSE]}, "27/11/2026"),
]


@pytest.mark.parametrize(("received", "days", "more", "due"), CASES)
def test_the_dated_cases(received: datetime, days: int, more: dict[str, object], due: str) -> None:
    arguments = {"calendar": CALENDAR, **more}
    assert due_day(received, days, **arguments) == on(due)  # type: ignore[arg-type]  # a table's values
    assert due_day(received.astimezone(UTC), days, **arguments) == on(due)  # type: ignore[arg-type]  # as above
    told = explain(received, days, **arguments)  # type: ignore[arg-type]  # as above
    assert due in told[-1]


calendars = st.builds(
    lambda off, worked: Calendar(off - worked, worked),
    st.frozensets(st.dates(date(2026, 1, 1), date(2026, 12, 31)), max_size=40),
    st.frozensets(st.dates(date(2026, 1, 1), date(2026, 12, 31)), max_size=15),
)
moments = st.datetimes(
    datetime(2026, 1, 1),  # noqa: DTZ001  hypothesis wants naive bounds
    datetime(2026, 11, 30),  # noqa: DTZ001  as above
    timezones=st.just(UTC),
)
lengths = st.integers(0, 40)
cutoffs = st.none() | st.times()
pauses = st.lists(
    st.builds(
        lambda first, length: (first, first + timedelta(days=length)),
        st.dates(date(2026, 1, 1), date(2026, 12, 31)),
        st.integers(0, 12),
    ),
    max_size=3,
)


@given(moments, lengths, calendars, cutoffs, pauses)
def test_the_due_day_is_a_working_day_outside_every_pause(
    received: datetime, days: int, calendar: Calendar, cutoff: time | None, stops: list[tuple[date, date]]
) -> None:
    due = due_day(received, days, calendar, cutoff, stops)
    assert calendar.is_working(due)
    assert not any(first <= due <= last for first, last in stops)
    assert due >= local_day(received)


@given(moments, lengths, calendars, cutoffs, pauses)
def test_more_days_are_never_due_earlier(
    received: datetime, days: int, calendar: Calendar, cutoff: time | None, stops: list[tuple[date, date]]
) -> None:
    sooner = due_day(received, days, calendar, cutoff, stops)
    later = due_day(received, days + 1, calendar, cutoff, stops)
    assert later > sooner or (days == 0 and later == sooner)


@given(moments, st.integers(1, 40), calendars, cutoffs, pauses)
def test_pauses_push_by_exactly_their_working_days(
    received: datetime, days: int, calendar: Calendar, cutoff: time | None, stops: list[tuple[date, date]]
) -> None:
    counted = counted_reception(received, calendar, cutoff)
    due = due_day(received, days, calendar, cutoff, stops)
    stood_still = paused_days(counted + timedelta(days=1), due, calendar, stops)
    assert working_days_between(counted, due, calendar) == days + len(stood_still)


@given(moments, lengths, calendars, cutoffs, pauses)
def test_the_explanation_ends_with_the_due_day(
    received: datetime, days: int, calendar: Calendar, cutoff: time | None, stops: list[tuple[date, date]]
) -> None:
    due = due_day(received, days, calendar, cutoff, stops)
    for language in ("vi", "en"):
        told = explain(received, days, calendar, cutoff, stops, language=language)
        assert f"{due.day}/{due.month}/{due.year}" in told[-1]
        assert all(line.endswith(".") and "{" not in line for line in told)


@given(st.dates(), st.integers(-300, 300), calendars)
def test_days_between_are_the_same_both_ways(day: date, distance: int, calendar: Calendar) -> None:
    if not 2 <= day.year <= 9998:
        return
    other = day + timedelta(days=distance)
    assert working_days_between(day, other, calendar) == -working_days_between(other, day, calendar)


def test_a_wall_clock_in_vietnam_decides_the_day() -> None:
    assert local_day(datetime(2026, 11, 23, 17, 0, tzinfo=UTC)) == date(2026, 11, 24)
    assert local_day(datetime(2026, 11, 23, 16, 59, 59, tzinfo=UTC)) == date(2026, 11, 23)


def test_a_parent_can_follow_the_explanation() -> None:
    assert explain(at("23/4/2026", "15:20"), 5, CALENDAR, time(15)) == [
        "Hồ sơ được nhận lúc 15:20 thứ Năm 23/4/2026.",
        "Hồ sơ nhận từ 15:00 trở đi được tính là nhận vào ngày làm việc kế tiếp: thứ Sáu 24/4.",
        "Ngày làm việc thứ nhất là thứ Ba 28/4.",
        (
            "Không tính thứ Bảy 25/4, Chủ nhật 26/4, nghỉ Giỗ Tổ Hùng Vương 27/4, nghỉ Ngày Chiến thắng 30/4, "
            "nghỉ Quốc tế Lao động 1/5, thứ Bảy 2/5, Chủ nhật 3/5."
        ),
        "Hẹn trả kết quả thứ Tư 6/5/2026, đủ 5 ngày làm việc.",
    ]
    assert "Thứ Bảy 22/8 là ngày làm bù nên vẫn tính." in explain(at("20/8/2026"), 5, CALENDAR)
    tet = explain(at("13/2/2026"), 5, CALENDAR)
    assert any("nghỉ Tết Nguyên đán 16/2 đến 20/2" in line for line in tet)
    paused = explain(at("20/11/2026"), 5, CALENDAR, pauses=[PAUSE])
    assert "Tạm dừng từ thứ Ba 24/11 đến hết thứ Năm 26/11: không tính 3 ngày làm việc này." in paused
    assert "Không tính 12 ngày thứ Bảy, Chủ nhật." in explain(at("19/11/2026"), 30, CALENDAR)


def test_a_pause_that_lasts_gives_the_earliest_day_and_says_so() -> None:
    stop = [(date(2026, 11, 24), None)]
    assert due_day(at("20/11/2026"), 5, CALENDAR, pauses=stop) == on("30/11/2026")
    assert due_day(at("20/11/2026"), 5, CALENDAR, pauses=stop, today=on("26/11/2026")) == on("2/12/2026")
    told = explain(at("20/11/2026"), 5, CALENDAR, pauses=stop)
    assert any(line.startswith("Đang tạm dừng từ thứ Ba 24/11") for line in told)
    assert told[-1].startswith("Sớm nhất")


@pytest.mark.parametrize("days", [-1, LONGEST + 1])
def test_absurd_lengths_are_refused(days: int) -> None:
    with pytest.raises(ValueError, match="working days"):
        due_day(at("20/11/2026"), days, CALENDAR)


def test_slips_of_the_caller_are_refused() -> None:
    with pytest.raises(ValueError, match="naive"):
        local_day(datetime(2026, 11, 24))  # noqa: DTZ001  that is the slip under test
    with pytest.raises(ValueError, match="before it begins"):
        due_day(at("20/11/2026"), 5, CALENDAR, pauses=[(on("2/12/2026"), on("1/12/2026"))])
    with pytest.raises(ValueError, match="both off and worked"):
        Calendar(frozenset({CULTURE_DAY}), frozenset({CULTURE_DAY}))
    always_off = Calendar(frozenset(date(2026, 1, 1) + timedelta(days=n) for n in range(365)))
    with pytest.raises(ValueError, match="no working day"):
        due_day(at("2/1/2026"), 1, always_off)
