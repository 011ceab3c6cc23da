"""The bot's own environment, its training, its figures."""
