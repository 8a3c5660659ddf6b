from datetime import UTC, datetime, timedelta

import pytest
from traitlets import TraitError
from traitlets.config import Config

from caselens.grading.feedback import FeedbackExporter
from caselens.grading.feedback_policy import (
    DateError,
    closing_time,
    moment_of,
    personal_policy,
    unit_policy,
)

EVENING = datetime(2026, 12, 1, 18, tzinfo=UTC)
BEFORE = EVENING - timedelta(seconds=1)
DATE = "2026-12-01 18:00 UTC"


@pytest.mark.parametrize(
    "text",
    [
        DATE,
        " 2026-12-01 18:00:00 UTC ",
        "2026-12-01T18:00 UTC",
        "2026-12-01 19:00 +01:00",
        "2026-12-01 19:00 Europe/Berlin",
        "2026-12-01 18:00 Europe/London",
    ],
)
def test_a_date_may_be_written_in_several_ways(text):
    assert moment_of(text) == EVENING


@pytest.mark.parametrize(
    "text",
    [
        "",
        "tomorrow",
        "2026-12-01",
        "2026-12-01 UTC",
        "2026-12-01 18:00",
        "2026-13-01 18:00 UTC",
        "2026-12-01 18:00 Middle/Earth",
        "2026-12-01 18:00 ../../etc/passwd",
        "2026-12-01 18:00+01:00 UTC",
        "9999-12-31 23:00 -12:00",
    ],
)
def test_a_bad_date_is_refused_with_the_way_to_write_one(text):
    with pytest.raises(DateError, match="Write it like '2026-12-01 18:00 UTC'"):
        moment_of(text)


def test_a_unit_is_explained_from_its_date_on_and_not_a_second_before():
    dates = {"m04": DATE}
    assert unit_policy("points", dates, "m04", BEFORE) == "points"
    assert unit_policy("points", dates, "m04", EVENING) == "explained"
    assert unit_policy("verdicts", dates, "m05", EVENING) == "verdicts"


def test_a_units_own_date_comes_before_the_one_for_every_unit():
    dates = {"*": "2026-01-01 00:00 UTC", "m04": DATE}
    assert unit_policy("points", dates, "m04", BEFORE) == "points"
    assert unit_policy("points", dates, "m05", BEFORE) == "explained"
    assert unit_policy("points", DATE, "m05", EVENING) == "explained"
    assert unit_policy("points", "", "m05", EVENING) == "points"


def test_who_may_still_hand_in_gets_no_key():
    for policy in ("verdicts", "explained"):
        assert personal_policy(policy, EVENING, BEFORE) == "points"
        assert personal_policy(policy, EVENING, EVENING) == policy
        assert personal_policy(policy, None, BEFORE) == policy


def test_an_extension_moves_the_time_until_when_one_may_hand_in():
    due = datetime(2026, 11, 30, 18)
    assert closing_time(due, timedelta(days=1)) == EVENING
    assert closing_time(due, None) == EVENING - timedelta(days=1)
    assert closing_time(None, timedelta(days=1)) is None


def exporter(**settings):
    return FeedbackExporter(config=Config(FeedbackExporter=settings))


def test_the_configuration_is_read_and_a_bad_date_names_its_unit():
    assert exporter(explained_after={"m04": DATE}).explained_after == {"m04": DATE}
    assert (
        exporter(explained_after="2020-01-01 00:00 UTC").policy_of("m04") == "explained"
    )
    assert exporter().policy_of("m04") == "points"
    with pytest.raises(
        TraitError, match=r"explained_after, m04: '1\.12\.2026' is no moment"
    ):
        exporter(explained_after={"m04": "1.12.2026"})
    with pytest.raises(TraitError):
        exporter(policy="everything")
