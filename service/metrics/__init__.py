"""Figures about the service for Prometheus; none of them names anybody or anything."""
