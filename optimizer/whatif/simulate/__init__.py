"""Days as they would really go: planned, followed by people with luck of their own, planned again, closed."""
