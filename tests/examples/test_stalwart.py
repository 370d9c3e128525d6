"""stalwart.py against small servers that answer as Stalwart does: JMAP (0.16 and later) and REST (up to 0.15)."""

import base64
import hashlib
import os
import re
import shutil
import tempfile
import unittest
import urllib.parse

from example import PASSWORDS, account, call
from server import Server

BASIC = "Basic " + base64.b64encode(b"admin:al:ma").decode()


class Jmap:
    """Objects of Stalwart's own; a failed set answers 200, the failure stands in notCreated or notUpdated."""

    def __init__(self):
        self.domains = {"b": {"id": "b", "name": "example.it"}, "c": {"id": "c", "name": "mail.example.it"}}
        self.accounts, self.weak, self.next = {}, set(), 0

    def answer(self, method, path, headers, body):
        if headers["Authorization"] != BASIC:
            return 401, {"title": "Unauthorized"}
        if (method, path) != ("POST", "/jmap/") or "urn:stalwart:jmap" not in body["using"]:
            return 404, {}
        name, arguments, tag = body["methodCalls"][0]
        return 200, {"methodResponses": [[name, self.do(name, arguments), tag]], "sessionState": "x"}

    def do(self, name, arguments):
        objects = self.domains if ":Domain/" in name else self.accounts
        if name.endswith("/query"):
            wanted = arguments["filter"]["name"]
            return {"ids": [key for key, value in objects.items() if wanted in value["name"]]}
        if name.endswith("/get"):
            return {"list": [{key: value for key, value in objects[one].items() if key != "secret"} for one in arguments["ids"]]}
        for key, new in arguments.get("create", {}).items():
            return self.create(key, new)
        for key, patch in arguments.get("update", {}).items():
            return self.update(key, patch)
        return None

    def address(self, name, domain):
        return name + "@" + self.domains[domain]["name"]

    def taken(self, address):
        owned = lambda one: [one["emailAddress"]] + [self.address(entry["name"], entry["domainId"]) for entry in one["aliases"].values()]
        return any(address in owned(one) for one in self.accounts.values())

    def create(self, key, new):
        secret = new["credentials"]["0"]["secret"]
        if secret in self.weak:
            return {"notCreated": {key: {"type": "invalidProperties", "properties": ["secret"], "description": "Password is too weak."}}}
        address = self.address(new["name"], new["domainId"])
        if self.taken(address) or any(self.taken(self.address(one["name"], one["domainId"])) for one in new["aliases"].values()):
            return {"notCreated": {key: {"type": "primaryKeyViolation"}}}
        self.next += 1
        one = {"id": "a%d" % self.next, "emailAddress": address, "secret": secret}
        one.update({name: new[name] for name in ("@type", "name", "domainId", "description", "aliases")})
        self.accounts[one["id"]] = one
        return {"created": {key: {"id": one["id"]}}}

    def update(self, key, patch):
        for path, value in patch.items():
            field, _, at = path.partition("/")
            if field == "credentials":
                self.accounts[key]["secret"] = value["secret"]
            elif self.taken(self.address(value["name"], value["domainId"])) or at in self.accounts[key]["aliases"]:
                return {"notUpdated": {key: {"type": "primaryKeyViolation"}}}
            else:
                self.accounts[key]["aliases"][at] = value
        return {"updated": {key: None}}


class Rest:
    """Principals; a failure answers 200 with the field error."""

    def __init__(self):
        self.principals = {"example.it": {"type": "domain", "name": "example.it"}}

    def answer(self, method, path, headers, body):
        if headers["Authorization"] != BASIC:
            return 401, {"status": 401, "title": "Unauthorized"}
        name = urllib.parse.unquote(path[len("/api/principal"):].lstrip("/"))
        if method == "POST":
            for email in body["emails"]:
                if email.rpartition("@")[2] not in self.principals:
                    return 200, {"error": "notFound", "item": email.rpartition("@")[2]}
                if any(email in one.get("emails", []) for one in self.principals.values()):
                    return 200, {"error": "fieldAlreadyExists", "field": "emails", "value": email}
            self.principals[body["name"]] = body
            return 200, {"data": len(self.principals)}
        one = self.principals.get(name)
        if one is None:
            return 200, {"error": "notFound", "item": name}
        for change in body or []:
            if change["action"] == "set":
                one[change["field"]] = change["value"]
            else:
                one[change["field"]].append(change["value"])
        return 200, {"data": one if method == "GET" else None}

    def opens(self, login, password):
        secret = self.principals[login]["secrets"][0]
        octets = base64.b64decode(re.fullmatch(r"\{SSHA512\}(.+)", secret).group(1))
        return hashlib.sha512(password.encode() + octets[64:]).digest() == octets[:64]


