"""The business in records: the question (`Scenario`), the answer (`Plan`), its worth (`Assessment`)."""
