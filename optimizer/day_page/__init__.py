"""The day on one page: map, Gantt, timetables, bill and reasons as one self-contained HTML file."""

from optimizer.day_page.page import day_page

__all__ = ["day_page"]
