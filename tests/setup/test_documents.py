"""What the docs say about the code is written from the code."""

from config.documents import BEGIN, END, _with_block, documents


def test_the_generated_pages_are_fresh():
    stale = [
        path.name for path, text in documents().items() if not path.exists() or path.read_text(encoding="utf-8") != text
    ]
    assert stale == [], "run `make docs`"


def test_state_pictures_replace_the_old_ones_and_leave_the_rest_of_the_page_alone():
    page = f"# intake\nwords\n{BEGIN}\nold\n{END}\nmore words\n"
    assert _with_block(page, f"{BEGIN}\nnew\n{END}") == f"# intake\nwords\n{BEGIN}\nnew\n{END}\nmore words\n"


def test_a_page_without_a_place_for_pictures_gets_one_at_its_end():
    assert _with_block("# plans\n", "block") == "# plans\n\n## States\n\nblock\n"
