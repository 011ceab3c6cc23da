"""One credential for paper and screen: W3C VC 2.0 secured as a JWT (Ed25519), with a status list."""
