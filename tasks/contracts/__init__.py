"""Kinds of import contracts of this house, beyond those that import-linter brings."""
