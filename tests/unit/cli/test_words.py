"""Other people's text on the terminal."""

from optimizer.cli.words import plain


def test_nothing_steers_the_terminal() -> None:
    assert plain("王强\x1b[31m\r\n\u202e") == "王强\N{REPLACEMENT CHARACTER}[31m  \N{REPLACEMENT CHARACTER}"
