"""One small module for each optional dependency; nothing of the core imports them."""
