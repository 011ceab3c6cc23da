"""Makers of registered things, through the rooms' own services: what a test does not name gets a usual value."""
