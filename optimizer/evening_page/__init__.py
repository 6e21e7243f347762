"""The day as it was on one page: re-plans, changed promises, clocks and both bills as one self-contained HTML file."""

from optimizer.evening_page.page import evening_page

__all__ = ["evening_page"]
