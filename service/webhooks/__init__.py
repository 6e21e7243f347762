"""Webhooks: signed messages to other systems when a run ends, a plan is published or a clock is at risk."""
