#!/usr/bin/env python3
"""The whole manual way through the real window: two Dovecots, a list of ten users, ending at the verdict.

  journey.py [--traghetto BIN] [--pictures DIR] [HAND:LANGUAGE...]     HAND: mouse or keys; LANGUAGE: it or en
             (mouse:it mouse:en keys:it unless said)

Somebody who reads only what is on the screen (eyes.py), with a mouse or with the keyboard alone. What the window claims at
the end is judged by the script that reads both servers by itself (tests/real/compare.py), and the origin must be as it was.
Wants Xvfb, xdotool, ImageMagick, tesseract, a session bus with an unlocked key store, and root for the servers.
"""

import argparse
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True
from eyes import Blind, Person  # noqa: E402

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
SERVERS, REAL = ROOT / "tests/servers", ROOT / "tests/real"
COUNT = 10
EACH = 12


def words(language):
    """What the window says, by key: only lines without arguments and variants are looked for."""
    said = {}
    for file in sorted((ROOT / "i18n" / language).glob("*.ftl")):
        for line in file.read_text().splitlines():
            if found := re.match(r"([a-z][a-z0-9-]*) = (.+)$", line):
                said[found[1]] = found[2]
    return said


def run(*command, **more):
    return subprocess.run([str(part) for part in command], check=True, **more)


class Servers:
    """Two Dovecots with the same ten users, the origin full, the destination empty."""

    def __init__(self, folder):
        self.users = folder / "users.txt"
        self.logins = [f"utente{n:02}@vecchio.example" for n in range(1, COUNT + 1)]
        self.users.write_text("".join(f"{login}:Segreta-{n:02}!\n" for n, login in enumerate(self.logins, 1)))
        self.list = folder / "elenco.csv"
        lines = [f"{login};Segreta-{n:02}!;{login}" for n, login in enumerate(self.logins, 1)]
        self.list.write_text("utente;password;indirizzo\n" + "\n".join(lines) + "\n")
        self.origin = self.start("window-old")
        run(sys.executable, REAL / "fill.py", self.origin["url"], "--users", self.users, "--each", EACH, stdout=subprocess.DEVNULL)
        run(sys.executable, REAL / "fill.py", self.origin["url"], "--users", self.users, "--realistic", "--messages", 150,
            stdout=subprocess.DEVNULL)
        self.before = folder / "before.json"
        run(sys.executable, REAL / "compare.py", "snapshot", self.origin["url"], "--users", self.users, "--out", self.before)
        self.destination = None

    def start(self, name):
        run(SERVERS / "start-dovecot", name, "auto", self.users, env={**os.environ, "WIPE": "1"}, stdout=subprocess.DEVNULL)
        rig = subprocess.run(["bash", "-c", f'. "{SERVERS}/lib.sh"; echo "$rig"'], check=True, capture_output=True, text=True).stdout.strip()
        said = dict(line.split("=", 1) for line in pathlib.Path(rig, "run", name).read_text().splitlines() if "=" in line)
        return {"url": "imap://" + said["imap"], "imap": said["imap"].split(":")[1], "imaps": said["imaps"].split(":")[1]}

    def empty_destination(self):
        self.destination = self.start("window-new")

    def judge(self):
        run(sys.executable, REAL / "compare.py", "judge", self.origin["url"], self.destination["url"], "--users", self.users)
        run(sys.executable, REAL / "compare.py", "untouched", self.origin["url"], "--users", self.users, "--before", self.before)

    def stop(self):
        subprocess.run([str(SERVERS / "stop"), "window-old", "window-new"], check=False)


class Screen:
    """An X server of its own, without a window manager, and the program in it."""

    def __init__(self, folder, binary, language, size="1180x760"):
        ends = os.pipe()
        self.x = subprocess.Popen(["Xvfb", "-displayfd", str(ends[1]), "-screen", "0", f"{size}x24", "-nolisten", "tcp"],
                                  pass_fds=(ends[1],), stderr=subprocess.DEVNULL)
        os.close(ends[1])
        with os.fdopen(ends[0]) as out:
            self.display = ":" + out.readline().strip()
        # The number is told before the server answers everybody.
        for _ in range(100):
            if subprocess.run(["xdotool", "getdisplaygeometry"], env={**os.environ, "DISPLAY": self.display}, capture_output=True).returncode == 0:
                break
            time.sleep(0.1)
        tag = {"it": "it_IT.UTF-8", "en": "en_GB.UTF-8"}[language]
        env = {**os.environ, "DISPLAY": self.display, "TRAGHETTO_HOME": str(folder), "HOME": str(folder), "LANG": tag, "LC_ALL": tag}
        self.log = open(folder / "program.log", "w")
        self.program = subprocess.Popen([binary], env=env, stdout=self.log, stderr=self.log)

    def close(self):
        for process in (self.program, self.x):
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
                try:
                    process.wait(10)
                except subprocess.TimeoutExpired:
                    process.kill()
        self.log.close()


