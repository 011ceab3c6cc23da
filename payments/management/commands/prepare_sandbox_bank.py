"""Make the demo's terminal known to the portal; the bank gets the same one when it starts."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from payments import services
from payments.models import Terminal
from portal.settings.banking import SANDBOX_TERMINAL


class Command(BaseCommand):
    """``prepare_sandbox_bank``; leaves a site alone that has a shared terminal of its own."""

    help = "Make the sandbox bank's terminal known."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Write the row."""
        others = Terminal.objects.filter(shared=True, active=True).exclude(code=SANDBOX_TERMINAL)
        services.register_terminal(
            code=SANDBOX_TERMINAL, name="Ngân hàng thử nghiệm", shared=not others.exists()
        )
