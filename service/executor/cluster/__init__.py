"""The executor with a Dask cluster (`executor.py`): the same worker processes, on other machines.

Only `tls.py` is imported where no scheduler's address is given; the rest needs Dask.
"""
