"""What every request passes: its trace, its limits, who calls, the transaction, and the shape of errors."""
