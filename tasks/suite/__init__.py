"""``./run test``: the services that the tests need, then pytest."""
