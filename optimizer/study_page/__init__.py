"""What a study answers on one page: figures, differences and targets with intervals as one self-contained HTML file."""

from optimizer.study_page.page import study_page

__all__ = ["study_page"]
