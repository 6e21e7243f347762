"""What if: the same demand under other staffing or rules, told with intervals."""
