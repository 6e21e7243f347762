"""The schedule: the one timing rule, and the plans it makes of any engine's routes."""
