"""Page types, and what pages share."""

from cms.models.base import PortalPage
from cms.models.content import (
    ContactPage,
    DocumentIndexPage,
    DocumentPage,
    GuidanceIndexPage,
    GuidancePage,
    NewsIndexPage,
    NewsPage,
    QuestionsPage,
    StandardPage,
)
from cms.models.procedures import HomePage, ProcedureIndexPage, ProcedurePage
from cms.models.schools import SchoolSitePage, SchoolSitesPage
from cms.models.snippets import CacheGeneration, KeyDate, NewsCategory, NoticeBanner

__all__ = [
    "CacheGeneration",
    "ContactPage",
    "DocumentIndexPage",
    "DocumentPage",
    "GuidanceIndexPage",
    "GuidancePage",
    "HomePage",
    "KeyDate",
    "NewsCategory",
    "NewsIndexPage",
    "NewsPage",
    "NoticeBanner",
    "PortalPage",
    "ProcedureIndexPage",
    "ProcedurePage",
    "QuestionsPage",
    "SchoolSitePage",
    "SchoolSitesPage",
    "StandardPage",
]
