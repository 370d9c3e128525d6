#!/usr/bin/env python3
"""Accounts on a Stalwart, over its management API.

    stalwart.py CONFIG        one request of Traghetto on standard input, one answer on standard output

CONFIG, readable by its owner alone, for a password stands in it:
    [stalwart]
    url = https://mail.example.com
    user = admin                          with password; or token = … instead of both
    password = …
    api = jmap                            jmap: version 0.16 and later; rest: up to 0.15
    ca = /etc/ssl/own-ca.pem              optional: trust this authority besides the system's

The domains must exist. With jmap the account's login is its address. Python 3.8 or later, nothing besides.
"""

import base64
import configparser
import hashlib
import hmac
import json
import os
import secrets
import ssl
import stat
import sys
import urllib.error
import urllib.parse
import urllib.request


class Failed(Exception):
    """reason: a key of the protocol."""

    def __init__(self, reason, detail):
        super().__init__(detail)
        self.reason = reason


class Server:
    def __init__(self, config):
        self.url = config["url"].rstrip("/")
        if config.get("token"):
            self.authorization = "Bearer " + config["token"]
        else:
            pair = "%s:%s" % (config["user"], config["password"])
            self.authorization = "Basic " + base64.b64encode(pair.encode()).decode()
        context = ssl.create_default_context()
        if config.get("ca"):
            context.load_verify_locations(config["ca"])
        self.opener = urllib.request.build_opener(urllib.request.HTTPSHandler(context=context))

    def http(self, method, path, body=None):
        request = urllib.request.Request(self.url + path, method=method)
        request.add_header("Authorization", self.authorization)
        request.add_header("Accept", "application/json")
        if body is not None:
            request.data = json.dumps(body).encode()
            request.add_header("Content-Type", "application/json")
        try:
            with self.opener.open(request, timeout=40) as reply:
                return json.loads(reply.read())
        except urllib.error.HTTPError as error:
            if error.code == 404 and "/principal/" in path:
                return {"error": "notFound"}
            reason = {401: "admin-refused", 403: "admin-rights", 404: "admin-service", 429: "throttled"}.get(error.code, "server-error")
            raise Failed(reason, "HTTP %d %s" % (error.code, error.reason)) from error
        except (urllib.error.URLError, OSError) as error:
            raise Failed("connection-lost", str(getattr(error, "reason", error))) from error
        except ValueError as error:
            raise Failed("admin-service", "the answer is not JSON") from error


class Jmap(Server):
    """Version 0.16 and later: JMAP, with objects of Stalwart's own. Lists are objects with numbers for keys."""

    def call(self, method, arguments):
        body = {"using": ["urn:ietf:params:jmap:core", "urn:stalwart:jmap"], "methodCalls": [[method, arguments, "0"]]}
        said = self.http("POST", "/jmap/", body)
        name, result, _ = said["methodResponses"][0]
        if name == "error":
            reason = "admin-rights" if result.get("type") == "forbidden" else "admin-service"
            raise Failed(reason, "%s: %s" % (method, result.get("type")))
        return result

    def get(self, kind, name):
        """All with this name, or a name like it: the filter is a search."""
        ids = self.call("x:%s/query" % kind, {"filter": {"name": name}})["ids"]
        return self.call("x:%s/get" % kind, {"ids": ids})["list"] if ids else []

    def domain(self, name):
        for found in self.get("Domain", name):
            if found["name"].lower() == name.lower():
                return found["id"]
        return None

    def domain_of(self, address):
        name = address.rpartition("@")[2]
        found = self.domain(name)
        if found is None:
            raise Failed("domain-missing", name)
        return found

    def account(self, request):
        for found in self.get("Account", request["address"].rpartition("@")[0]):
            if found.get("emailAddress", "").lower() == request["address"].lower():
                return found
        return None

    def set(self, arguments, key):
        said = self.call("x:Account/set", arguments)
        for verb in ("notCreated", "notUpdated"):
            error = (said.get(verb) or {}).get(key)
            if error:
                kind, words = error.get("type", ""), error.get("description") or error.get("type", "")
                if "secret" in error.get("properties", []):
                    raise Failed("password-policy", words)
                raise Failed({"primaryKeyViolation": "address-taken", "forbidden": "admin-rights", "overQuota": "account-limit"}.get(kind, "account-refused"), words)

    def alias(self, alias):
        return {"name": alias.rpartition("@")[0], "domainId": self.domain_of(alias)}

    def lacking(self, request, account):
        there = [(entry["name"].lower(), entry["domainId"]) for entry in (account.get("aliases") or {}).values()]
        wanted = [(alias, self.alias(alias)) for alias in request["aliases"]]
        return [alias for alias, entry in wanted if (entry["name"].lower(), entry["domainId"]) not in there]

    def name(self, account):
        return account.get("description") or ""

    def create(self, request):
        aliases = {str(at): self.alias(alias) for at, alias in enumerate(request["aliases"])}
        self.set({"create": {"new": {
            "@type": "User", "name": request["address"].rpartition("@")[0], "domainId": self.domain_of(request["address"]),
            "description": request["name"], "aliases": aliases, "roles": {"@type": "User"},
            "credentials": {"0": {"@type": "Password", "secret": request["password"]}}}}}, "new")

    def add_aliases(self, request, account, lacking):
        after = max([int(key) for key in account.get("aliases") or {}], default=-1) + 1
        patch = {"aliases/%d" % (after + at): self.alias(alias) for at, alias in enumerate(lacking)}
        self.set({"update": {account["id"]: patch}}, account["id"])

    def set_password(self, request, account):
        """Always: the server does not tell what it has."""
        patch = {"credentials/0": {"@type": "Password", "secret": request["password"]}}
        self.set({"update": {account["id"]: patch}}, account["id"])
        return True


