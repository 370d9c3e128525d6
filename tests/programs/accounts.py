#!/usr/bin/env python3
"""A program of an administrator, for the tests: accounts in a folder, one file each.

accounts.py FOLDER [FAULT]     what it was given, octet by octet, is kept in FOLDER/given
"""

import base64
import hashlib
import json
import os
import sys
import time

folder, fault = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else ""
octets = b"" if fault == "deaf" else sys.stdin.buffer.read()
given = {"arguments": sys.argv, "environment": dict(os.environ), "input": base64.b64encode(octets).decode()}
with open(os.path.join(folder, "given"), "a") as file:
    file.write(json.dumps(given) + "\n")


def say(result, **fields):
    fields["result"] = result
    print(json.dumps(fields))
    sys.exit(0)


if fault == "deaf":
    say("done")
if fault == "flood":
    sys.stdout.write("x" * 3_000_000)
    sys.exit(0)
if fault == "prose":
    print("Account created: " + octets.decode())
    sys.exit(0)
if fault == "noisy":
    for number in range(20000):
        print("line %d" % number, file=sys.stderr)

request = json.loads(octets)
action, address = request["action"], request.get("address", "")
path = os.path.join(folder, hashlib.sha256(address.encode()).hexdigest())


def account():
    try:
        with open(path) as file:
            return json.load(file)
    except FileNotFoundError:
        return None


def keep(value):
    with open(path + ".new", "w") as file:
        json.dump(value, file)
    os.replace(path + ".new", path)


if fault == "fails":
    print("first line", file=sys.stderr)
    print("cannot reach the database with %s" % request.get("password"), file=sys.stderr)
    sys.exit(3)
if fault == "stumbles" and action == "create":
    sys.exit(3)
if fault.startswith("reason="):
    say("failed", reason=fault[7:], detail="because of " + request.get("password", "nothing"), made=False)
if fault == "blind" and action == "look":
    say("unsupported")
if fault == "wrong":
    say("exists" if action in ("complete", "set-password", "hold") else "missing")
if fault == "lazy":
    say("unsupported")

if action == "test":
    say("done", findings=[
        "just words", {"weight": "warning", "text": "%d accounts" % len(request["accounts"])},
        {"weight": "blocker", "fact": {"domain_missing": {"domain": "altro.it", "created": False}}}])
there = account()
if action == "create":
    if there:
        say("exists")
    keep({"password": request["password"], "aliases": request["aliases"], "name": request["name"], "login": request["login"]})
    if fault == "slow":
        time.sleep(60)
    if fault == "half":
        say("failed", reason="address-taken", detail="an alias", made=True)
    if fault == "crash":
        os.kill(os.getpid(), 11)
    say("done")
if there is None:
    say("missing")
if action == "look":
    lacking = [alias for alias in request["aliases"] if alias not in there["aliases"]]
    say("exists", differences=[{"what": "alias", "wanted": alias} for alias in lacking])
if action == "complete":
    if set(request["aliases"]) <= set(there["aliases"]):
        say("unchanged")
    there["aliases"] = request["aliases"]
    keep(there)
    say("done")
if action == "set-password":
    if there["password"] == request["password"]:
        say("unchanged")
    there["password"] = request["password"]
    keep(there)
    say("done")
if action == "hold":
    say("done", held="was %s, is %s to %s" % (there.get("hold"), request["hold"], request["migration-account"]))
if action == "release":
    say("done" if request["held"].startswith("was ") else "failed")
