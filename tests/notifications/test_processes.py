"""A mail whose worker dies between sending and noting: it goes out again, under the same Message-ID."""

from __future__ import annotations

import os
import signal

import pytest

from tests.broker.house import until
from tests.notifications.post import Letterbox
from tests.outbox.house import Kitchen

pytestmark = pytest.mark.processes


def test_a_mail_sent_by_a_dying_worker_is_sent_again_under_the_same_id(
    kitchen: Kitchen, post: Letterbox
) -> None:
    kitchen.environment["EMAIL_URL"] = post.url
    doomed = kitchen.worker()

    def kill() -> None:
        if len(post.letters) == 1:
            os.kill(doomed.pid, signal.SIGKILL)  # it never hears the server's "250 OK"

    post.on_arrival = kill
    kitchen.run("tell")
    until(lambda: doomed.poll() is not None)
    assert kitchen.database.rows("SELECT sent_at FROM notifications_delivery") == [(None,)]

    kitchen.database.execute("UPDATE outbox_duty SET lease_until = created_at")  # a minute passes
    kitchen.worker()
    kitchen.beat()
    until(lambda: kitchen.states() == {"notice.deliver:1": "done"})
    assert len(post.letters) == 2
    assert len({letter["Message-ID"] for letter in post.letters}) == 1
    assert [letter["Message-ID"] for letter in post.letters][:1] == [
        row[0] for row in kitchen.database.rows("SELECT message_id FROM notifications_delivery")
    ]
