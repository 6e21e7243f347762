"""A study's answers as a JSON file."""

from pathlib import Path

from optimizer.domain.study_result import StudyResult
from optimizer.interchange.record_file import load_record
from optimizer.interchange.whole_file import write_whole


def study_result_json(result: StudyResult) -> str:
    """Return a study's answers as text; equal answers give equal bytes.

    Parameters
    ----------
    result : the answers
    """
    return result.model_dump_json(indent=1) + "\n"


def save_study_result(result: StudyResult, path: str | Path) -> None:
    """Write a study's answers to a file; the file is either complete or not touched.

    Parameters
    ----------
    result : what to write
    path : the file; an existing one is replaced

    Raises
    ------
    OSError
        The file cannot be written.
    """
    write_whole(path, study_result_json(result))


def load_study_result(path: str | Path) -> StudyResult:
    """Read a study's answers.

    Parameters
    ----------
    path : the file, or ``-`` for standard input

    Raises
    ------
    InvalidInput
        The file cannot be read or breaks its format; carries every mistake found.
    """
    return load_record(path, StudyResult)
