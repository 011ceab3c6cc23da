"""Answers, put together when they are given."""
