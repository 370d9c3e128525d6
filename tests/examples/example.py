"""What the tests of the examples share: one call as Traghetto makes it, and the passwords that hurt."""

import json
import os
import subprocess
import sys

EXAMPLES = os.path.join(os.path.dirname(__file__), "..", "..", "packaging", "examples")

# What a user may have typed: separators, quotes, markup, spaces, ß, emoji, length, what looks like a hash.
PASSWORDS = [
    "plain", "al:ma", 'say "no"', "it's", "a&b<c>d", "two  spaces", "Straße", "crab🦀", "x" * 200, " leading", "trailing ",
    "back\\slash", "$6$not$ahash", "{PLAIN}neither", "#first", "comma,semi;colon", "100%",
]


def call(script, config, action, **fields):
    """The answer, and everything the program let out."""
    request = {"version": 1, "action": action}
    request.update(fields)
    done = subprocess.run(
        [sys.executable, os.path.join(EXAMPLES, script), config],
        input=json.dumps(request, ensure_ascii=False).encode() + b"\n",
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=30, check=False)
    if done.returncode:
        raise RuntimeError("%s: %s" % (script, done.stderr.decode()))
    said = json.loads(done.stdout)
    password = fields.get("password")
    if password and password in (done.stdout + done.stderr).decode():
        raise RuntimeError("%s repeats the password" % script)
    return said


def account(address, aliases=(), name="", login=None):
    return {"address": address, "login": login or address, "name": name, "aliases": list(aliases)}
