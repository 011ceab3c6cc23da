"""The procedure under which families register."""
