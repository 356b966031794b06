"""One hypothesis profile for all tests: no deadline, since a slow machine proves nothing about a law."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

settings.register_profile(
    "parindex",
    deadline=None,
    max_examples=40,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    print_blob=True,
)
settings.load_profile("parindex")
