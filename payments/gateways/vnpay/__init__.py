"""VNPAY's PAY interface 2.1.0: signature, messages, client, gateway."""
