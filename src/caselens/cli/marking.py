"""The verb about written work: `mark`."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from caselens.cli.grading import add_course

if TYPE_CHECKING:
    from nbgrader.coursedir import CourseDirectory

EXTENSIONS = "caselens.markers=True"
PAGE = "/caselens/marking/"


def add_verbs(found: Any, bank: argparse.ArgumentParser) -> None:
    """Add the verb to the parser's."""
    one = found.add_parser("mark", parents=[bank], help="mark written work")
    add_course(one)
    one.add_argument(
        "--agreement", metavar="UNIT", help="print how first and second marks agree"
    )
    one.add_argument("--port", type=int, help="the port that has to be used")
    one.add_argument("--no-browser", action="store_true", help="print the address")
    one.set_defaults(run=mark)


def mark(options: argparse.Namespace) -> int:
    """Open the marking pages on a course folder, or print agreement."""
    from caselens.cases.places import BANK_VARIABLE
    from caselens.grading.course import CourseError, open_course

    try:
        course = open_course(options.course).coursedir
    except CourseError as error:
        print(error, file=sys.stderr)
        return 1
    if options.agreement:
        return _agreement(course, options.agreement)
    if options.bank is not None:
        os.environ[BANK_VARIABLE] = str(options.bank.resolve())
    # nbgrader and formgrader read the configuration of the folder that they are in.
    os.chdir(options.course)
    return _open(options)


def _open(options: argparse.Namespace) -> int:
    from jupyterlab.labapp import LabApp

    LabApp.launch_instance(words(options))
    return 0


def words(options: argparse.Namespace) -> list[str]:
    """Return JupyterLab's own words for opening the marking pages."""
    found = [
        f"--ServerApp.jpserver_extensions={EXTENSIONS}",
        f"--LabApp.default_url={PAGE}",
        f"--ServerApp.root_dir={Path.cwd()}",
    ]
    if options.port is not None:
        found += [f"--ServerApp.port={options.port}", "--ServerApp.port_retries=0"]
    if options.no_browser:
        found.append("--no-browser")
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        found.append("--allow-root")
    return found


def _agreement(course: CourseDirectory, unit_id: str) -> int:
    from sqlalchemy.orm import Session

    from caselens.cases import UnitError
    from caselens.markers.course import unit_of, written_tasks
    from caselens.markers.double import report
    from caselens.markers.report import lines
    from caselens.markers.sources import engine_of

    try:
        tasks = written_tasks(unit_of(course, unit_id))
    except UnitError as error:
        print(error, file=sys.stderr)
        return 1
    if not tasks:
        print(f"{unit_id} has no written work. Name a unit that has.", file=sys.stderr)
        return 1
    with Session(engine_of(course.db_url, course.course_id)) as session:
        for task in tasks:
            for line in lines(report(session, unit_id, task)):
                print(line)
    return 0
