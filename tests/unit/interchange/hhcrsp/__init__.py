"""Home health care instances: reading, compiling, answering, checking."""
