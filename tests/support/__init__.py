"""What the tests stand on: databases from a template, services, a browser, the running portal."""
