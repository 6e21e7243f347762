"""Naive twins: plain, slow and obviously right versions of what the library does fast."""
