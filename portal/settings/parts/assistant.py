"""The assistant: where the bot listens, how long conversations are kept."""

from portal.settings import env
from portal.settings.parts.places import PORT

RASA_PORT = env.number("RASA_PORT", PORT + 4)
RASA_URL = env.text("RASA_URL", f"http://127.0.0.1:{RASA_PORT}")
ASSISTANT_MESSAGES = env.number("ASSISTANT_MESSAGES", 60)  # of one visitor in five minutes
ASSISTANT_KEEP_DAYS = env.number("ASSISTANT_KEEP_DAYS", 30)
