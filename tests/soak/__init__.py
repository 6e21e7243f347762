"""Soaks: the real service under load, killed and started again; each a script (``python -m tests.soak.kills``).

`kills`, `once`, `quiet`, `full_queue`, `many_runs`, `cluster` and `lost_lease` are the scripts; each takes
``--cycles N`` and ``--database sqlite|postgresql`` and prints its figures with the load of the machine.
As tests they run at a tenth, marked ``slow``; those that need a database server also ``postgres``.
"""
