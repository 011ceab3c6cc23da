"""Running the portal's parts under one process, from preparation to Ctrl-C."""
