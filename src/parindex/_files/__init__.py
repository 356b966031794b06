"""Text to raw tables that know their place; nothing of the domain."""
