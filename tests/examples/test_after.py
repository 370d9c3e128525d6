"""after-account.sh as Traghetto calls it."""

import os
import shutil
import subprocess
import tempfile
import unittest

from example import EXAMPLES


class Test(unittest.TestCase):
    def test_each_account_is_a_line_and_a_failure_a_note(self):
        folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, folder)

        def after(login, result, trouble=""):
            facts = {"PASS": "copy", "LOGIN": login, "RESULT": result, "MESSAGES": "7", "EXCEPTIONS": "2", "TROUBLE": trouble, "PROJECT": folder}
            environment = dict(os.environ, **{"TRAGHETTO_" + key: value for key, value in facts.items()})
            script = os.path.join(EXAMPLES, "after-account.sh")
            return subprocess.run([script], env=environment, input=b"{}\n", stdout=subprocess.PIPE, check=True).stdout.decode()

        self.assertEqual(after("anna", "done"), "anna: 7 messages\n")
        self.assertEqual(after("bruno", "exceptions"), "bruno: 2 exceptions\n")
        after("$(touch x)/../è", "failed", "login-refused")
        with open(os.path.join(folder, "after-account.csv"), encoding="utf-8") as file:
            rows = [line.rstrip("\n").split(";", 1)[1] for line in file]
        self.assertEqual(rows, ["copy;anna;done;2", "copy;bruno;exceptions;2", "copy;$(touch x)/../è;failed;2"])
        with open(os.path.join(folder, "look-into.txt"), encoding="utf-8") as file:
            self.assertEqual(file.read(), "$(touch x)/../è: login-refused\n")


if __name__ == "__main__":
    unittest.main()
