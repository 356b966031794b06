"""Observations to results: the reference engine, its trace, ranks and grades."""
