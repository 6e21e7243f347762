from service.manual.prose import breakable, line, paragraphs


def test_marks_become_html_and_everything_else_is_escaped() -> None:
    assert line("**Now** `a<b` and ``c``, 2*3*4 <script>") == (
        "<b>Now</b> <code>a&lt;b</code> and <code>c</code>, 2*3*4 &lt;script&gt;"
    )


def test_empty_lines_part_paragraphs() -> None:
    assert paragraphs("One\ntwo.\n\n  Three.\n\n") == ("One two.", "Three.")
    assert paragraphs("") == ()


def test_addresses_break_after_slashes() -> None:
    assert breakable("/a/<b>") == "/<wbr>a/<wbr>&lt;b&gt;"
