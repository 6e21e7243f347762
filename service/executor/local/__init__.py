"""The executor with worker processes on this machine (`executor.py`); each is a program at the end of a pipe."""
