"""The release policy: how much of the key a feedback page may hold, and from when."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

Policy = Literal["points", "verdicts", "explained"]
POLICIES: tuple[Policy, ...] = ("points", "verdicts", "explained")
EVERY_UNIT = "*"
EXAMPLE = "2026-12-01 18:00 UTC"


class DateError(ValueError):
    """A date of the configuration cannot be used; the text says how to write it."""


def moment_of(text: str) -> datetime:
    """Return a moment in UTC from "2026-12-01 18:00 UTC". Raises DateError.

    The zone is UTC, a place ("Europe/London") or an offset ("+01:00"). It has to be
    there: an hour too early gives the answers away.
    """
    day, _, zone = text.strip().rpartition(" ")
    try:
        local = datetime.fromisoformat(day)
        if local.tzinfo is not None or ":" not in day:
            raise ValueError(text)
        return _in_zone(local, zone).astimezone(UTC)
    except (ValueError, OverflowError, LookupError, OSError):
        # A zone that is not known is a KeyError, or an OSError for a strange name.
        raise DateError(
            f"{text!r} is no moment with a time zone. Write it like {EXAMPLE!r}, "
            "'2026-12-01 18:00 Europe/London' or '2026-12-01 18:00 +01:00'."
        ) from None


def _in_zone(local: datetime, zone: str) -> datetime:
    if zone[:1] in ("+", "-"):
        return datetime.fromisoformat(f"{local.isoformat()}{zone}")
    return local.replace(tzinfo=ZoneInfo(zone))


def unit_policy(
    policy: Policy,
    explained_after: str | Mapping[str, str],
    unit_id: str,
    now: datetime,
) -> Policy:
    """Return the policy of a unit at a moment. Raises DateError.

    `explained_after` is one date for every unit, or dates by unit, where `*` stands
    for all the rest. Before its date, or without one, `policy` holds.
    """
    dates = by_unit(explained_after)
    date = dates.get(unit_id, dates.get(EVERY_UNIT))
    if date is not None and now >= moment_of(date):
        return "explained"
    return policy


def by_unit(explained_after: str | Mapping[str, str]) -> dict[str, str]:
    """Return dates by unit; one date alone stands for every unit, "" for none."""
    if isinstance(explained_after, str):
        return {EVERY_UNIT: explained_after} if explained_after.strip() else {}
    return dict(explained_after)


def personal_policy(policy: Policy, closes: datetime | None, now: datetime) -> Policy:
    """Return the policy for one trainee: no key before their own due date.

    Who may still hand in, by the due date or by an extension, gets no more than
    points: whatever is explained to them could go into the next submission.
    """
    if closes is not None and now < closes:
        return "points"
    return policy


def closing_time(due: datetime | None, extension: timedelta | None) -> datetime | None:
    """Return until when one may hand in, from nbgrader's columns, or None."""
    if due is None:
        return None
    return due.replace(tzinfo=UTC) + (extension or timedelta())


def present() -> datetime:
    """Return the present moment in UTC."""
    return datetime.now(UTC)
