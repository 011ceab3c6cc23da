"""Celery: messages only wake the work, the duty rows hold it (see portal/outbox/README.md)."""

from datetime import timedelta

from celery.schedules import crontab

TASK_APPLICATION = "portal.celery.app"
CELERY_WORKER_POOL = "threads"  # prefork masters hang on polling brokers at SIGTERM
CELERY_WORKER_CONCURRENCY = 4
CELERY_BROKER_CONNECTION_TIMEOUT = 2  # seconds that a page may wait for a broker that is away
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 4
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TIMEZONE = "Asia/Ho_Chi_Minh"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TASK_DEFAULT_QUEUE = "duties"
CELERY_BEAT_SCHEDULE = {
    # a sign of life for /health/; one that waited too long proves nothing and is dropped
    "heartbeat": {
        "task": "portal.heartbeat",
        "schedule": timedelta(seconds=10),
        "options": {"expires": 30},
    },
    "sweep-duties": {
        "task": "portal.outbox.sweep",
        "schedule": timedelta(seconds=15),
        "options": {"expires": 15},  # while no worker runs they must not pile up
    },
    "clear-old-turns": {
        "task": "portal.accounts.clear_old_turns",
        "schedule": timedelta(hours=6),
        "options": {"expires": 6 * 60 * 60},
    },
    "forget-old-talks": {
        "task": "portal.assistant.forget_old",
        "schedule": timedelta(hours=6),
        "options": {"expires": 6 * 60 * 60},
    },
    "expire-drafts": {
        "task": "portal.procedures.expire_drafts",
        "schedule": timedelta(hours=6),
        "options": {"expires": 6 * 60 * 60},
    },
    "discard-uploads": {
        "task": "portal.documents.discard_uploads",
        "schedule": timedelta(hours=6),
        "options": {"expires": 6 * 60 * 60},
    },
    "apologise": {
        "task": "portal.procedures.apologise",
        "schedule": timedelta(minutes=10),
        "options": {"expires": 10 * 60},
    },
    # hourly, not daily: a machine that slept at midnight catches up
    "apply-organisation-changes": {
        "task": "portal.organisations.apply_changes",
        "schedule": crontab(minute="2"),
    },
    "discard-abandoned-imports": {
        "task": "portal.pupils.discard_abandoned_imports",
        "schedule": crontab(minute="32"),
    },
    # in the morning; the same day's second run finds nothing to begin
    "remind-of-charges": {
        "task": "portal.charges.remind_due_lists",
        "schedule": crontab(hour="8,9,10", minute="10"),
        "options": {"expires": 50 * 60},
    },
    "discard-abandoned-diploma-imports": {
        "task": "portal.diplomas.discard_abandoned_imports",
        "schedule": crontab(minute="47"),
    },
    "watch-diploma-look-ups": {"task": "portal.diplomas.watch_look_ups", "schedule": crontab(minute="52")},
    # hourly: a family is reminded once, and a round ends once, however often it is asked
    "watch-confirmations": {"task": "admissions.watch_confirmations", "schedule": crontab(minute="22")},
    "publish-scheduled-pages": {
        "task": "cms.publish_scheduled",
        "schedule": timedelta(seconds=60),
        "options": {"expires": 60},
    },
    "heal-search": {
        "task": "portal.search.heal",
        "schedule": timedelta(seconds=20),
        "options": {"expires": 20},
    },
    # what changes by date or in the registers tells nobody
    "refresh-search": {"task": "portal.search.refresh_all", "schedule": crontab(minute="*/10")},
    "ask-silent-payments": {
        "task": "payments.ask_silent",
        "schedule": timedelta(seconds=30),
        "options": {"expires": 30},
    },
    "expire-payments": {"task": "payments.expire", "schedule": crontab(minute="12")},
    "redeliver-payments": {
        "task": "payments.redeliver",
        "schedule": timedelta(minutes=10),
        "options": {"expires": 600},
    },
    "erase-payment-exports": {"task": "payments.erase_exports", "schedule": crontab(hour="3", minute="40")},
    "reconcile-payments": {
        "task": "payments.reconcile",
        "schedule": crontab(hour="6", minute="15"),
        "options": {"expires": 12 * 60 * 60},
    },
}
