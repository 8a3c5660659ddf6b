"""Where the lab extension and the course files lie, and putting them together."""

import json
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jupyter_core.paths import jupyter_path

NAME = "caselens"
CATALOGUE = Path("course", "course.json")
_HERE = Path(__file__).resolve()

Catalogue = dict[str, Any]


class CannotOpen(Exception):
    """What keeps the course from opening, and what to do about it."""


def installed_extension(paths: list[str] | None = None) -> Path | None:
    """Return the installed extension among Jupyter's data folders, or None."""
    found = jupyter_path("labextensions") if paths is None else paths
    folders = (Path(path) / NAME for path in found)
    return next((f for f in folders if (f / "package.json").is_file()), None)


def installed_course() -> bool:
    """Whether the installed extension brings its course along."""
    return installed_root() is not None


def installed_root() -> Path | None:
    """Return the folder of the course that the installed extension brings along."""
    installed = installed_extension()
    if installed is None or not (installed / "static" / CATALOGUE).is_file():
        return None
    return installed / "static"


def extension_source() -> Path:
    """Return the folder with `package.json` and `static/`: this package's own,
    or the installed one."""
    own = _HERE.parents[1] / "labextension"
    if (own / "package.json").is_file():
        return own
    installed = installed_extension()
    if installed is None:
        raise CannotOpen("The course's pages were not found. Install caselens again.")
    return installed


def assemble(target: Path, *courses: Path, source: Path | None = None) -> Path:
    """Put the extension and the units of `courses` into the folder `target`.

    Each course is a folder with `course/course.json`: a clone or a private bank.
    Without any, the start page says that the units are missing. Returns `target`,
    which is what `LabApp.extra_labextensions_path` names. What an earlier call put
    there is replaced.
    """
    catalogues = [(root, read_catalogue(root)) for root in courses]
    extension = target / NAME
    shutil.rmtree(extension, ignore_errors=True)
    _copy_extension(source or extension_source(), extension)
    if catalogues:
        merged = merge([catalogue for _, catalogue in catalogues])
        _write(extension / "static" / CATALOGUE, merged)
    for root, catalogue in catalogues:
        for unit in _units(catalogue):
            _copy_unit(root, unit, extension / "static")
    return target


def read_catalogue(root: Path) -> Catalogue:
    """Return the catalogue of the course in `root`."""
    path = root / CATALOGUE
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise CannotOpen(
            f"{path} is missing. Run `caselens build` for this course first."
        ) from None
    except (OSError, ValueError) as error:
        raise CannotOpen(f"{path} cannot be read ({error}). Build it again.") from None
    if not isinstance(found, dict) or not isinstance(found.get("modules"), list):
        raise CannotOpen(f"{path} lists no modules. Build it again.")
    return found


def merge(catalogues: list[Catalogue]) -> Catalogue:
    """Return one catalogue; units of a module that two courses share stand in it
    in the order of the courses. Raises `CannotOpen` where two have one unit."""
    modules: dict[str, Catalogue] = {}
    names = Counter(unit["id"] for one in catalogues for unit in _units(one))
    for name in (one for one, times in names.items() if times > 1):
        raise CannotOpen(
            f"Two courses have a unit {name}. Give your own another id and build again."
        )
    for catalogue in catalogues:
        for module in catalogue["modules"]:
            known = modules.setdefault(module["id"], {**module, "units": []})
            known["units"] = [*known["units"], *module["units"]]
    return {**catalogues[0], "modules": list(modules.values())}


def _units(catalogue: Catalogue) -> Iterator[Catalogue]:
    for module in catalogue["modules"]:
        yield from module["units"]


def _copy_extension(source: Path, extension: Path) -> None:
    extension.mkdir(parents=True)
    for name in ("package.json", "install.json"):
        shutil.copyfile(source / name, extension / name)
    (extension / "static").mkdir()
    for path in (source / "static").iterdir():
        if path.is_file():
            shutil.copyfile(path, extension / "static" / path.name)


def _copy_unit(root: Path, unit: Catalogue, static: Path) -> None:
    folder = _inside(root, unit["folder"])
    target = _inside(static, unit["folder"])
    target.mkdir(parents=True, exist_ok=True)
    for name in (f"{unit['id']}.ipynb", "unit.json"):
        if not (folder / name).is_file():
            raise CannotOpen(
                f"{folder / name} is missing. Run `caselens build` for this course."
            )
        shutil.copyfile(folder / name, target / name)


def _inside(root: Path, folder: str) -> Path:
    path = (root / folder).resolve()
    if not path.is_relative_to(root.resolve()):
        raise CannotOpen(f"The course names a folder outside itself: {folder}.")
    return path


def _write(path: Path, catalogue: Catalogue) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(catalogue, ensure_ascii=False, indent=1) + "\n"
    path.write_text(text, encoding="utf-8", newline="\n")
