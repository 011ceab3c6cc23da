"""Cashless payment: gateways now; orders, settlement and ledger build on them."""
