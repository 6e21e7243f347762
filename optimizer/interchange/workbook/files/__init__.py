"""Workbooks and CSV files taken apart into tables of cells, with care for what strangers send."""
