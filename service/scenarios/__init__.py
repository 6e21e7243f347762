"""Scenarios: uploaded, checked, changed revision by revision; single jobs taken in."""
