"""VROOM's own door: a VROOM client works here by changing its address only."""
