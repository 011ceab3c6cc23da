"""``./run manage seed``: make the made-up province."""

from __future__ import annotations

from argparse import ArgumentParser
from random import Random
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from portal.accounts import selectors as accounts
from portal.common.clock import local_day
from portal.demo.cast import MAI
from portal.demo.charges import seed_charges
from portal.demo.diplomas import seed_diplomas
from portal.demo.dossiers import seed_copies, seed_dossiers
from portal.demo.families import seed_families
from portal.demo.officers import seed_officers
from portal.demo.pages import seed_pages
from portal.demo.registers import seed_organisations, seed_pupils
from portal.demo.seasons import seed_seasons
from portal.organisations.services import load_calendar

#: as many families have a dossier on its way
DOSSIERS = 65
COPIES = 6


class Command(BaseCommand):
    """Fill an empty database with Tỉnh Hoa Ban; every step may be repeated after an interruption."""

    help = "Dựng tỉnh mẫu Hoa Ban (dữ liệu không có thật)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the scale and the seed."""
        parser.add_argument("--scale", choices=["demo", "full"], default="demo")
        parser.add_argument("--seed", type=int, default=2026, help="the same seed gives the same province")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Make everything, saying how far it is."""
        if not settings.DEMO:
            raise CommandError("Đây không phải trang mẫu (DEMO), nên không dựng dữ liệu mẫu.")
        scale, rng = options["scale"], Random(options["seed"])  # noqa: S311 - made-up people, not secrets
        now = timezone.now()
        today = local_day(now)
        for year in (2026, 2027):
            load_calendar(year)
        made = seed_organisations(scale, today)
        self.say(f"{made} cơ quan, trường học")
        seed_pupils(scale, rng, self.bar("học sinh"), today)
        self.say(f"{seed_pages(today)} trang viết sẵn")
        self.say(f"{seed_officers(rng, today.replace(month=1, day=1))} cán bộ")
        books = Random(options["seed"] + 1)  # noqa: S311 - made-up people, not secrets
        self.say(f"{seed_diplomas(books, today)} dòng sổ gốc văn bằng")
        if accounts.citizen_by_personal_id(MAI.personal_id) is not None:
            self.say("Gia đình và hồ sơ mẫu đã có từ trước.")
            return
        links = seed_families(rng, today, self.bar("gia đình"))
        copies = links[DOSSIERS + 2 : DOSSIERS + 2 + COPIES]
        made = seed_dossiers(links[2 : DOSSIERS + 2], rng, now) + seed_copies(copies, rng, now)
        self.say(f"{made} hồ sơ ở mọi trạng thái")
        self.say(f"{seed_charges(rng, now)} khoản thu của ba trường")
        registered = seed_seasons(scale, links[2:], rng, today)
        self.say(f"2 mùa tuyển sinh, {registered} đăng ký đã có kết quả")

    def say(self, words: str) -> None:
        """Write a line, unless asked to be quiet."""
        if self.verbosity:
            self.stdout.write(words)

    @property
    def verbosity(self) -> int:
        """Read ``--verbosity`` as given."""
        return getattr(self, "_verbosity", 1)

    def execute(self, *args: Any, **options: Any) -> str | None:
        """Remember how talkative to be."""
        self._verbosity = int(options.get("verbosity") or 0)
        return super().execute(*args, **options)

    def bar(self, what: str) -> Any:
        """Make a progress bar that rewrites one line at a terminal and writes tenths elsewhere."""
        terminal = self.stdout.isatty()
        told = {"tenth": -1}

        def tick(done: int, everything: int) -> None:
            tenth = done * 10 // max(everything, 1)
            if not self.verbosity or (not terminal and tenth == told["tenth"]):
                return
            told["tenth"] = tenth
            filled = "█" * tenth + "·" * (10 - tenth)
            end = "\n" if done >= everything or not terminal else ""
            self.stdout.write(f"\r{filled} {done}/{everything} {what}", ending=end)

        return tick
