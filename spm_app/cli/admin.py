"""`spm admin`: the way in when nobody can sign in yet, for whoever holds the machine."""

from __future__ import annotations

import getpass
import sys

from cyclopts import App

from spm_app.cli import database
from spm_app.people import service as people

app = App(name="admin", help="The first way in, and the way back in.")


@app.command
def create(sign_in_name: str, *, name: str = "", email: str = "") -> None:
    """Make a system administrator who can sign in and let others in.

    The password is asked for; without a terminal one is made up and printed once.

    Parameters
    ----------
    sign_in_name
        What the administrator signs in by.
    name
        How the person is called; the sign-in name when left out.
    email
        Where messages for them go.
    """
    database.migrate()
    made_up = not sys.stdin.isatty()
    password = people.made_up_password() if made_up else _asked()
    people.create_administrator(name or sign_in_name, sign_in_name, password, email)
    print(f"{sign_in_name} can sign in as a system administrator.")
    if made_up:
        print(f"Password, shown this once: {password}\nChange it after signing in, on the page of your account.")


def _asked() -> str:
    while (password := getpass.getpass("Password: ")) != getpass.getpass("Once more: "):
        print("The two are not the same.", file=sys.stderr)
    return password
