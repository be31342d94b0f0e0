"""Creates .venv and brings it up to the lock beside this file: `python3 requirements/install.py app` (or `dev`).

It runs before anything is installed, so it needs nothing but a Python, and understands even an old one well enough to
say that it is too old. When the lock has not changed since the last time it does nothing.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys

OLDEST = (3, 11)
LOCKS = ("app", "dev")  # each holds the ones before it

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
VENV = os.path.join(ROOT, ".venv")
PYTHON = os.path.join(VENV, "Scripts" if os.name == "nt" else "bin", "python")
STAMP = os.path.join(VENV, "traguardo.json")


def main(wanted):
    """Exit status: 0 when the environment holds exactly what the lock says."""
    if os.path.islink(VENV):
        return 0  # somebody else's environment, lent to this folder: its owner keeps it
    if not os.path.exists(PYTHON):
        create()
    installed = read_stamp()
    locks = {name: digest(name) for name in LOCKS}
    if installed.get(wanted) == locks[wanted]:
        return 0
    print("Installing what Traguardo needs ({}.txt), once for each change of it ...".format(wanted), flush=True)
    # The lock is whole: asked to resolve it again, pip stumbles over extras ("coverage[toml]") and newer releases.
    pip("--no-deps", "--require-hashes", "-r", os.path.join(HERE, wanted + ".txt"))
    pip("--no-deps", "--no-build-isolation", "-e", ROOT)
    with open(STAMP, "w") as file:
        json.dump({name: locks[name] for name in LOCKS[: LOCKS.index(wanted) + 1]}, file)
    return 0


def create():
    """A fresh environment, with the newest Python on this machine that is new enough."""
    command = [suitable_python(), "-m", "venv", VENV]
    if subprocess.call(command) != 0:
        shutil.rmtree(VENV, ignore_errors=True)
        sys.exit("Could not create .venv. On Debian and Ubuntu: apt-get install python3-venv")


def suitable_python():
    """This Python when it is new enough, else one found by name. Exits with advice when there is none."""
    if sys.version_info >= OLDEST:
        return sys.executable
    found = (shutil.which("python3.{}".format(minor)) for minor in range(14, OLDEST[1] - 1, -1))
    python = next((path for path in found if path), None)
    if python is None:
        sys.exit(
            "Traguardo needs Python {}.{} or newer; this is {}.{}. Install one (or name it: PYTHON=...)".format(
                *(OLDEST + tuple(sys.version_info[:2]))
            )
        )
    return python


def pip(*arguments):
    """Install quietly; what goes wrong is shown by pip itself."""
    environment = dict(os.environ, PIP_DISABLE_PIP_VERSION_CHECK="1", PIP_NO_INPUT="1")
    if subprocess.call([PYTHON, "-m", "pip", "install", "--quiet"] + list(arguments), env=environment) != 0:
        sys.exit("The installation did not finish: see above. Nothing is lost; run the same command again.")


def digest(name):
    """What stands for the lock: changes when it does, and when the Python of .venv does."""
    with open(os.path.join(HERE, name + ".txt"), "rb") as lock, open(os.path.join(VENV, "pyvenv.cfg"), "rb") as python:
        return hashlib.sha256(lock.read() + python.read()).hexdigest()


def read_stamp():
    """What the environment was brought up to, or nothing."""
    try:
        with open(STAMP) as file:
            return json.load(file)
    except (OSError, ValueError):
        return {}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "app"))
