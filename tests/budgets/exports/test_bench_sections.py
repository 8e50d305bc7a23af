"""The report of the benchmarks keeps the sections that other programs wrote."""

from config.bench.sections import keep_sections, replace_section


def test_a_section_is_replaced_in_its_place_and_a_new_one_comes_last() -> None:
    text = "# Speed\n\n| a |\n\n## Downloads\n\nold\n\n## Reading\n\nkept\n"
    assert replace_section(text, "## Downloads\n\nnew\n") == text.replace("old", "new")
    assert replace_section(text, "## Other\n\nlast\n").endswith("kept\n\n## Other\n\nlast\n")


def test_a_new_report_keeps_the_sections_of_the_old_one() -> None:
    kept = keep_sections("# Speed\n\nold\n\n## Downloads\n\nkept\n", "# Speed\n\nnew\n")
    assert kept == "# Speed\n\nnew\n\n## Downloads\n\nkept\n"
