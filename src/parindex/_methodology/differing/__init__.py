"""How two methodologies are compared: which criterion is which, which keys differ, and how that is worded."""
