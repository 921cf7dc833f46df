"""Sign-in with an account that people have elsewhere: OAuth 2.0 and OpenID Connect, as a client."""
