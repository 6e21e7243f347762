"""Runs long work outside the server's process: a small protocol (`base.py`) with two members.

`local` has worker processes of its own on this machine, `cluster` a Dask cluster; `work.py` is what both do. It
knows nothing of HTTP and nothing of the store.
"""
