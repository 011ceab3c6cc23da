"""The client's side of OpenID Connect: code flow with PKCE, state and nonce."""
