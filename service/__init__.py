"""The HTTP service; see `service/README.md`."""
