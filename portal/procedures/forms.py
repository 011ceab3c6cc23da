"""A page of a definition as a Django form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from portal.procedures.definition import Definition, Field, Page, holds, say
from portal.procedures.ports import FormContext, kind_of


class PageForm(forms.Form):
    """Questions of one page; made by :func:`page_form`.

    ``use_required_attribute`` is off, so that every missing answer is told in our words, in one summary.
    """

    use_required_attribute = False
    questions: dict[str, Field]

    def answers(self) -> dict[str, Any]:
        """Give the page's answers as they are stored; call only after ``is_valid()``."""
        return {
            name: kind_of(question).answer(self.cleaned_data.get(name))
            for name, question in self.questions.items()
        }


def page_form(
    page: Page,
    answers: Mapping[str, Any],
    context: FormContext,
    data: Mapping[str, Any] | None = None,
) -> PageForm:
    """Make the form of a page, filled from ``answers``, bound to ``data`` when given.

    Questions with a condition on another question of the same page are shown always (a form without
    script cannot hide them) but required only when the condition holds for what was sent.
    """
    form = PageForm(data=data, initial=_initial(page, answers))
    form.questions = {}
    for question in page.fields:
        if question.derived or _hidden_by_earlier_page(question, page, answers):
            continue
        field = kind_of(question).form_field(question, context)
        field.label = say(question.label, context.language)
        field.help_text = say(question.hint, context.language) if question.hint else ""
        field.required = question.required and not question.when
        field.error_messages.setdefault("required", _("Cần trả lời câu này."))
        if str(field.error_messages["required"]) == str(forms.Field.default_error_messages["required"]):
            field.error_messages["required"] = _("Cần trả lời câu này.")
        if not question.required:
            field.label = f"{field.label} {_('(không bắt buộc)')}"
        form.fields[question.name] = field
        form.questions[question.name] = question
    return form


def _initial(page: Page, answers: Mapping[str, Any]) -> dict[str, Any]:
    return {
        question.name: kind_of(question).initial(answers[question.name])
        for question in page.fields
        if answers.get(question.name) is not None
    }


def _hidden_by_earlier_page(question: Field, page: Page, answers: Mapping[str, Any]) -> bool:
    """Whether the condition depends on other pages alone and does not hold."""
    if not question.when:
        return False
    own = {item.name for item in page.fields if not item.derived}
    return not (_variables(question.when) & own) and not holds(question.when, answers)


def _variables(rule: Any) -> set[str]:
    if isinstance(rule, dict):
        if set(rule) == {"var"}:
            name = rule["var"]
            return {name if isinstance(name, str) else str(name[0])}
        return set().union(*(_variables(item) for item in rule.values()))
    if isinstance(rule, list):
        return set().union(*(_variables(item) for item in rule))
    return set()


def as_sent(page: Page, answers: Mapping[str, Any]) -> MultiValueDict[str, Any]:
    """Write a page's stored answers the way a browser would send them."""
    data: MultiValueDict[str, Any] = MultiValueDict()
    for question in page.fields:
        if question.derived or answers.get(question.name) is None:
            continue
        for name, value in kind_of(question).sent(question.name, answers[question.name]).items():
            data.setlist(name, value if isinstance(value, list) else [value])
    return data


def missing_on_condition(page: Page, answers: Mapping[str, Any]) -> list[str]:
    """Name the page's questions that a condition makes required and that have no answer."""
    return [
        question.name
        for question in page.fields
        if question.required
        and not question.derived
        and question.when
        and holds(question.when, answers)
        and answers.get(question.name) is None
    ]


def open_pages(definition: Definition, answers: Mapping[str, Any]) -> list[Page]:
    """List the pages that are asked with these answers and ask at least one question."""
    return [
        page
        for page in definition.pages
        if holds(page.when, answers) and any(not item.derived for item in page.fields)
    ]