class Rest(Server):
    """Up to 0.15: principals over REST. Failures come with code 200 as well."""

    def principal(self, method, name="", body=None):
        path = "/api/principal" + ("/" + urllib.parse.quote(name, safe="") if name else "")
        said = self.http(method, path, body)
        error = said.get("error")
        if error == "notFound" and method == "GET":
            return None
        if error:
            words = "%s %s" % (error, said.get("value") or said.get("item") or said.get("details") or "")
            raise Failed({"fieldAlreadyExists": "address-taken", "notFound": "domain-missing"}.get(error, "account-refused"), words.strip())
        return said.get("data")

    def domain(self, name):
        found = self.principal("GET", name)
        return found and found.get("type", "domain") == "domain"

    def account(self, request):
        return self.principal("GET", request["login"])

    def emails(self, account):
        emails = account.get("emails") or []
        return [emails] if isinstance(emails, str) else emails

    def lacking(self, request, account):
        there = [email.lower() for email in self.emails(account)]
        return [alias for alias in request["aliases"] if alias.lower() not in there]

    def name(self, account):
        return account.get("description") or ""

    def hashed(self, password, salt):
        # Never as it is: one that begins with $ or { would be taken for a hash.
        digest = hashlib.sha512(password.encode() + salt).digest()
        return "{SSHA512}" + base64.b64encode(digest + salt).decode()

    def create(self, request):
        self.principal("POST", body={
            "type": "individual", "name": request["login"], "description": request["name"], "quota": 0,
            "secrets": [self.hashed(request["password"], secrets.token_bytes(16))],
            "emails": [request["address"]] + request["aliases"], "roles": ["user"]})

    def add_aliases(self, request, account, lacking):
        self.principal("PATCH", request["login"], [{"action": "addItem", "field": "emails", "value": alias} for alias in lacking])

    def set_password(self, request, account):
        held = account.get("secrets") or []
        for secret in [held] if isinstance(held, str) else held:
            if secret.startswith("{SSHA512}"):
                salt = base64.b64decode(secret[9:])[64:]
                if hmac.compare_digest(self.hashed(request["password"], salt), secret):
                    return False
        value = [self.hashed(request["password"], secrets.token_bytes(16))]
        self.principal("PATCH", request["login"], [{"action": "set", "field": "secrets", "value": value}])
        return True


def test(server, request):
    findings = []
    for domain in sorted({account["address"].rpartition("@")[2].lower() for account in request["accounts"]}):
        if server.domain(domain):
            findings.append({"weight": "good", "fact": {"domain": domain}})
        else:
            findings.append({"weight": "blocker", "fact": {"domain_missing": {"domain": domain, "created": False}}})
    return {"result": "done", "findings": findings}


def answer(server, request):
    action = request["action"]
    if action == "test":
        return test(server, request)
    if action not in ("look", "create", "complete", "set-password"):
        return {"result": "unsupported"}
    account = server.account(request)
    if action == "create":
        if account:
            return {"result": "exists"}
        server.create(request)
        return {"result": "done"}
    if not account:
        return {"result": "missing"}
    if action == "set-password":
        return {"result": "done" if server.set_password(request, account) else "unchanged"}
    lacking = server.lacking(request, account)
    if action == "complete":
        if lacking:
            server.add_aliases(request, account, lacking)
        return {"result": "done" if lacking else "unchanged"}
    differences = [{"what": "alias", "wanted": alias, "found": ""} for alias in lacking]
    if request["name"] and server.name(account) != request["name"]:
        differences.append({"what": "name", "wanted": request["name"], "found": server.name(account)})
    return {"result": "exists", "differences": differences}


def main():
    if os.name == "posix" and os.stat(sys.argv[1]).st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        sys.exit("%s holds a password: chmod 600" % sys.argv[1])
    config = configparser.ConfigParser(interpolation=None)
    with open(sys.argv[1], encoding="utf-8") as file:
        config.read_file(file)
    config = config["stalwart"]
    request = json.loads(sys.stdin.buffer.read())
    try:
        server = Rest(config) if config.get("api", "jmap") == "rest" else Jmap(config)
        said = answer(server, request)
    except Failed as failed:
        said = {"result": "failed", "reason": failed.reason, "detail": str(failed)}
    print(json.dumps(said))


if __name__ == "__main__":
    main()
