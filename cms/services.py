"""Pages that exist without an editor's hand: the tree's beginning and a page per procedure."""

from __future__ import annotations

import re

from django.db import transaction
from django.utils import timezone
from wagtail.models import Locale, Page, Site

from cms.models import HomePage, ProcedureIndexPage, ProcedurePage
from portal.common.clock import local_day
from portal.common.text import fold
from portal.procedures import selectors as procedures
from portal.procedures.definition import say


@transaction.atomic
def ensure_home(*, port: int = 80) -> HomePage:
    """Give the Vietnamese home page, making it and the site where there is none; Wagtail's sample goes."""
    home: HomePage | None = HomePage.objects.filter(locale=Locale.get_default()).first()
    if home is not None:
        return home
    root = Page.get_first_root_node()
    Page.objects.filter(depth=2).delete()
    root.refresh_from_db()
    home = HomePage(title="Cổng Dịch vụ Giáo dục", slug="trang-chu", locale=Locale.get_default())
    root.add_child(instance=home)
    home.save_revision().publish()
    Site.objects.all().delete()
    Site.objects.create(
        hostname="localhost", port=port, root_page=home, is_default_site=True, site_name=home.title
    )
    return home


@transaction.atomic
def ensure_procedure_pages() -> list[ProcedurePage]:
    """Make a page for every offered procedure that has none; return the new ones.

    Pages that editors wrote or took down are never touched.
    """
    home = ensure_home()
    index = ProcedureIndexPage.objects.filter(locale=home.locale).first()
    if index is None:
        index = ProcedureIndexPage(
            title="Thủ tục",
            slug="thu-tuc",
            show_in_menus=True,
            lead="Mọi thủ tục giáo dục nộp được trên cổng này, từ đầu đến khi nhận kết quả.",
        )
        home.add_child(instance=index)
        index.save_revision().publish()
    have = set(ProcedurePage.objects.values_list("procedure_code", flat=True))
    made = []
    for definition in procedures.offered(local_day(timezone.now())):
        if definition.code in have:
            continue
        short = say(definition.short_title, "vi")
        page = ProcedurePage(
            title=say(definition.title, "vi"), slug=_slug(short), procedure_code=definition.code
        )
        index.add_child(instance=page)
        page.save_revision().publish()
        made.append(page)
    return made


def _slug(title: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", fold(title)).strip("-")
