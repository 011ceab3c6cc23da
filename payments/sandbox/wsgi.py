"""The sandbox bank's process; settings come from the environment (see :mod:`payments.sandbox.launch`)."""

from __future__ import annotations

import json
import os
from pathlib import Path

from payments.sandbox.bank import Bank
from payments.sandbox.launch import FILE, REFUND_SECONDS, RETRY_SECONDS, TERMINALS, refuse_production

refuse_production(os.environ)
bank = Bank(
    Path(os.environ[FILE]),
    retry_seconds=float(os.environ.get(RETRY_SECONDS, "300")),
    refund_seconds=float(os.environ.get(REFUND_SECONDS, "5")),
)
for terminal in json.loads(os.environ.get(TERMINALS) or "[]"):
    bank.books.register(terminal["code"], terminal["secret"], terminal["ipn_url"])
bank.sender.start()
application = bank.application
