"""From tables to a scenario, or to the list of everything that is wrong with them."""
