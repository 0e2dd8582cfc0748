"""Dates and rounds."""

from datetime import date, timedelta

import pytest

from sim.scenario.calendar import end_of_round, round_of_count, round_of_event

LAUNCH = date(2018, 11, 12)


def test_round_0_ends_on_the_day_of_the_launch():
    assert end_of_round(LAUNCH, 0) == LAUNCH


@pytest.mark.parametrize(
    ("day", "event", "count"),
    [
        (date(2018, 10, 12), -1, -1),
        (date(2018, 10, 13), 0, -1),
        (date(2018, 11, 12), 0, 0),
        (date(2018, 11, 13), 1, 0),
        (date(2018, 12, 12), 1, 1),
        (date(2019, 11, 11), 12, 11),
        (date(2019, 11, 12), 12, 12),
        (date(2024, 1, 19), 63, 62),
    ],
)
def test_an_event_falls_in_the_round_around_it_and_a_count_is_read_when_the_last_round_is_over(day, event, count):
    assert (round_of_event(LAUNCH, day), round_of_count(LAUNCH, day)) == (event, count)


@pytest.mark.parametrize("launch", [LAUNCH, date(2020, 1, 31), date(2019, 12, 30), date(2020, 2, 29)])
def test_every_day_lies_after_the_end_of_the_round_before_and_not_after_its_own(launch):
    for day in (launch + timedelta(days=n) for n in range(-800, 800)):
        t = round_of_event(launch, day)
        assert end_of_round(launch, t - 1) < day <= end_of_round(launch, t)


@pytest.mark.parametrize("launch", [LAUNCH, date(2020, 1, 31), date(2020, 2, 29)])
def test_a_count_knows_every_round_that_has_ended_and_no_other(launch):
    for day in (launch + timedelta(days=n) for n in range(-800, 800)):
        t = round_of_count(launch, day)
        assert end_of_round(launch, t) <= day < end_of_round(launch, t + 1)


def test_a_round_ends_with_the_month_where_the_month_is_too_short():
    assert [end_of_round(date(2019, 12, 31), t) for t in (1, 2, 3)] == [
        date(2020, 1, 31),
        date(2020, 2, 29),
        date(2020, 3, 31),
    ]
