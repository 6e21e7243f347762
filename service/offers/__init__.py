"""Offers: when a new job could be done on a board's day; a window is held, confirmed or let go."""
