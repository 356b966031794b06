"""The commands: how arguments become input, and what the functions of the library return becomes text or JSON."""
