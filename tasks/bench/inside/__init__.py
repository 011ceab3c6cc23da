"""Programs that a bench starts: each is a process of the portal, with data of the bench's own."""
