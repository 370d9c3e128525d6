#!/usr/bin/env python3
"""Accounts for Dovecot in a passwd-file, aliases for Postfix in a virtual map.

    dovecot-passwd-file.py CONFIG        one request of Traghetto on standard input, one answer on standard output

CONFIG:
    [dovecot]
    users = /etc/dovecot/users            the passwd-file; made if it is missing
    fields = vmail:vmail::/var/mail/{domain}/{local}::    optional: what follows the password in a new line;
                                          {address} {local} {domain} are replaced
    aliases = /etc/postfix/virtual        optional: lines "alias address"
    rebuild = postmap /etc/postfix/virtual    optional: run after the aliases have changed
    settle = 1                            seconds waited after a change: Dovecot looks at its file at most once a second

Passwords are hashed with PBKDF2, which Dovecot 2.3 and later know; a password the file already holds is not written again.
Both files are replaced whole, under a lock, and keep their owner and their rights. Nothing is ever removed from them.
Python 3.8 or later, nothing besides. Unix only.
"""

import base64
import configparser
import contextlib
import fcntl
import hashlib
import hmac
import json
import os
import secrets
import shlex
import stat
import subprocess
import sys
import tempfile
import time

ROUNDS = 20_000


class Failed(Exception):
    """reason: a key of the protocol; made: the account exists all the same."""

    def __init__(self, reason, detail, made=False):
        super().__init__(detail)
        self.reason, self.made = reason, made


def pbkdf2(password, salt, rounds):
    return hashlib.pbkdf2_hmac("sha1", password.encode(), salt.encode(), rounds, 20).hex()


def hashed(password):
    salt = secrets.token_hex(8)
    return "{PBKDF2}$1$%s$%d$%s" % (salt, ROUNDS, pbkdf2(password, salt, ROUNDS))


def matches(password, stored):
    """Whether the stored form is of this password; False also where the scheme is not known here."""
    scheme, _, rest = stored.lstrip("{").partition("}")
    try:
        if scheme == "PBKDF2":
            _, _, salt, rounds, digest = rest.split("$")
            return hmac.compare_digest(pbkdf2(password, salt, int(rounds)), digest)
        if scheme == "PLAIN":
            return hmac.compare_digest(password.encode(), rest.encode())
        if scheme == "PLAIN.b64":
            return hmac.compare_digest(password.encode(), base64.b64decode(rest))
        if scheme == "SSHA512":
            octets = base64.b64decode(rest)
            return hmac.compare_digest(hashlib.sha512(password.encode() + octets[64:]).digest(), octets[:64])
    except ValueError:
        pass
    return False


