"""`caselens feedback`: the words, and how what comes back is printed."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from caselens.cli.grading import add_course, add_workers

if TYPE_CHECKING:
    from caselens.grading.feedback_bulk import Plan, Written

NAMED = 20  # so many trainees are named, and the rest counted
POLICIES = ("points", "verdicts", "explained")
SHOWN = {
    "points": "marks and comments",
    "verdicts": "marks, comments, and which choices were right",
    "explained": "everything, with reasons and model answers",
}


def add_verbs(found: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the verb to the parser's."""
    one = found.add_parser("feedback", help="write the feedback pages of a unit")
    add_course(one)
    one.add_argument("unit", help="the graded unit")
    one.add_argument(
        "--trainee",
        action="append",
        metavar="NAME",
        help="only this one; may be repeated",
    )
    one.add_argument(
        "--policy",
        choices=POLICIES,
        help="how much the pages tell, in place of nbgrader_config.py's policy",
    )
    add_workers(one)
    one.set_defaults(run=feedback)


def feedback(options: argparse.Namespace) -> int:
    """Write the pages, with a bar while it lasts and a summary at the end."""
    from traitlets import TraitError

    from caselens.cases import BankError, KeyMissingError
    from caselens.cases.unit import UnitError
    from caselens.grading.course import CourseError
    from caselens.grading.feedback_bulk import FeedbackError
    from caselens.grading.feedback_marks import NoMarksError
    from caselens.grading.spread import SchedulerError

    try:
        plan = _plan(options)
        written = _write(plan, options)
    except (
        BankError,
        CourseError,
        FeedbackError,
        KeyMissingError,
        NoMarksError,
        SchedulerError,
        TraitError,
        UnitError,
    ) as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Stopped. Run the same command again to go on.", file=sys.stderr)
        return 130
    for line in told(plan, written):
        print(line)
    return 1 if written.failed else 0


def told(plan: Plan, written: Written) -> Iterator[str]:
    """Yield the summary of a run, a line each."""
    yield f"Policy: {plan.policy} ({SHOWN[plan.policy]})."
    yield f"Written: {len(written.written)}. Unchanged: {len(written.unchanged)}."
    named = {
        "Still wait for a person in part": written.waiting,
        "May still hand in, so marks and comments only": plan.held,
        "Handed in and not marked, so without a page": plan.not_marked,
        "Have not handed in": plan.without,
    }
    for what, names in named.items():
        if names:
            yield f"{what}: {_listed(names)}."
    for trainee, reason in sorted(written.failed.items()):
        yield f"{trainee}: no page. {reason}"


def _plan(options: argparse.Namespace) -> Plan:
    from caselens.grading.course import open_course
    from caselens.grading.feedback import FeedbackExporter
    from caselens.grading.feedback_bulk import check_units, plan_pages
    from caselens.grading.feedback_policy import present

    app = open_course(options.course)
    settings = FeedbackExporter(config=app.config)  # type: ignore[no-untyped-call]
    check_units(app.coursedir, settings.explained_after)
    policy = options.policy or settings.policy_of(options.unit)
    return plan_pages(app.coursedir, options.unit, policy, present(), options.trainee)


def _write(plan: Plan, options: argparse.Namespace) -> Written:
    from tqdm import tqdm

    from caselens.grading.feedback_bulk import Written, write_pages
    from caselens.grading.spread import workers

    written = Written()
    total = len(plan.items)
    with (
        workers(options.jobs, options.scheduler),
        tqdm(total=total, unit="page", file=sys.stdout) as bar,
    ):
        for outcome in write_pages(plan):
            written.add(outcome)
            bar.update()
    return written


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(sorted(names)[:NAMED])
    more = len(names) - NAMED
    return f"{shown} and {more} more" if more > 0 else shown
