"""Proposals: what a re-plan of a running day has found, each with the plan and what it changes."""
