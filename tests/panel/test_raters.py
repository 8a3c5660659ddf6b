import pytest

from caselens.panel.raters import PanelError, Rater, names, raters_text, read_raters


def written(folder, text):
    (folder / "raters.csv").write_bytes(text.encode())
    return folder


def test_the_list_that_is_made_can_be_read_before_it_is_filled_in(tmp_path):
    found = read_raters(written(tmp_path, raters_text(7)))
    assert found == [Rater(name) for name in names(7)]


@pytest.mark.parametrize("start", ["", "\ufeff"])
@pytest.mark.parametrize("mark", [",", ";"])
def test_what_a_spreadsheet_saves_can_be_read(tmp_path, start, mark):
    rows = ["rater,approach,years", "rater-01,CBT,3", "rater-02, dynamic ,", ",,", ""]
    text = start + "\r\n".join(rows).replace(",", mark)
    assert read_raters(written(tmp_path, text)) == [
        Rater("rater-01", "cbt", "3"),
        Rater("rater-02", "dynamic"),
    ]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("rater-02,gestalt,3", ":3: The approach 'gestalt'"),
        ("../../etc,cbt,3", ":3: '../../etc' is no rater"),
        ("rater-01,cbt,3", ":3: rater-01 stands twice"),
        ('"rater-02', ":3: "),
        ("x" * 200_000, "too large"),
    ],
)
def test_a_faulty_line_is_named(tmp_path, row, said):
    text = f"rater,approach,years\nrater-01,cbt,4\n{row}\n"
    with pytest.raises(PanelError, match=said):
        read_raters(written(tmp_path, text))


def test_another_table_and_a_missing_one_are_named(tmp_path):
    with pytest.raises(PanelError, match="cannot be read"):
        read_raters(tmp_path)
    with pytest.raises(PanelError, match=":1: This is no list of raters"):
        read_raters(written(tmp_path, "name,age\n"))
    (tmp_path / "raters.csv").write_bytes(b"rater,approach,years\n\xff\xfe,,\n")
    with pytest.raises(PanelError, match="cannot be read"):
        read_raters(tmp_path)
