"""The simulation: NumPy draws, orders and counts; everything outside enters by ``counting`` alone, when it runs."""
