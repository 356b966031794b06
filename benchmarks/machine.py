"""What the figures were measured on, as far as it matters: processor, cores, versions."""

from __future__ import annotations

import os
import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

PACKAGES = ("numpy", "attrs", "pandas", "polars", "OpenFisca-Core", "scikit-criteria", "pymcdm")


def _processor() -> str:
    told = Path("/proc/cpuinfo")
    if told.exists():
        for line in told.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"


def described() -> dict[str, str]:
    """Return what there is to say of this machine, by name."""
    load = f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown"
    return {
        "processor": _processor(),
        "cores": str(os.cpu_count()),
        "load before the run": load,
        "system": platform.system(),
        "Python": platform.python_version(),
        **{package: _version(package) for package in PACKAGES},
    }