class Both:
    def setUp(self):
        self.dir = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.dir)
        self.stalwart = self.fake()
        self.server = Server(self.stalwart.answer)
        self.addCleanup(self.server.stop)
        self.config = self.configure("al:ma")

    def configure(self, password, url=None):
        path = os.path.join(self.dir, "config.ini")
        with open(path, "w", encoding="utf-8") as file:
            file.write("[stalwart]\nurl = %s\nuser = admin\npassword = %s\napi = %s\n" % (url or self.server.url, password, self.api))
        os.chmod(path, 0o600)
        return path

    def ask(self, action, one, **fields):
        return call("stalwart.py", self.config, action, **one, **fields)

    def test_an_account_is_made_once_with_its_aliases(self):
        anna = account("anna@example.it", ["a@example.it"], "Anna Rossi")
        self.assertEqual(self.ask("look", anna), {"result": "missing"})
        self.assertEqual(self.ask("complete", anna), {"result": "missing"})
        self.assertEqual(self.ask("create", anna, password="geheim"), {"result": "done"})
        self.assertEqual(self.ask("create", anna, password="anders"), {"result": "exists"})
        self.assertTrue(self.opens("anna@example.it", "geheim"))
        self.assertEqual(self.ask("look", anna), {"result": "exists", "differences": []})
        more = account("anna@example.it", ["a@example.it", "b@example.it", "c@example.it"], "Anna Bianchi")
        differences = [(one["what"], one["wanted"]) for one in self.ask("look", more)["differences"]]
        self.assertEqual(differences, [("alias", "b@example.it"), ("alias", "c@example.it"), ("name", "Anna Bianchi")])
        self.assertEqual(self.ask("complete", more), {"result": "done"})
        self.assertEqual(self.ask("complete", more), {"result": "unchanged"})
        self.assertEqual(self.ask("release", anna, held=""), {"result": "unsupported"})
        # A name within another's does not make them one.
        self.assertEqual(self.ask("look", account("ann@example.it")), {"result": "missing"})
        said = self.ask("create", account("bruno@example.it", ["b@example.it"]), password="geheim")
        self.assertEqual(said["reason"], "address-taken")

    def test_every_password_opens_its_account_and_no_other_does(self):
        for number, password in enumerate(PASSWORDS):
            one = account("u%d@example.it" % number)
            self.assertEqual(self.ask("create", one, password=password), {"result": "done"})
            self.assertTrue(self.opens(one["address"], password), password)
            self.assertFalse(self.opens(one["address"], password + "x"))
        self.assertEqual(self.ask("set-password", account("u0@example.it"), password="neu:ß "), {"result": "done"})
        self.assertTrue(self.opens("u0@example.it", "neu:ß "))
        self.assertEqual(self.ask("set-password", account("nobody@example.it"), password="geheim"), {"result": "missing"})

    def test_domains_rights_and_reach_are_told_apart(self):
        accounts = [account("a@example.it"), account("b@altro.it")]
        findings = call("stalwart.py", self.config, "test", accounts=accounts)["findings"]
        self.assertEqual([one["weight"] for one in findings], ["blocker", "good"])
        said = self.ask("create", account("b@altro.it"), password="geheim")
        self.assertEqual((said["result"], said["reason"]), ("failed", "domain-missing"))
        self.config = self.configure("wrong")
        self.assertEqual(self.ask("look", account("a@example.it"))["reason"], "admin-refused")
        self.config = self.configure("al:ma", "http://127.0.0.1:1")
        self.assertEqual(self.ask("look", account("a@example.it"))["reason"], "connection-lost")


class JmapTest(Both, unittest.TestCase):
    api, fake = "jmap", Jmap

    def opens(self, address, password):
        return [one["secret"] for one in self.stalwart.accounts.values() if one["emailAddress"] == address] == [password]

    def test_a_weak_password_is_told_as_such(self):
        self.stalwart.weak.add("schwach")
        said = self.ask("create", account("a@example.it"), password="schwach")
        self.assertEqual((said["reason"], said["detail"]), ("password-policy", "Password is too weak."))


class RestTest(Both, unittest.TestCase):
    api, fake = "rest", Rest

    def opens(self, address, password):
        return self.stalwart.opens(address, password)

    def test_a_password_that_is_the_same_is_not_set_again(self):
        one = account("a@example.it")
        self.ask("create", one, password="geheim")
        self.assertEqual(self.ask("set-password", one, password="geheim"), {"result": "unchanged"})
        self.assertNotIn("PATCH", [method for method, _, _ in self.server.seen])


if __name__ == "__main__":
    unittest.main()
