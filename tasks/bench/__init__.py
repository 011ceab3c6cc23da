"""Measurements: a module here is a bench; its name is the module's, with ``-`` for ``_``."""
