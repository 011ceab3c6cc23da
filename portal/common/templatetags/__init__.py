"""Template tags of the shared look; registered in `settings/parts/pages.py`, so no `{% load %}` is needed."""
