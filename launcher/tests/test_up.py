import contextlib
import os
import signal
import ssl
import urllib.request
from pathlib import Path

import pytest

from launcher.postgres import binaries
from launcher.tests.certificates import self_signed
from launcher.tests.checkout import Checkout, is_alive, until


def test_it_comes_up_says_where_and_leaves_nothing_at_ctrl_c(checkout: Checkout) -> None:
    up = checkout.up()
    up.wait_ready()
    assert f"http://127.0.0.1:{up.port}/" in up.said
    family = up.family()
    assert len(family) >= 3  # PostgreSQL, web, worker
    assert up.interrupt() == 0
    assert not [pid for pid in family if is_alive(pid)]
    assert not list(checkout.layout.run.glob("*.pid"))


def test_it_serves_tls_with_the_certificate_given(checkout: Checkout, tmp_path: Path) -> None:
    certificate, key = self_signed(tmp_path)
    up = checkout.up("--tls-cert", str(certificate), "--tls-key", str(key))
    up.wait_ready()
    assert f"https://127.0.0.1:{up.port}/" in up.said
    trusting = ssl.create_default_context(cafile=certificate)
    with urllib.request.urlopen(f"https://127.0.0.1:{up.port}/healthz", context=trusting) as answer:
        assert answer.status == 200


def test_the_second_start_does_only_what_starts(checkout: Checkout) -> None:
    first = checkout.up()
    first.wait_ready()
    assert "Pages" in first.said
    assert "Database tables" in first.said
    first.interrupt()
    second = checkout.up()
    second.wait_ready()
    assert "Pages" not in second.said
    assert "Database tables" not in second.said


def test_a_changed_page_is_built_again(checkout: Checkout) -> None:
    checkout.up().wait_ready()
    checkout.end()
    (checkout.root / "frontend" / "more.mjs").write_text("export {};")
    again = checkout.up()
    again.wait_ready()
    assert "Pages" in again.said