@contextlib.contextmanager
def locked(path):
    with open(path + ".lock", "a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def read(path):
    try:
        with open(path, encoding="utf-8", errors="surrogateescape", newline="") as file:
            return file.read().splitlines()
    except FileNotFoundError:
        return []


def replace(path, lines):
    """The whole file or nothing; owner and rights as before, else for the owner alone."""
    with tempfile.NamedTemporaryFile("w", dir=os.path.dirname(path), encoding="utf-8", errors="surrogateescape", newline="", delete=False) as file:
        try:
            file.write("".join(line + "\n" for line in lines))
            file.flush()
            with contextlib.suppress(FileNotFoundError):
                before = os.stat(path)
                os.fchmod(file.fileno(), stat.S_IMODE(before.st_mode))
                os.fchown(file.fileno(), before.st_uid, before.st_gid)
            os.fsync(file.fileno())
            os.replace(file.name, path)
        except BaseException:
            os.unlink(file.name)
            raise


class Users:
    def __init__(self, config):
        self.path, self.fields = config["users"], config.get("fields", "")

    def find(self, lines, login):
        for at, line in enumerate(lines):
            if not line.startswith("#") and line.split(":", 1)[0].lower() == login.lower():
                return at
        return None

    def exists(self, login):
        return self.find(read(self.path), login) is not None

    def add(self, request):
        """False where it is there already."""
        address = request["address"]
        local, _, domain = address.rpartition("@")
        fields = self.fields.format(address=address, local=local, domain=domain)
        with locked(self.path):
            lines = read(self.path)
            if self.find(lines, request["login"]) is not None:
                return False
            line = [request["login"], hashed(request["password"])] + ([fields] if fields else [])
            replace(self.path, lines + [":".join(line)])
        return True

    def set(self, login, password):
        """None where it is missing, False where it is so already."""
        with locked(self.path):
            lines = read(self.path)
            at = self.find(lines, login)
            if at is None:
                return None
            parts = lines[at].split(":", 2)
            if len(parts) > 1 and matches(password, parts[1]):
                return False
            lines[at] = ":".join([parts[0], hashed(password)] + parts[2:])
            replace(self.path, lines)
        return True


class Aliases:
    def __init__(self, config, users):
        self.path, self.rebuild, self.users = config.get("aliases"), config.get("rebuild"), users

    def targets(self, lines):
        found = {}
        for line in lines:
            words = line.split("#", 1)[0].split()
            if len(words) > 1 and not line[0].isspace():
                found[words[0].lower()] = [word.rstrip(",").lower() for word in words[1:]]
        return found

    def missing(self, request, lines):
        """Those that do not lead to the account; Failed where one leads elsewhere."""
        targets, missing, address = self.targets(lines), [], request["address"].lower()
        for alias in [request["address"]] + request["aliases"]:
            there = targets.get(alias.lower())
            if there is not None and address not in there:
                raise Failed("address-taken", "%s leads to %s" % (alias, ", ".join(there)))
            if alias.lower() in (address, request["login"].lower()):
                continue
            if self.users.exists(alias):
                raise Failed("address-taken", "%s is an account" % alias)
            if there is None:
                missing.append(alias)
        return missing

    def lacking(self, request):
        return self.missing(request, read(self.path)) if self.path else list(request["aliases"])

    def add(self, request):
        if not self.lacking(request):
            return False
        if not self.path:
            raise Failed("address-refused", "no file for aliases is configured")
        with locked(self.path):
            lines = read(self.path)
            new = ["%s %s" % (alias, request["address"]) for alias in self.missing(request, lines)]
            replace(self.path, lines + new)
            if self.rebuild:
                subprocess.run(shlex.split(self.rebuild), check=True, stdin=subprocess.DEVNULL, stdout=sys.stderr)
        return True


def proper(request):
    for text in [request["login"], request["address"]] + request["aliases"]:
        if not text or text.startswith("#") or any(c in ":," or c.isspace() or not c.isprintable() for c in text):
            raise Failed("address-refused", repr(text))


def answer(request, config):
    action, users = request["action"], Users(config)
    aliases = Aliases(config, users)
    if action == "test":
        findings = []
        for path in filter(None, [users.path, aliases.path]):
            if not os.access(os.path.dirname(os.path.abspath(path)), os.W_OK):
                findings.append({"weight": "blocker", "text": "%s cannot be replaced" % path})
        if not aliases.path and any(account["aliases"] for account in request["accounts"]):
            findings.append({"weight": "warning", "text": "there are aliases, and no file for them is configured"})
        present = sum(users.exists(account["login"]) for account in request["accounts"])
        findings.append({"weight": "note", "fact": {"present": {"accounts": present}}})
        return {"result": "done", "findings": findings}
    if action in ("hold", "release"):
        return {"result": "unsupported"}
    proper(request)
    if action == "look":
        if not users.exists(request["login"]):
            return {"result": "missing"}
        try:
            lacking = aliases.lacking(request)
        except Failed:
            lacking = request["aliases"]
        return {"result": "exists", "differences": [{"what": "alias", "wanted": alias, "found": ""} for alias in lacking]}
    if action == "create":
        if users.exists(request["login"]):
            return {"result": "exists"}
        if aliases.lacking(request) and not aliases.path:
            raise Failed("address-refused", "no file for aliases is configured")
        if not users.add(request):
            return {"result": "exists"}
        try:
            aliases.add(request)
        except Failed as failed:
            raise Failed(failed.reason, str(failed), made=True) from failed
        except (OSError, subprocess.CalledProcessError) as error:
            raise Failed("account-half-made", str(error), made=True) from error
        return {"result": "done"}
    if action == "complete":
        if not users.exists(request["login"]):
            return {"result": "missing"}
        return {"result": "done" if aliases.add(request) else "unchanged"}
    if action == "set-password":
        changed = users.set(request["login"], request["password"])
        return {"result": {None: "missing", False: "unchanged", True: "done"}[changed]}
    return {"result": "unsupported"}


def main():
    config = configparser.ConfigParser(interpolation=None)
    with open(sys.argv[1], encoding="utf-8") as file:
        config.read_file(file)
    request = json.loads(sys.stdin.buffer.read())
    try:
        said = answer(request, config["dovecot"])
        if said["result"] == "done" and request["action"] in ("create", "set-password"):
            time.sleep(config["dovecot"].getfloat("settle", 1))
    except Failed as failed:
        said = {"result": "failed", "reason": failed.reason, "detail": str(failed), "made": failed.made}
    print(json.dumps(said))


if __name__ == "__main__":
    main()
