"""All jobs: what is done, and when."""

from app.components.scheduler.job import Job

JOBS: list[Job] = []
