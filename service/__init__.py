"""The HTTP service and the web console will live here; nothing yet (see `service/README.md`)."""
