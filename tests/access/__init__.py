"""Every address has a rule, and outsiders are tried at each: who may come in, what is told, what changes."""
