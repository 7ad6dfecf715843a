"""The demo's mail reader."""

import pytest
from django.conf import settings
from django.core.mail import EmailMultiAlternatives

from partnership.demo import mailbox

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def delivered_to_a_folder(settings, tmp_path):
    settings.EMAIL_BACKEND = "partnership.demo.mailbox.Backend"
    settings.DEMO_MAIL_DIR = tmp_path / "mail"


def deliver(subject: str = "Hola, ñandú", text: str = "See http://127.0.0.1:8000/en/ <b>") -> None:
    headers = {"Content-Language": "es"}
    EmailMultiAlternatives(subject, text, to=["ana@example.org"], headers=headers).send()


def test_nothing_yet_is_said(client):
    page = client.get("/demo/mail/").content.decode()

    assert "No mail yet" in page


def test_the_newest_mail_is_first_and_its_links_can_be_clicked(client):
    deliver("The first")
    deliver("The second")

    listed = client.get("/demo/mail/").content.decode()
    letter = client.get(f"/demo/mail/{mailbox.letters()[0].name}/").content.decode()

    assert listed.index("The second") < listed.index("The first")
    assert '<a href="http://127.0.0.1:8000/en/" rel="nofollow">' in letter
    assert "&lt;b&gt;" in letter
    assert '<article class="panel mt-4 prose" lang="es">' in letter


def test_mails_of_the_same_moment_keep_their_order():
    subjects = [f"Number {number}" for number in range(100)]

    for subject in subjects:
        deliver(subject)

    assert [letter.subject for letter in mailbox.letters()] == subjects[::-1]


@pytest.mark.parametrize(
    "name", ["nothing", "..%2F..%2Fsecret_key", "....", "1700000000000000000-00000000", "%00"]
)
def test_other_names_lead_nowhere(client, name: str):
    assert client.get(f"/demo/mail/{name}/").status_code == 404


@pytest.mark.parametrize("address", ["192.0.2.7", "::ffff:192.0.2.7", "", "unix:"])
def test_nobody_else_reads_it(client, address: str):
    deliver()

    answers = [
        client.get("/demo/mail/", REMOTE_ADDR=address),
        client.get(f"/demo/mail/{mailbox.letters()[0].name}/", REMOTE_ADDR=address),
    ]

    assert [answer.status_code for answer in answers] == [404, 404]


def test_the_reader_is_in_no_city_hall():
    production = (settings.SITE_DIR / "partnership" / "settings" / "production.py").read_text()

    assert "partnership.demo" not in production
    assert "DEMO_MAIL_DIR" not in production
