"""Where the programs are, and how they are run.

Takes a command, gives what it prints; a program or a library that is not here is `Missing`.
"""
import os
import re
import shutil
import subprocess

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
HOME = os.environ.get("CLIENTS_HOME") or os.path.expanduser("~/.cache/citelift-clients")
PYTHON, PYTHON_2 = HOME + "/py/bin/python", HOME + "/py-btp2/bin/python"
NODE = HOME + "/node"


class Missing(Exception):
    """A program is not installed: the client is skipped by name."""


class Refused(Exception):
    """A program read the file and failed: a loss of every work in it."""


def run(command, stdin=None, cwd=None, fails=True, env=None):
    """What a command prints. With `fails` a bad exit status is `Refused`."""
    if not shutil.which(command[0]):
        raise Missing(os.path.basename(command[0]) if not command[0].startswith(HOME) else command[0])
    done = subprocess.run(command, input=stdin, cwd=cwd, capture_output=True, timeout=300,
                          env=dict(os.environ, **(env or {})))
    out, err = (text.decode("utf-8", "replace") for text in (done.stdout, done.stderr))
    if re.search("ModuleNotFoundError|Cannot find module", err):
        raise Missing(err.strip().splitlines()[-1])
    if fails and done.returncode:
        raise Refused((err or out).strip()[-400:])
    return out


def python(script, *arguments, interpreter=PYTHON):
    """What a Python script prints in the clients' own environment."""
    return run([interpreter, "-c", script, *arguments])


def node(script, *arguments):
    """What a Node script prints; it finds the packages of the clients' own folder."""
    if not os.path.isdir(NODE + "/node_modules"):
        raise Missing("its Node package")
    return run(["node", "-e", script, *arguments], cwd=NODE)
