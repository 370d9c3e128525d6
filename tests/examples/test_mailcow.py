"""mailcow.py against a small server that answers as mailcow's API does (data/web/api/openapi.yaml of mailcow-dockerized)."""

import os
import shutil
import tempfile
import unittest
import urllib.parse

from example import PASSWORDS, account, call
from server import Server

KEY = "11AA22-BB33CC"


class Mailcow:
    def __init__(self):
        self.mailboxes, self.aliases = {}, {}
        self.domains = {"example.it": 3}
        self.weak = set()

    def said(self, kind, *words):
        return 200, [{"type": kind, "log": ["mailbox"], "msg": list(words)}]

    def answer(self, method, path, headers, body):
        if headers["X-API-Key"] != KEY:
            return 401, {"type": "error", "msg": "authentication failed"}
        path = urllib.parse.unquote(path)[len("/api/v1/"):]
        if path == "get/domain/all":
            left = lambda name: self.domains[name] - len(self.mailboxes)
            return 200, [{"domain_name": name, "mboxes_left": left(name)} for name in self.domains]
        if path == "get/alias/all":
            return 200, [{"address": alias, "goto": goto, "active": 1} for alias, goto in self.aliases.items()]
        if path.startswith("get/mailbox/"):
            return 200, self.mailboxes.get(path[len("get/mailbox/"):], {})
        if path == "add/mailbox":
            address = body["local_part"] + "@" + body["domain"]
            if body["domain"] not in self.domains:
                return self.said("danger", "domain_not_found", body["domain"])
            if address in self.mailboxes:
                return self.said("danger", "object_exists", address)
            if len(self.mailboxes) >= self.domains[body["domain"]]:
                return self.said("danger", "max_mailbox_exceeded", len(self.mailboxes), self.domains[body["domain"]])
            if body["password"] != body["password2"] or body["password"] in self.weak:
                return self.said("danger", "password_complexity")
            self.mailboxes[address] = {"username": address, "name": body["name"], "active": 1, "secret": body["password"]}
            return self.said("success", "mailbox_added", address)
        if path == "add/alias":
            if body["address"] in self.mailboxes or body["address"] in self.aliases:
                return self.said("danger", "is_alias_or_mailbox", body["address"])
            self.aliases[body["address"]] = body["goto"]
            return self.said("success", "alias_added", body["address"])
        if path == "edit/mailbox":
            for address in body["items"]:
                self.mailboxes[address]["secret"] = body["attr"]["password"]
            return self.said("success", "mailbox_modified", body["items"][0])
        return 404, {}


class Test(unittest.TestCase):
    def setUp(self):
        self.dir = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.dir)
        self.mailcow = Mailcow()
        self.server = Server(self.mailcow.answer)
        self.addCleanup(self.server.stop)
        self.config = self.configure(self.server.url, KEY)

    def configure(self, url, key, mode=0o600):
        path = os.path.join(self.dir, "config.ini")
        with open(path, "w", encoding="utf-8") as file:
            file.write("[mailcow]\nurl = %s/\nkey = %s\n" % (url, key))
        os.chmod(path, mode)
        return path

    def ask(self, action, one, **fields):
        return call("mailcow.py", self.config, action, **one, **fields)

    def test_an_account_is_made_once_with_its_aliases(self):
        anna = account("anna@example.it", ["a@example.it"], "Anna Rossi")
        self.assertEqual(self.ask("look", anna), {"result": "missing"})
        self.assertEqual(self.ask("set-password", anna, password="geheim"), {"result": "missing"})
        self.assertEqual(self.ask("create", anna, password="geheim"), {"result": "done"})
        self.assertEqual(self.ask("create", anna, password="anders"), {"result": "exists"})
        self.assertEqual(self.mailcow.mailboxes["anna@example.it"]["secret"], "geheim")
        self.assertEqual(self.mailcow.aliases, {"a@example.it": "anna@example.it"})
        self.assertEqual(self.ask("look", anna), {"result": "exists", "differences": []})
        self.assertEqual(self.ask("complete", anna), {"result": "unchanged"})
        more = account("anna@example.it", ["a@example.it", "b@example.it"], "Anna Bianchi")
        differences = self.ask("look", more)["differences"]
        self.assertEqual([(one["what"], one["wanted"]) for one in differences], [("alias", "b@example.it"), ("name", "Anna Bianchi")])
        self.assertEqual(self.ask("complete", more), {"result": "done"})
        self.assertEqual(self.ask("complete", more), {"result": "unchanged"})
        self.assertEqual(self.ask("hold", anna, hold="forward"), {"result": "unsupported"})

    def test_every_password_arrives_as_it_is(self):
        self.mailcow.domains["example.it"] = 99
        for number, password in enumerate(PASSWORDS):
            one = account("u%d@example.it" % number)
            self.assertEqual(self.ask("create", one, password=password), {"result": "done"})
            self.assertEqual(self.mailcow.mailboxes[one["address"]]["secret"], password)
        self.assertEqual(self.ask("set-password", account("u0@example.it"), password="neu:ß "), {"result": "done"})
        self.assertEqual(self.mailcow.mailboxes["u0@example.it"]["secret"], "neu:ß ")

    def test_what_mailcow_refuses_is_told_for_what_it_is(self):
        self.mailcow.weak.add("schwach")
        self.mailcow.aliases["info@example.it"] = "bruno@example.it"

        def reason(one, password="geheim"):
            said = self.ask("create", one, password=password)
            self.assertEqual(said["result"], "failed")
            return said["reason"], said.get("made", False)

        self.assertEqual(reason(account("anna@example.it"), "schwach"), ("password-policy", False))
        self.assertEqual(reason(account("anna@altro.it")), ("domain-missing", False))
        self.assertEqual(reason(account("anna@example.it", ["info@example.it"])), ("address-taken", False))
        self.assertEqual(self.mailcow.mailboxes, {})
        for name in "abc":
            self.assertEqual(self.ask("create", account(name + "@example.it"), password="geheim"), {"result": "done"})
        self.assertEqual(reason(account("d@example.it")), ("account-limit", False))
        self.mailcow.domains["example.it"] = 9
        # Between the look at the aliases and the attempt: a mailbox of that name.
        self.assertEqual(reason(account("d@example.it", ["a@example.it"])), ("address-taken", True))

    def test_the_test_names_domains_and_seats(self):
        accounts = [account("a@example.it"), account("b@altro.it")]
        findings = call("mailcow.py", self.config, "test", accounts=accounts)["findings"]
        self.assertEqual(findings, [
            {"weight": "blocker", "fact": {"domain_missing": {"domain": "altro.it", "created": False}}},
            {"weight": "good", "fact": {"domain": "example.it"}},
            {"weight": "good", "fact": {"seats": {"free": 3, "wanted": 1}}}])

    def test_a_wrong_key_and_a_server_that_is_not_there_are_told_apart(self):
        self.config = self.configure(self.server.url, "wrong")
        self.assertEqual(self.ask("look", account("a@example.it"))["reason"], "admin-refused")
        self.config = self.configure("http://127.0.0.1:1", KEY)
        self.assertEqual(self.ask("look", account("a@example.it"))["reason"], "connection-lost")
        self.config = self.configure(self.server.url, KEY, 0o644)
        with self.assertRaisesRegex(RuntimeError, "chmod 600"):
            self.ask("look", account("a@example.it"))


if __name__ == "__main__":
    unittest.main()
