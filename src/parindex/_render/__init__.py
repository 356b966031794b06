"""Results as text to read and documents to process; nothing is computed here."""
