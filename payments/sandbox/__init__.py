"""A stand-in bank that speaks the VNPAY protocol over HTTP, for the demo and the tests."""
