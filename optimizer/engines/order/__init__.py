"""Engine `order`: annealing over one order in time of all jobs, for routes that are tied together."""
