"""What ``./run`` does once the packages are there: one small module per command."""
