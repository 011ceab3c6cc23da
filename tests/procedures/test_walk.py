"""Every procedure, however it came here, walks the same way: this list tests itself."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client, override_settings
from django.utils import timezone

from cms.models import ProcedurePage
from payments import services as money
from payments.models import Attempt, Order
from portal.common.clock import local_day
from portal.procedures import facts, ports, registry, selectors, services
from portal.procedures.definition import Definition
from portal.procedures.forms import as_sent, open_pages, page_form
from portal.procedures.models import Dossier, Draft
from portal.procedures.states import Status
from portal.procedures.workflow import Actor
from tests.accounts import people
from tests.diplomas import build as archive
from tests.payments.shop import BACK, CODE, IP, SECRET, notice, tell
from tests.procedures.town import Town


@pytest.fixture(autouse=True)
def register_of_diplomas(db: None) -> None:
    """Keep a book in which the examples of the procedures about diplomas stand."""
    archive.entered(archive.archive())


DEFINITIONS = sorted(
    # rooms that ask their questions on pages of their own walk them in their own tests
    (item for item in ports.coded_definitions().values() if item.code not in ports.codes_with_own_pages()),
    key=lambda item: item.code,
)
every = pytest.mark.parametrize("definition", DEFINITIONS, ids=lambda item: item.code)


def resolve(example: dict[str, Any], town: Town) -> dict[str, Any]:
    """Turn an example's references into rows of the town and days of today."""
    today = local_day(timezone.now())
    places = {
        "pupil:first": town.minh.pk,
        "school:other": town.receiving.pk,
        "school:own": town.leaving.pk,
    }

    def one(value: Any) -> Any:
        if isinstance(value, str) and value.startswith("day:"):
            return (today + dt.timedelta(days=int(value.removeprefix("day:")))).isoformat()
        return places.get(value, value) if isinstance(value, str) else value

    return {name: one(value) for name, value in example.items()}


def _context(town: Town) -> ports.FormContext:
    return ports.FormContext(town.lan.pk, "vi", local_day(timezone.now()))


@every
def test_the_form_accepts_the_example(town: Town, definition: Definition) -> None:
    answers = resolve(definition.example, town)
    answers = ports.hooks_of(definition.code).derive(answers, _context(town))
    for page in open_pages(definition, answers):
        form = page_form(page, answers, _context(town), data=as_sent(page, answers))
        assert form.is_valid(), (page.name, form.errors)
        told = {name: answers[name] for name in form.questions if answers.get(name) is not None}
        given = {name: value for name, value in form.answers().items() if value is not None}
        assert given == told, "what is accepted once is accepted again, unchanged"


@every
def test_the_fee_is_whole_dong_and_limits_have_sources(town: Town, definition: Definition) -> None:
    today = local_day(timezone.now())
    fee = facts.fee(definition.code, "local", today)
    assert isinstance(fee.amount, int)
    assert fee.amount >= 0
    assert fee.source
    for rule in definition.deadline_rules:
        limit = facts.deadline(definition.code, rule.key, today)
        assert limit.source
        assert limit.working_days <= 60


def _submitted(draft: Draft) -> Dossier:
    """Submit, by way of the bank where the fee is part of submitting."""
    try:
        return services.submit_draft(draft=draft)
    except services.FeeDueError as due:
        Order.objects.filter(pk=due.order.pk).update(terminal=money.register_terminal(code=CODE, name="Sở"))
        with override_settings(VNPAY_SECRETS={CODE: SECRET}):
            order = Order.objects.get(pk=due.order.pk)
            money.begin_attempt(order=order, method="", customer_ip=IP, return_url=BACK)
            assert tell(notice(Attempt.objects.get(order=order))) == "00"
        money.deliver_line(line_id=order.lines.get().pk)
        return Dossier.objects.get(draft=draft)


@every
def test_the_example_travels_from_submission_to_delivery(town: Town, definition: Definition) -> None:
    answers = resolve(definition.example, town)
    draft = services.start_draft(citizen=town.lan, procedure_code=definition.code)
    for page in definition.pages:
        own = {
            question.name: answers.get(question.name) for question in page.fields if not question.derived
        }
        draft = services.save_page(
            draft=draft, page_name=page.name, page_answers=own, revision=draft.revision
        )
    dossier = _submitted(draft)
    clerk = Actor(town.thang.user, "Thắng", dossier.organisation_id)
    dossier = services.accept_dossier(dossier=dossier, actor=clerk, revision=dossier.revision)
    dossier = services.start_work(dossier=dossier, actor=clerk, revision=dossier.revision)
    for _step in definition.steps:
        if definition.step(dossier.step).decides:
            break
        dossier = services.complete_step(dossier=dossier, actor=clerk, revision=dossier.revision)
    dossier = services.grant_dossier(dossier=dossier, actor=clerk, revision=dossier.revision)
    dossier = services.deliver_dossier(dossier=dossier, actor=clerk, revision=dossier.revision)
    assert dossier.status == Status.DELIVERED
    assert selectors.tell_dossier(Dossier.objects.get(pk=dossier.pk), _context(town))


@every
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_its_page_and_its_start_exist(
    town: Town, client: Client, definition: Definition, prefix: str
) -> None:
    language = "en" if prefix else "vi"
    page = ProcedurePage.objects.get(procedure_code=definition.code, locale__language_code=language)
    assert page.url.startswith(f"{prefix}/thu-tuc/")
    answer = client.get(page.url)
    assert answer.status_code == 200
    assert f"{prefix}/nop/{definition.code}/" in answer.content.decode()
    client.force_login(town.lan.user)
    answer = client.get(f"{prefix}/nop/{definition.code}/")
    assert answer.status_code == 200
    assert definition.title[language] in answer.content.decode()


@every
def test_a_stranger_starts_nothing(client: Client, town: Town, definition: Definition) -> None:
    answer = client.post(f"/nop/{definition.code}/")
    assert answer.status_code == 302
    assert "/dang-nhap/" in answer["Location"]
    assert registry.current(definition.code) == definition
    client.force_login(people.user("nobody"))
    assert client.post(f"/nop/{definition.code}/").status_code in {302, 403}
    assert Dossier.objects.count() == 0
