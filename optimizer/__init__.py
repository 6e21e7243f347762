"""Paigong: which technician does which job, when and in what order, and why.

The path is always the same: Scenario → Problem → Routes → Plan → Assessment (see `optimizer/README.md`).
"""

__version__ = "0.1.0"
