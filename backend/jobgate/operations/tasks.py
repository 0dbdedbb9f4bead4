from jobgate.core import background


@background.task(cron="* * * * * */10", seconds=30, retries=1)
def unlock_stalled_jobs() -> None:
    """Put the jobs of dead workers back in the queue."""
    background.unlock_stalled_jobs()


@background.task(cron="17 3 * * *", retries=1)
def forget_finished_jobs() -> None:
    """Keep the queue's table small."""
    background.forget_finished_jobs()
