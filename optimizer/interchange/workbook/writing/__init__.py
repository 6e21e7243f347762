"""From a scenario to a workbook or CSV files."""
