"""dovecot-passwd-file.py: the files it writes, and a real Dovecot that reads them."""

import concurrent.futures
import imaplib
import os
import shutil
import stat
import subprocess
import tempfile
import time
import unittest

from example import PASSWORDS, account, call

SCRIPT = "dovecot-passwd-file.py"
SERVERS = os.path.join(os.path.dirname(__file__), "..", "servers")


class Files(unittest.TestCase):
    def setUp(self):
        self.dir = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.dir)
        self.users, self.virtual = os.path.join(self.dir, "users"), os.path.join(self.dir, "virtual")
        self.rebuilt = os.path.join(self.dir, "rebuilt")
        self.config = os.path.join(self.dir, "config.ini")
        self.write_config(aliases=True)

    def write_config(self, aliases):
        with open(self.config, "w", encoding="utf-8") as file:
            file.write("[dovecot]\nusers = %s\nfields = vmail:vmail::/var/mail/{domain}/{local}::\nsettle = 0\n" % self.users)
            if aliases:
                file.write("aliases = %s\nrebuild = touch '%s'\n" % (self.virtual, self.rebuilt))

    def ask(self, action, one, **fields):
        return call(SCRIPT, self.config, action, **one, **fields)

    def lines(self, path):
        with open(path, encoding="utf-8") as file:
            return file.read().splitlines()

    def test_an_account_is_made_once_and_its_password_set_once(self):
        anna = account("anna@example.it", ["a.rossi@example.it"])
        self.assertEqual(self.ask("look", anna), {"result": "missing"})
        self.assertEqual(self.ask("set-password", anna, password="geheim"), {"result": "missing"})
        self.assertEqual(self.ask("create", anna, password="geheim"), {"result": "done"})
        self.assertEqual(stat.S_IMODE(os.stat(self.users).st_mode), 0o600)
        before = self.lines(self.users)
        self.assertRegex(before[0], r"^anna@example\.it:\{PBKDF2\}[^:]+:vmail:vmail::/var/mail/example\.it/anna::$")
        self.assertEqual(self.lines(self.virtual), ["a.rossi@example.it anna@example.it"])
        self.assertTrue(os.path.exists(self.rebuilt))
        self.assertEqual(self.ask("create", anna, password="other"), {"result": "exists"})
        self.assertEqual(self.ask("set-password", anna, password="geheim"), {"result": "unchanged"})
        self.assertEqual(self.ask("complete", anna), {"result": "unchanged"})
        self.assertEqual(self.lines(self.users), before)
        self.assertEqual(self.ask("look", anna), {"result": "exists", "differences": []})
        self.assertEqual(self.ask("set-password", anna, password="neu"), {"result": "done"})
        self.assertNotEqual(self.lines(self.users), before)
        self.assertEqual(self.ask("hold", anna, hold="forward"), {"result": "unsupported"})

    def test_what_others_wrote_stays_to_the_octet(self):
        kept = ["# by hand", "bruno@example.it:{PLAIN.b64}YTpi:1000:1000::/home/b::userdb_quota_rule=*:storage=1G", ""]
        with open(self.users, "wb") as file:
            file.write("\n".join(kept).encode() + b"\n\xff\xfe\n")
        os.chmod(self.users, 0o640)
        bruno = account("bruno@example.it")
        self.assertEqual(self.ask("set-password", bruno, password="a:b"), {"result": "unchanged"})
        self.assertEqual(self.ask("create", account("anna@example.it"), password="geheim"), {"result": "done"})
        with open(self.users, "rb") as file:
            self.assertTrue(file.read().startswith("\n".join(kept).encode() + b"\n\xff\xfe\nanna@"))
        self.assertEqual(stat.S_IMODE(os.stat(self.users).st_mode), 0o640)
        self.assertEqual(self.ask("set-password", bruno, password="c"), {"result": "done"})
        self.assertTrue(self.lines_of(b"bruno@example.it")[0].endswith(b":1000:1000::/home/b::userdb_quota_rule=*:storage=1G"))

    def lines_of(self, start):
        with open(self.users, "rb") as file:
            return [line.rstrip(b"\n") for line in file if line.startswith(start)]

    def test_an_address_of_somebody_else_is_not_taken(self):
        with open(self.virtual, "w", encoding="utf-8") as file:
            file.write("# map\ninfo@example.it bruno@example.it, carla@example.it\n")
        self.ask("create", account("bruno@example.it"), password="geheim")
        for aliases in (["info@example.it"], ["BRUNO@example.it"]):
            anna = account("anna@example.it", aliases)
            said = self.ask("create", anna, password="geheim")
            self.assertEqual((said["result"], said["reason"], said["made"]), ("failed", "address-taken", False))
            self.assertEqual(self.ask("look", anna), {"result": "missing"})
        said = self.ask("create", account("info@example.it"), password="geheim")
        self.assertEqual(said["reason"], "address-taken")
        carla = account("carla@example.it", ["info@example.it"])
        self.assertEqual(self.ask("create", carla, password="geheim"), {"result": "done"})

    def test_an_account_without_its_aliases_is_told_as_half_made(self):
        with open(self.config, encoding="utf-8") as file:
            text = file.read().replace("touch", "false")
        with open(self.config, "w", encoding="utf-8") as file:
            file.write(text)
        anna = account("anna@example.it", ["a@example.it"])
        said = self.ask("create", anna, password="geheim")
        self.assertEqual((said["result"], said["reason"], said["made"]), ("failed", "account-half-made", True))

    def test_an_address_that_would_break_the_file_is_refused(self):
        for login in ("a:b@example.it", "a\nroot@example.it", "#a@example.it", "a b@example.it"):
            said = self.ask("create", account("anna@example.it", login=login), password="geheim")
            self.assertEqual((said["result"], said["reason"]), ("failed", "address-refused"))
        self.assertFalse(os.path.exists(self.users))

    def test_the_test_says_what_stands_in_the_way(self):
        self.write_config(aliases=False)
        self.ask("create", account("anna@example.it"), password="geheim")
        accounts = [account("anna@example.it"), account("bruno@example.it", ["b@example.it"])]
        said = call(SCRIPT, self.config, "test", accounts=accounts)
        weights = [finding["weight"] for finding in said["findings"]]
        self.assertEqual(weights, ["warning", "note"])
        self.assertEqual(said["findings"][1]["fact"], {"present": {"accounts": 1}})

    def test_forty_at_once_lose_nothing(self):
        def make(number):
            one = account("u%d@example.it" % number, ["alias%d@example.it" % number])
            return self.ask("create", one, password="p%d" % number)["result"]

        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            self.assertEqual(list(pool.map(make, range(40))), ["done"] * 40)
        self.assertEqual(len(set(self.lines(self.users))), 40)
        self.assertEqual(len(set(self.lines(self.virtual))), 40)


