"""Demand and chance, drawn so that every variant of a study sees the same customers, illnesses and traffic."""
