"""Gateways translate between this house and a bank. They never write to the database."""
