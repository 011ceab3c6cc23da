"""Pages of this room: they parse, call one service, answer."""
