import json
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from jobgate.interviews.demo import company


class Command(BaseCommand):
    """Make the demonstration's company, or find it, and print how to get in."""

    help = "Make a demo company with well-known logins; refused beside real organisations."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="print for programs")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            organization = company.ensure_demo()
        except company.RealOrganizations as error:
            raise CommandError(
                "Real organisations exist here: the demo, whose password everybody knows, "
                "is refused. Use another JOBGATE_HOME for it.",
                returncode=1,
            ) from error
        facts = {
            "logins": company.logins(),
            "candidate_link": company.candidate_link(organization),
            "mailbox": f"{settings.PUBLIC_URL}/mailbox/",
        }
        if options["json"]:
            self.stdout.write(json.dumps(facts))
            return
        for login in company.logins():
            self.stdout.write("{role:<10} {email}  {password}".format(**login))
        self.stdout.write(f"candidate's link: {facts['candidate_link']}")
        self.stdout.write(f"mailbox: {facts['mailbox']}")
