"""What a stranger's bytes pass through before they become a paper: sniffed, measured, checked, re-encoded."""

from portal.documents.intake.reading import MAX_BYTES, Taken, read_upload

__all__ = ["MAX_BYTES", "Taken", "read_upload"]