def test_the_app_uses_rows_and_cannot_change_tables(checkout: Checkout) -> None:
    import psycopg

    up = checkout.up()
    up.wait_ready()
    told = up.ask()
    assert (told["DEBUG"], told["DB_USER"]) == ("false", "jobgate_app")
    password = (checkout.layout.secrets / "db_password").read_text()
    where = f"host={told['DB_HOST']} dbname=jobgate user=jobgate_app"
    with psycopg.connect(where, password=password, autocommit=True) as connection:
        connection.execute("INSERT INTO shop_thing (name) VALUES ('one')")
        for forbidden in ("CREATE TABLE mine (id int)", "DROP TABLE shop_thing"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(forbidden)
        rights = "SELECT rolsuper, rolbypassrls, rolcreatedb FROM pg_roles WHERE rolname = user"
        assert connection.execute(rights).fetchone() == (False, False, False)


def test_postgresql_has_no_network_and_wants_a_password(checkout: Checkout) -> None:
    import psycopg

    up = checkout.up()
    up.wait_ready()
    password = (checkout.layout.secrets / "db_superuser_password").read_text()
    where = f"host={up.ask()['DB_HOST']} dbname=jobgate user=postgres"
    with psycopg.connect(where, password=password) as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(where, password="guess")


def test_secrets_are_made_once_and_are_private(checkout: Checkout) -> None:
    checkout.up().wait_ready()
    checkout.end()
    secrets = sorted(checkout.layout.secrets.iterdir())
    before = [file.read_text() for file in secrets]
    checkout.up().wait_ready()
    assert [file.read_text() for file in secrets] == before
    assert {file.stat().st_mode & 0o777 for file in secrets} == {0o600}


def test_other_accounts_see_nothing_of_the_data(checkout: Checkout) -> None:
    checkout.up().wait_ready()
    private = ("log", "mail", "media", "postgres", "run", "secrets")
    modes = {name: (checkout.home / name).stat().st_mode & 0o777 for name in private}
    assert modes == dict.fromkeys(private, 0o700)


def test_a_web_process_that_dies_starts_again(checkout: Checkout) -> None:
    up = checkout.up()
    up.wait_ready()
    with pytest.raises(OSError, match=r"closed|reset"):
        up.ask("/die")
    until(lambda: "web ended with code 3" in up.said, "the warning")

    def answers() -> bool:
        try:
            return bool(up.ask())
        except OSError:
            return False

    until(answers, "the web process is back")


def test_kill_9_of_the_launcher_takes_its_children_with_it(checkout: Checkout) -> None:
    up = checkout.up()
    up.wait_ready()
    family = up.family()
    up.process.kill()
    up.process.wait()
    until(lambda: not any(map(is_alive, family)), "the children are gone", 20)
    checkout.up().wait_ready()


def test_kill_9_of_everything_does_not_stop_the_next_start(checkout: Checkout) -> None:
    up = checkout.up()
    up.wait_ready()
    family = up.family()
    # Held still, it can neither start them again nor take them with it.
    up.process.send_signal(signal.SIGSTOP)
    for pid in (*family, up.process.pid):
        with contextlib.suppress(ProcessLookupError):  # a backend goes with its postmaster
            os.kill(pid, signal.SIGKILL)
    up.process.wait()
    again = checkout.up()
    again.wait_ready()
    assert again.ask()["DB_USER"] == "jobgate_app"


def test_a_postgresql_left_running_is_stopped_first(checkout: Checkout) -> None:
    from launcher.postgres.cluster import Cluster

    checkout.up().wait_ready()
    checkout.end()
    programs = binaries.find(checkout.layout)
    password = checkout.layout.secrets / "db_superuser_password"
    left = Cluster(programs, checkout.home / "postgres", checkout.home / "left.log", password)
    left.start()
    assert left.process is not None
    checkout.up().wait_ready()
    assert left.process.wait(5) == 0


def test_sigterm_stops_it_as_ctrl_c_does(checkout: Checkout) -> None:
    up = checkout.up()
    up.wait_ready()
    family = up.family()
    assert up.interrupt(signal.SIGTERM) == 0
    assert not any(map(is_alive, family))


def test_the_systems_postgresql_serves_as_well(checkout: Checkout) -> None:
    if binaries.on_system() is None:
        pytest.skip("this system has no PostgreSQL 15 or newer of its own")
    up = checkout.up(JOBGATE_POSTGRES="system")
    up.wait_ready()
    assert up.ask()["DB_USER"] == "jobgate_app"
    assert f"PostgreSQL {binaries.on_system().major}" in up.said  # type: ignore[union-attr]  # seen above


def test_an_outside_server_is_used_and_left_alone(checkout: Checkout, tmp_path: Path) -> None:
    from launcher import database

    other = Checkout(checkout.root, tmp_path / "other")
    other.borrow_environment(checkout.home / "venv")
    server = database.start_own(other.layout, {})
    database.state(other.layout, server)
    try:
        up = checkout.up(
            DB_HOST=str(server.plan["host"]),
            DB_NAME="jobgate",
            DB_USER="jobgate_app",
            DB_PASSWORD=str(server.plan["app_password"]),
            DB_OWNER_USER="jobgate_owner",
            DB_OWNER_PASSWORD=str(server.plan["owner_password"]),
        )
        up.wait_ready()
        assert up.ask()["DB_HOST"] == server.plan["host"]
        assert not (checkout.home / "postgres").exists()
        up.interrupt()
        assert server.cluster is not None
        assert server.cluster.process is not None
        assert server.cluster.process.poll() is None
    finally:
        server.stop()


def test_data_that_were_opened_to_others_are_closed_again(checkout: Checkout) -> None:
    checkout.up().wait_ready()
    checkout.end()
    [data] = (checkout.home / "postgres").glob("[0-9]*")
    data.chmod(0o755)
    checkout.up().wait_ready()
    assert data.stat().st_mode & 0o777 == 0o700


def test_a_long_path_gets_a_socket_elsewhere(checkout: Checkout, tmp_path: Path) -> None:
    deep = tmp_path / ("long" * 25)
    other = Checkout(checkout.root, deep)
    other.borrow_environment(checkout.home / "venv")
    up = other.up()
    up.wait_ready()
    assert not up.ask()["DB_HOST"].startswith(str(deep))
    assert up.interrupt() == 0


def test_the_demo_says_its_logins(checkout: Checkout) -> None:
    up = checkout.up("--demo")
    up.wait_ready()
    assert f"demo login: true http://127.0.0.1:{up.port}" in up.said
