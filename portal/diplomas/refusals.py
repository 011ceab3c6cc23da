"""What the room refuses; the message is a sentence for whoever tried."""


class RegisterRefusedError(Exception):
    """The register cannot be changed so."""


class OvertakenError(RegisterRefusedError):
    """Somebody else changed the entry or the book since it was shown."""
