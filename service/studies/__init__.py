"""Studies: the same demand under other staffing or rules, simulated behind the runs and never lost."""
