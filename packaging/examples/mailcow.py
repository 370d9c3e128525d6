#!/usr/bin/env python3
"""Accounts on a mailcow, over its HTTP API.

    mailcow.py CONFIG        one request of Traghetto on standard input, one answer on standard output

CONFIG, readable by its owner alone, for the key stands in it:
    [mailcow]
    url = https://mail.example.com
    key = 123456-ABCDEF-…                 a key that may read and write (System > Configuration > Access > API)
    quota-mb = 3072                       of new mailboxes; 3072 if it is left out
    ca = /etc/ssl/own-ca.pem              optional: trust this authority besides the system's

The domains must exist. mailcow does not say whether a password is the same: it is always set.
Python 3.8 or later, nothing besides.
"""

import configparser
import json
import os
import ssl
import stat
import sys
import urllib.error
import urllib.parse
import urllib.request

# What mailcow says, and what Traghetto tells a person.
REASONS = {
    "access_denied": "admin-rights",
    "alias_invalid": "address-refused",
    "domain_invalid": "domain-missing",
    "domain_not_found": "domain-missing",
    "is_alias": "address-taken",
    "is_alias_or_mailbox": "address-taken",
    "is_spam_alias": "address-taken",
    "mailbox_invalid": "address-refused",
    "mailbox_quota_exceeded": "account-limit",
    "mailbox_quota_left_exceeded": "account-limit",
    "max_alias_exceeded": "account-limit",
    "max_mailbox_exceeded": "account-limit",
    "password_complexity": "password-policy",
    "password_empty": "password-policy",
}


class Failed(Exception):
    """reason: a key of the protocol; code: mailcow's own word."""

    def __init__(self, reason, detail, code=""):
        super().__init__(detail)
        self.reason, self.code = reason, code


class Mailcow:
    def __init__(self, config):
        self.url, self.key = config["url"].rstrip("/"), config["key"]
        self.quota = config.getint("quota-mb", 3072)
        context = ssl.create_default_context()
        if config.get("ca"):
            context.load_verify_locations(config["ca"])
        self.opener = urllib.request.build_opener(urllib.request.HTTPSHandler(context=context))

    def call(self, path, body=None):
        request = urllib.request.Request(self.url + "/api/v1/" + path)
        request.add_header("X-API-Key", self.key)
        if body is not None:
            request.data = json.dumps(body).encode()
            request.add_header("Content-Type", "application/json")
        try:
            with self.opener.open(request, timeout=40) as reply:
                return json.loads(reply.read() or b"{}")
        except urllib.error.HTTPError as error:
            reason = {401: "admin-refused", 403: "admin-rights", 404: "admin-service", 429: "throttled"}.get(error.code, "server-error")
            raise Failed(reason, "HTTP %d %s" % (error.code, error.reason)) from error
        except (urllib.error.URLError, OSError) as error:
            raise Failed("connection-lost", str(getattr(error, "reason", error))) from error
        except ValueError as error:
            raise Failed("admin-service", "the answer is not JSON") from error

    def do(self, path, body):
        """mailcow answers 200 also to what it refuses: each entry of the list has to be looked at."""
        said = self.call(path, body)
        for entry in said if isinstance(said, list) else [said]:
            if entry.get("type") != "success":
                words = entry.get("msg", "")
                words = [str(word) for word in words] if isinstance(words, list) else [str(words)]
                raise Failed(REASONS.get(words[0], "account-refused"), " ".join(words), words[0])

    def mailbox(self, address):
        found = self.call("get/mailbox/" + urllib.parse.quote(address, safe="@"))
        return found if isinstance(found, dict) and found.get("username") else None

    def lacking(self, request):
        """Aliases that do not lead to the account; Failed where one leads elsewhere."""
        if not request["aliases"]:
            return []
        every = self.call("get/alias/all")
        targets = {entry["address"].lower(): entry["goto"].lower().split(",") for entry in every if entry.get("goto")}
        lacking = []
        for alias in request["aliases"]:
            there = targets.get(alias.lower())
            if there is None:
                lacking.append(alias)
            elif request["address"].lower() not in there:
                raise Failed("address-taken", "%s leads to %s" % (alias, ",".join(there)))
        return lacking

    def add_aliases(self, request):
        lacking = self.lacking(request)
        for alias in lacking:
            self.do("add/alias", {"address": alias, "goto": request["address"], "active": "1"})
        return bool(lacking)


