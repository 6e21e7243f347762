"""What it would mean to give a job to somebody else: a plan is loaded once, then every move is told in milliseconds."""

from optimizer.preview.previewer import Previewer

__all__ = ["Previewer"]
