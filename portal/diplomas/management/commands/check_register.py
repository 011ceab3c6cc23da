"""``./run manage check_register``: find out whether a book was altered behind the register's back."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.diplomas import selectors


class Command(BaseCommand):
    """Check every book; fails where something was altered."""

    help = "Kiểm tra mọi sổ gốc: có dòng nào bị sửa, xóa hay thêm ngoài quy trình không."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Offer the list of heads."""
        parser.add_argument(
            "--heads", action="store_true", help="in độ dài và mã cuối của từng sổ, để cất ở nơi khác"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Say what was found, book by book."""
        wrong = 0
        for book in selectors.all_books():
            for finding in selectors.check_book(book):
                wrong += 1
                self.stdout.write(
                    f"Sổ {book.pk} ({book}): {finding.what}, dòng {finding.sequence}, mục {finding.entry_number}"
                )
            if options["heads"]:
                self.stdout.write(f"{book.pk}\t{book.length}\t{book.head}")
        if wrong:
            raise CommandError(f"{wrong} chỗ không khớp.")
        self.stdout.write("Mọi sổ còn nguyên.")