def test(mailcow, request):
    domains = {entry["domain_name"].lower(): entry for entry in mailcow.call("get/domain/all")}
    wanted = {}
    for account in request["accounts"]:
        domain = account["address"].rpartition("@")[2].lower()
        wanted[domain] = wanted.get(domain, 0) + 1
    findings = []
    for domain, count in sorted(wanted.items()):
        if domain not in domains:
            findings.append({"weight": "blocker", "fact": {"domain_missing": {"domain": domain, "created": False}}})
            continue
        findings.append({"weight": "good", "fact": {"domain": domain}})
        free = int(domains[domain].get("mboxes_left", count))
        weight = "good" if free >= count else "warning"
        findings.append({"weight": weight, "fact": {"seats": {"free": free, "wanted": count}}})
    return {"result": "done", "findings": findings}


def create(mailcow, request):
    if mailcow.mailbox(request["address"]):
        return {"result": "exists"}
    mailcow.lacking(request)
    local, _, domain = request["address"].rpartition("@")
    try:
        mailcow.do("add/mailbox", {
            "local_part": local, "domain": domain, "name": request["name"] or local, "authsource": "mailcow",
            "password": request["password"], "password2": request["password"], "quota": str(mailcow.quota),
            "active": "1", "force_pw_update": "0", "tls_enforce_in": "0", "tls_enforce_out": "0"})
    except Failed as failed:
        if failed.code == "object_exists":
            return {"result": "exists"}
        raise
    try:
        mailcow.add_aliases(request)
    except Failed as failed:
        return {"result": "failed", "reason": failed.reason, "detail": str(failed), "made": True}
    return {"result": "done"}


def answer(mailcow, request):
    action = request["action"]
    if action == "test":
        return test(mailcow, request)
    if action == "create":
        return create(mailcow, request)
    if action not in ("look", "complete", "set-password"):
        return {"result": "unsupported"}
    mailbox = mailcow.mailbox(request["address"])
    if not mailbox:
        return {"result": "missing"}
    if action == "complete":
        return {"result": "done" if mailcow.add_aliases(request) else "unchanged"}
    if action == "set-password":
        attr = {"password": request["password"], "password2": request["password"]}
        mailcow.do("edit/mailbox", {"items": [request["address"]], "attr": attr})
        return {"result": "done"}
    try:
        lacking = mailcow.lacking(request)
    except Failed:
        lacking = request["aliases"]
    differences = [{"what": "alias", "wanted": alias, "found": ""} for alias in lacking]
    if request["name"] and mailbox.get("name") != request["name"]:
        differences.append({"what": "name", "wanted": request["name"], "found": mailbox.get("name", "")})
    if str(mailbox.get("active", "1")) == "0":
        differences.append({"what": "disabled", "wanted": "1", "found": "0"})
    return {"result": "exists", "differences": differences}


def main():
    if os.name == "posix" and os.stat(sys.argv[1]).st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        sys.exit("%s holds a key: chmod 600" % sys.argv[1])
    config = configparser.ConfigParser(interpolation=None)
    with open(sys.argv[1], encoding="utf-8") as file:
        config.read_file(file)
    request = json.loads(sys.stdin.buffer.read())
    try:
        said = answer(Mailcow(config["mailcow"]), request)
    except Failed as failed:
        said = {"result": "failed", "reason": failed.reason, "detail": str(failed)}
    print(json.dumps(said))


if __name__ == "__main__":
    main()
