"""Views of the room: the bank's address and the payer's pages."""
