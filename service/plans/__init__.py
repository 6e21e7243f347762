"""Plans: read, explained, checked, compared, exported; made by runs or by hand."""