class Way:
    """From the first screen to the verdict, by mouse."""

    def __init__(self, person, language, servers):
        self.person, self.said, self.servers = person, words(language), servers

    def press(self, key, limit=60):
        self.person.click(self.said[key], limit=limit)

    def form(self, *entries):
        self.person.form(*((self.said[key], text) for key, text in entries))

    def go_on(self):
        self.press("ui-next")

    def server(self, title, server):
        person = self.person
        person.wait(self.said[title])
        self.form(("server-host", "localhost"), ("server-port", server["imaps"]), ("server-trial", self.servers.logins[0]),
                  ("server-password", "Segreta-01!"))
        self.press("server-test")
        person.wait(self.said["certificate-title"])
        person.keep(title.split("-")[0] + "-certificate")
        self.accept()
        person.wait(self.said["server-good"], self.said["server-good-new"])
        person.keep(title)
        self.go_on()

    def accept(self):
        self.press("certificate-accept")
        self.press("certificate-confirm")

    def bring_list(self):
        person = self.person
        person.click(self.said["users-path"])
        person.write(str(self.servers.list))
        person.key("Return")

    def walk(self):
        person = self.person
        person.focus_window()
        person.wait(self.said["start-title"])
        person.keep("start")
        self.begin()
        self.server("origin-title", self.servers.origin)
        self.server("destination-title", self.servers.destination)
        person.wait(self.said["mode-title"])
        person.keep("mode")
        self.go_on()
        person.wait(self.said["users-title"])
        person.keep("users-empty")
        self.bring_list()
        person.wait(self.servers.logins[0])
        self.press("users-verify")
        person.wait(self.said["users-row-good"])
        person.keep("users")
        self.go_on()
        person.wait(self.said["options-title"])
        person.keep("options")
        self.go_on()
        person.wait(self.said["preflight-title"])
        self.start()
        person.keep("live")
        self.complete()

    def begin(self):
        self.press("start-begin")

    def start(self):
        self.press("preflight-start")

    def complete(self):
        person = self.person
        person.wait(self.said["live-well"], limit=180)
        person.keep("live-ended")
        self.press("step-completion")
        person.wait(self.said["finish-complete"])
        person.keep("completion")
        self.press("finish-complete")
        zero = {"it": "0 messaggi mancanti", "en": "0 messages missing"}[self.tongue]
        # The reader takes the figure for the letter.
        zeros = (zero, "O" + zero[1:])
        person.wait(*zeros, limit=180)
        person.keep("verdict")

    tongue = "it"


def journey(options, hand, language, servers, folder):
    folder.mkdir()
    pictures = pathlib.Path(options.pictures) / f"{hand}-{language}"
    servers.empty_destination()
    screen = Screen(folder, options.traghetto, language)
    try:
        person = Person(screen.display, language, pictures)
        way = WAYS[hand](person, language, servers)
        way.tongue = language
        way.walk()
        if screen.program.poll() is not None:
            raise Blind(f"the program ended with {screen.program.returncode}")
    except Exception:
        print((folder / "program.log").read_text()[-2000:], file=sys.stderr)
        raise
    finally:
        screen.close()
    servers.judge()


class Keys(Way):
    """The same with the keyboard alone: Tab until the ring is there, then Enter."""

    def press(self, key, limit=60):
        person = self.person
        person.tab_to(person.find(self.said[key], limit))
        person.key("Return")

    def form(self, *entries):
        person = self.person
        for key, text in entries:
            person.tab_to(person.field_below(person.find(self.said[key], alone=True)), room=6)
            person.key("ctrl+a")
            person.write(text)

    def go_on(self):
        # The focus may be there already, and a ring round light words is more than the eyes can read.
        self.person.key("alt+Right")

    def accept(self):
        self.press("certificate-confirm")

    def bring_list(self):
        person = self.person
        x, y, width, height = person.find(self.said["users-path"])
        person.tab_to((x - 8, y - 6, width + 16, height + 12), room=6)
        person.write(str(self.servers.list))
        person.key("Return")


WAYS = {"mouse": Way, "keys": Keys}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--traghetto", default=str(ROOT / "target/debug/traghetto"))
    parser.add_argument("--pictures", default=str(ROOT / "target/journey"))
    parser.add_argument("ways", nargs="*")
    options = parser.parse_args()
    options.traghetto = os.path.abspath(options.traghetto)
    failed = 0
    with tempfile.TemporaryDirectory(prefix="traghetto-window.") as place:
        place = pathlib.Path(place)
        servers = Servers(place)
        try:
            for way in options.ways or ["mouse:it", "mouse:en", "keys:it"]:
                hand, language = way.split(":")
                begun = time.monotonic()
                try:
                    journey(options, hand, language, servers, place / way.replace(":", "-"))
                    print(f"{way}: at the verdict after {time.monotonic() - begun:.0f} s, and it is true")
                except (Blind, subprocess.CalledProcessError) as error:
                    failed += 1
                    print(f"{way}: {error}", file=sys.stderr)
        finally:
            servers.stop()
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
