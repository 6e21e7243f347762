"""Boards: a branch's live day, from the draft over the manager's yes to the published plan and what happens then."""
