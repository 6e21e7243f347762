"""What the sheets and their columns are, in two languages: the table that everything here goes by."""