@unittest.skipUnless(shutil.which("dovecot") and os.geteuid() == 0, "needs Dovecot, and root to start it")
class RealDovecot(unittest.TestCase):
    def setUp(self):
        self.dir = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.dir)
        rig = os.path.join(self.dir, "rig")
        os.chmod(self.dir, 0o755)
        self.env = dict(os.environ, TRAGHETTO_RIG=rig)
        seed = os.path.join(self.dir, "seed")
        with open(seed, "w", encoding="utf-8") as file:
            file.write("seed@example.it:seed\n")
        self.addCleanup(lambda: subprocess.run([os.path.join(SERVERS, "stop"), "examples"], env=self.env, check=False, stdout=subprocess.DEVNULL))
        subprocess.run([os.path.join(SERVERS, "start-dovecot"), "examples", "auto", seed], env=self.env, check=True)
        with open(os.path.join(rig, "run", "examples"), encoding="utf-8") as file:
            server = dict(line.rstrip("\n").split("=", 1) for line in file)
        self.host, port = server["imap"].split(":")
        self.port = int(port)
        self.users = os.path.join(server["data"], "etc", "users")
        self.config = os.path.join(self.dir, "config.ini")
        with open(self.config, "w", encoding="utf-8") as file:
            file.write("[dovecot]\nusers = %s\n" % self.users)

    def opens(self, login, password):
        imap = imaplib.IMAP4(self.host, self.port)
        try:
            imap.authenticate("PLAIN", lambda _: ("\0%s\0%s" % (login, password)).encode())
            return imap.select("INBOX")[0] == "OK"
        except imaplib.IMAP4.error:
            return False
        finally:
            imap.shutdown()

    def test_every_password_opens_its_mailbox_and_no_other_does(self):
        before = os.stat(self.users)
        self.assertTrue(self.opens("seed@example.it", "seed"))
        # The file has just been looked at: it is the example that waits until it will be looked at again.
        ready = account("ready@example.it")
        self.assertEqual(call(SCRIPT, self.config, "create", **ready, password="geheim"), {"result": "done"})
        self.assertTrue(self.opens("ready@example.it", "geheim"))
        with open(self.config, "a", encoding="utf-8") as file:
            file.write("settle = 0\n")
        logins = [(account("u%d@example.it" % number), password) for number, password in enumerate(PASSWORDS)]
        for one, password in logins:
            self.assertEqual(call(SCRIPT, self.config, "create", **one, password=password), {"result": "done"})
            self.assertEqual(call(SCRIPT, self.config, "set-password", **one, password=password), {"result": "unchanged"})
        self.assertEqual(call(SCRIPT, self.config, "set-password", **ready, password="neu:ß"), {"result": "done"})
        time.sleep(1.1)
        for one, password in logins + [(account("seed@example.it"), "seed"), (ready, "neu:ß")]:
            self.assertTrue(self.opens(one["login"], password), password)
        self.assertFalse(self.opens("u9@example.it", PASSWORDS[9].strip()))
        self.assertFalse(self.opens("ready@example.it", "geheim"))
        after = os.stat(self.users)
        self.assertEqual((before.st_uid, before.st_gid, before.st_mode), (after.st_uid, after.st_gid, after.st_mode))


if __name__ == "__main__":
    unittest.main()
