"""Excel files of the sector database: what they look like, reading them safely, writing them."""
