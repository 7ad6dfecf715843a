"""The second step at sign-in: a code of an app on the phone, or a recovery code.

Allauth keeps the factors and knows the arithmetic. Its own stage and pages cannot even be imported
without the packages for security keys, which nobody has here, so those are ours.
"""
