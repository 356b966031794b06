"""Many units at the speed of memory, with the answers of the reference engine: columns, a compiled plan, NumPy."""
