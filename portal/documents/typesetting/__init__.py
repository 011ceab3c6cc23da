"""Documents set by Typst, with our own fonts and nobody else's."""

from portal.documents.typesetting.setting import TypesettingError, typeset

__all__ = ["TypesettingError", "typeset"]
