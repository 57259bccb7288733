"""Jobs run at least once, also when a worker is killed in the middle of one."""

from datetime import timedelta

from kring.lifecycle.worker import wait_before_attempt


def test_a_job_whose_worker_was_killed_runs_again_at_once():
    assert wait_before_attempt(2) == timedelta(0)


def test_a_job_that_keeps_ending_its_worker_runs_less_and_less_often_but_is_never_given_up():
    waits = [wait_before_attempt(attempt) for attempt in range(2, 40)]
    assert waits == sorted(waits)
    assert waits[-1] == timedelta(minutes=10)
