from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.db import connection
from django.db.models.signals import post_migrate


class CmsConfig(AppConfig):
    name = "cms"
    verbose_name = "Nội dung"

    def ready(self) -> None:
        from cms.editors import on_signed_in  # noqa: PLC0415 - models must be loaded first
        from cms.findable import Pages, Questions  # noqa: PLC0415 - the same
        from portal.search.ports import register_source  # noqa: PLC0415 - the same

        register_source(Pages())
        register_source(Questions())
        _listen()
        post_migrate.connect(_ensure_pages, sender=self)
        user_logged_in.connect(on_signed_in)


def _listen() -> None:
    """Hear what Wagtail publishes, and what pages share."""
    from django.db.models.signals import post_delete, post_save  # noqa: PLC0415 - beside their use
    from wagtail.documents import get_document_model  # noqa: PLC0415 - models must be loaded first
    from wagtail.images import get_image_model  # noqa: PLC0415 - the same
    from wagtail.models import Page, get_page_models  # noqa: PLC0415 - the same
    from wagtail.signals import (  # noqa: PLC0415 - the same
        page_published,
        page_slug_changed,
        page_unpublished,
        post_page_move,
    )

    from cms import receivers  # noqa: PLC0415 - the same
    from cms.models import KeyDate, NewsCategory, NoticeBanner  # noqa: PLC0415 - the same

    for signal in (page_published, page_unpublished, page_slug_changed, post_page_move):
        signal.connect(receivers.page_changed, dispatch_uid="cms.page_changed")
    for model in get_page_models():
        if model is not Page:
            post_delete.connect(
                receivers.page_deleted, sender=model, dispatch_uid=f"cms.deleted.{model.__name__}"
            )
    for shared in (NoticeBanner, KeyDate, NewsCategory, get_image_model(), get_document_model()):
        for signal in (post_save, post_delete):
            signal.connect(
                receivers.shared_changed, sender=shared, dispatch_uid=f"cms.shared.{shared.__name__}"
            )


def _ensure_pages(**_: object) -> None:
    """Give every procedure its pages as soon as the tables stand: one file is all it takes."""
    from cms.page_cache import purge  # noqa: PLC0415 - models must be loaded first
    from cms.services import ensure_procedure_pages  # noqa: PLC0415 - the same

    # `migrate notifications` alone sends the signal before our tables stand
    if "cms_cachegeneration" in connection.introspection.table_names():
        ensure_procedure_pages()
        purge()  # a new release may show the same facts by other templates
