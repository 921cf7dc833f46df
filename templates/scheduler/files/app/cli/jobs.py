"""Jobs from the command line: `uv run app jobs --help`."""

import asyncio
from datetime import UTC, datetime

import typer

from app.components.scheduler.run import run_now
from app.core.config import ConfigError
from app.jobs import JOBS

jobs_cli = typer.Typer(help="Look at jobs, and run one now.", no_args_is_help=True)


@jobs_cli.command(name="list")
def list_jobs() -> None:
    """List all jobs, and when each is due next."""
    for job in JOBS:
        due = job.next_after(datetime.now(UTC))
        moment = f"{due:%Y-%m-%d %H:%M:%S} UTC" if due else "never again"
        typer.echo(f"{moment:23}  {job.name}")
    if not JOBS:
        typer.echo("There are no jobs; they stand in app/jobs.py.")


@jobs_cli.command(name="run")
def run_job(name: str) -> None:
    """Run a job now, beside its times."""
    found = next((job for job in JOBS if job.name == name), None)
    if found is None:
        raise ConfigError(f"There is no job {name}; `app jobs list` names them.")
    asyncio.run(run_now(found))
    typer.echo(f"{name} is done.")
