"""Runs: plans that are computed, one after the other or side by side, and never lost."""
