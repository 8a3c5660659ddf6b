from __future__ import annotations

import re
import shutil
import subprocess
from collections import Counter

import pytest

from caselens.widgets.script import STATIC, script, style

TOP_LEVEL = re.compile(
    r"^(?:async )?(?:function\*?|const|let|var|class) +([A-Za-z_$][\w$]*)", re.M
)


def test_the_joined_script_has_no_import_left():
    assert not re.search(r"^\s*(import\b|}\s*from\b)", script(), re.M)
    assert not re.search(r"""from\s+["']\./""", script())


def test_the_joined_script_has_exactly_one_export_the_default():
    exports = re.findall(r"^[ \t]*export\b.*", script(), re.M)
    assert len(exports) == 1
    assert exports[0].startswith("export default")


def test_no_two_modules_use_one_name_at_their_top():
    counts = Counter(TOP_LEVEL.findall(script()))
    assert len(counts) > 50
    assert [name for name, count in counts.items() if count > 1] == []


def test_every_module_is_named_in_a_list_of_modules():
    names = (STATIC / "modules.txt").read_text(encoding="utf-8").split()
    assert len(set(names)) == len(names)
    assert {path.name for path in STATIC.glob("*.js")} == set(names)


def test_every_style_sheet_of_the_page_is_joined_in_its_order():
    names = (STATIC / "styles.txt").read_text(encoding="utf-8").split()
    sheets = {path.name for path in STATIC.glob("*.css")}
    assert sheets - set(names) == {"drill.css"}
    joined = style()
    places = [joined.index((STATIC / name).read_text("utf-8")) for name in names]
    assert places == sorted(places)


def test_every_imported_name_is_exported_by_the_module_it_is_taken_from():
    for path in STATIC.glob("*.js"):
        text = path.read_text(encoding="utf-8")
        for names, module in re.findall(r"import \{([^}]*)\} from \"\./(.+)\"", text):
            source = (STATIC / module).read_text(encoding="utf-8")
            for name in re.findall(r"[\w$]+", names):
                assert re.search(
                    rf"^export (async )?(function|const|let|class) {re.escape(name)}\b",
                    source,
                    re.M,
                ), f"{path.name} imports {name} from {module}"


def test_nothing_is_loaded_from_elsewhere():
    for text in (script(), style()):
        loaded = re.findall(r"(?:import\(|@import|url\()\s*['\"]?([^)'\"]+)", text)
        assert [one for one in loaded if not one.startswith("data:")] == []


@pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed")
def test_the_joined_script_is_sound_javascript(tmp_path):
    path = tmp_path / "page.mjs"
    path.write_text(script(), encoding="utf-8")
    done = subprocess.run(
        ["node", "--check", str(path)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed")
def test_the_joined_script_offers_a_widget(tmp_path):
    path = tmp_path / "page.mjs"
    path.write_text(script(), encoding="utf-8")
    code = f"import({str(path)!r}).then((m) => console.log(typeof m.default.render))"
    done = subprocess.run(
        ["node", "-e", code], capture_output=True, text=True, check=False
    )
    assert done.stdout.strip() == "function", done.stderr
