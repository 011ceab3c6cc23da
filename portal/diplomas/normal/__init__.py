"""Sixty years of writing the same thing differently, brought to one form for comparing. Free of Django."""
