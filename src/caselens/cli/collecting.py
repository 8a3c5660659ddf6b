"""The verb about what came in: `receipt`."""

from __future__ import annotations

import argparse
import sys

from caselens.cli.grading import add_course


def add_verbs(found: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the verb to the parser."""
    one = found.add_parser("receipt", help="check a receipt against what was marked")
    add_course(one)
    one.add_argument(
        "given",
        metavar="FILE_OR_CODE",
        help="the trainee's answers.json, or the check code on the receipt",
    )
    one.add_argument("--unit", required=True, help="the graded unit")
    one.add_argument("--trainee", required=True, help="the trainee's name")
    one.set_defaults(run=receipt)


def receipt(options: argparse.Namespace) -> int:
    """Print what a receipt turns out to be; 1 where something differs."""
    from caselens.grading.course import CourseError, open_course
    from caselens.grading.receipt import ReceiptError, check_receipt, read_receipt

    try:
        given = read_receipt(options.given)
        course = open_course(options.course).coursedir
        found = check_receipt(course, given, options.unit, options.trainee)
    except (CourseError, ReceiptError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    for line in found.lines:
        print(line)
    return 0 if found.agrees else 1
