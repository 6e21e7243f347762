"""What stands in one cell, read and written: numbers, days and times, words, lists."""
