from launcher.tests.checkout import Checkout

COUNT = "from jobgate.shop.models import Thing; print('things:', Thing.objects.count())"
ADD = "from jobgate.shop.models import Thing; Thing.objects.create(name='one')"


def test_it_works_on_the_data_of_a_stopped_installation(checkout: Checkout) -> None:
    added = checkout.run("manage", "shell", "-c", ADD)
    assert added.returncode == 0, added.stdout + added.stderr
    assert "things: 1" in checkout.run("manage", "shell", "-c", COUNT).stdout


def test_it_works_beside_a_running_one_and_leaves_it_running(checkout: Checkout) -> None:
    up = checkout.up()
    up.wait_ready()
    assert checkout.run("manage", "shell", "-c", ADD).returncode == 0
    assert "things: 1" in checkout.run("manage", "shell", "-c", COUNT).stdout
    assert up.ask()["DB_USER"] == "jobgate_app"
    assert up.process.poll() is None


def test_it_ends_with_the_code_of_the_command(checkout: Checkout) -> None:
    assert checkout.run("manage", "check", "--nonsense").returncode == 2
