"""A Django app for tests whose handlers write into a file, or do whatever the test says."""
