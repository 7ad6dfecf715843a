"""Signing in through an identity provider of a city that speaks OpenID Connect.

Allauth keeps the identities and knows the protocol; what we believe of an answer is ours: the
signature, the nonce, and an address only where the provider says that it is confirmed.
"""
