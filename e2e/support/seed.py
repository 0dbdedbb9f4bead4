"""Make a company and its people, as an operator of the installation would; print their logins.

Runs beside the product, with its settings.
"""

import json

import django

django.setup()

from jobgate.accounts.models import Membership, Organization, Role, User  # noqa: E402

PASSWORD = "a-long-password-for-tests"


def main() -> None:
    """Make them and say who they are."""
    company = Organization.objects.create(name="Atelier Nour", slug="atelier-nour")
    logins = {}
    for role in Role:
        user = User.objects.create_user(
            f"{role.value}@atelier-nour.test", PASSWORD, first_name="Leïla", last_name="Amrani"
        )
        Membership.objects.create(user=user, organization=company, role=role)
        logins[role.value] = user.email
    print(json.dumps({"password": PASSWORD, "logins": logins}))  # noqa: T201 -- its answer


if __name__ == "__main__":
    main()
