#!/usr/bin/env python3
"""Drives the real program between real servers and lets compare.py judge what came of it.

  scenarios.py [--quick] [--jobs N] [--list] [--keep] [NAME...]

The binary is $TRAGHETTO_CLI, else target/debug/traghetto-cli. Needs root (the servers) and Debian or Ubuntu.
Everything a scenario writes lies in its own folder below the rig, with its own HOME; it is removed unless --keep is given or it failed.
"""

import argparse
import base64
import collections
import itertools
import json
import os
import pathlib
import random
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import traceback
from concurrent.futures import ThreadPoolExecutor

HERE = pathlib.Path(__file__).resolve().parent
sys.dont_write_bytecode = True
sys.path.insert(0, str(HERE))
import contract  # noqa: E402
from imap import Imap, encode_name, quoted  # noqa: E402
from wire import Wire  # noqa: E402

SERVERS = HERE.parent / "servers"
ROOT = HERE.parent.parent
CLI = pathlib.Path(os.environ.get("TRAGHETTO_CLI") or ROOT / "target/debug/traghetto-cli").resolve()
CORPUS = os.environ.get("TRAGHETTO_CORPUS") or next((str(p) for p in [ROOT.parent / "shared/corpus"] if (p / "real").is_dir()), None)
COURIER = threading.Lock()  # one Courier at a time
PORTS, PORT_LOCK = itertools.count(22_000, 4), threading.Lock()
MIB = 1 << 20
OK, USAGE, EXCEPTIONS, STOPPED, INTERRUPTED = 0, 1, 2, 3, 130

# Changes that a server makes by itself whatever is sent (shared/reference/speed.md).
DOVECOT_MAKES = ["nul-to-80", "bare-lf"]
COURIER_MAKES = ["lone-cr", "final-crlf", "bare-lf"]


class Failure(Exception):
    pass


def check(condition, text):
    if not condition:
        raise Failure(text)


def tail(text, lines=14):
    return "\n".join("      | " + line[:300] for line in text.strip().splitlines()[-lines:])


def next_port():
    """Two free ports in a row, given out once: a server that comes back after a crash finds its own still free."""
    with PORT_LOCK:
        for port in PORTS:
            try:
                for one in (port, port + 1):
                    with socket.socket() as probe:
                        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                        probe.bind(("127.0.0.1", one))
                return str(port)
            except OSError:
                continue
    raise Failure("no free port")


def alive(process):
    """Without taking its exit status away from `finish`."""
    return os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None


def signal_to(process, number=signal.SIGKILL):
    """Likewise, and never to an id that has been given to another process since."""
    try:
        if alive(process):
            os.kill(process.pid, number)
    except (ChildProcessError, ProcessLookupError):
        pass


class Server:
    def __init__(self, case, name, kind, users, **env):
        self.case, self.name, self.kind, self.users, self.env = case, f"{case.name}-{name}", kind, users, env
        self.port, self.wire = next_port(), None
        self.start(wipe=True)

    def start(self, wipe=False, **env):
        self.env.update(env)
        done = subprocess.run([SERVERS / f"start-{self.kind}", self.name, self.port, str(self.users)], capture_output=True, text=True,
                              env={**os.environ, **self.env, **({"WIPE": "1"} if wipe else {})})
        check(done.returncode == 0, f"{self.kind} did not start:\n{tail(done.stderr)}")
        self.facts = dict(line.split("=", 1) for line in done.stdout.strip().split(": ", 1)[1].split(" ") if "=" in line)
        self.port = self.facts["imap"].rsplit(":", 1)[1]
        self.data = pathlib.Path(self.facts["data"])
        self.direct = f"imap://{self.facts['imap']}"  # for the judge and the filler

    def stop(self, now=False):
        subprocess.run([SERVERS / "stop", *(["--now"] if now else []), self.name], check=False, capture_output=True)

    def through_wire(self, seed=1):
        self.wire = Wire(("127.0.0.1", int(self.port)), seed)
        return self.wire

    def url(self, tls=False):
        """As the program is told."""
        if tls and "imaps" in self.facts:
            return f"imaps://{self.facts['imaps']}"
        return f"imap+insecure://127.0.0.1:{self.wire.port if self.wire else self.port}"

    def stored(self, login):
        """Messages a Dovecot holds for an account, counted in its files."""
        return sum(len(names) for folder, _, names in os.walk(self.data / "mail" / login) if folder.endswith(("/cur", "/new")))


class Archive:
    """A local archive, as one side of a migration."""

    facts = {}

    def __init__(self, path):
        self.path = path

    def url(self, tls=False):
        return f"maildir:{self.path}"

    def serve(self, server):
        """Puts the accounts' Maildirs, as they are, in the place of a Dovecot's own."""
        for account in (one for one in self.path.iterdir() if one.is_dir()):
            home = server.data / "mail" / account.name
            home.mkdir(exist_ok=True)
            shutil.copytree(account, home / "Maildir")
        subprocess.run(["chown", "-R", "rigmail:", server.data / "mail"], check=True)


class Case:
    """One scenario: its folder, servers, project."""

    def __init__(self, name, rig, quick):
        self.name, self.quick, self.servers = name, quick, []
        self.folder = rig / f"case-{name}"
        shutil.rmtree(self.folder, ignore_errors=True)
        self.home, self.dir, self.out = self.folder / "home", self.folder / "project", self.folder / "out"
        for folder in (self.home, self.out, self.folder / "tmp", self.folder / "run"):
            folder.mkdir(parents=True)
        (self.folder / "run").chmod(0o700)
        self.passphrase = "frase-segreta-della-prova"
        self.calls, self.peak, self.told = 0, 0, []
        self.mounted = self.dir
        self.env = {k: v for k, v in os.environ.items() if not k.startswith(("DBUS_", "XDG_", "TRAGHETTO_"))}
        self.env |= {"HOME": str(self.home), "TMPDIR": str(self.folder / "tmp"), "XDG_RUNTIME_DIR": str(self.folder / "run"), "LANG": "en_US.UTF-8",
                     "TRAGHETTO_PASSPHRASE": self.passphrase, "RUST_BACKTRACE": "1"}
        self.state_file = str(self.folder / "before.json")

    def users(self, *lines):
        path = self.folder / f"users-{len(list(self.folder.glob('users-*')))}"
        path.write_text("\n".join(lines or ("anna:segreta", "bruno:se:gre=ta")) + "\n")
        return path

    def server(self, name, kind, users, **env):
        self.servers.append(Server(self, name, kind, users, **env))
        return self.servers[-1]

    def script(self, name, *args, expect=0):
        done = subprocess.run([sys.executable, str(HERE / name), *map(str, args)], capture_output=True, text=True)
        check(expect is None or done.returncode == expect, f"{name} {args[0]} gave {done.returncode}:\n{tail(done.stdout + done.stderr)}")
        return done

    def fill(self, server, *what):
        self.say(self.script("fill.py", server.direct, "--users", server.users, *what).stdout)

    def say(self, text):
        self.told.append(text.rstrip())

    # -- the program -------------------------------------------------------------------------------------------------

    def begin(self, *args):
        self.calls += 1
        stem = self.out / f"{self.calls:04d}-{args[0]}"
        process = subprocess.Popen([str(CLI), *map(str, args)], env=self.env, cwd=self.folder, stdin=subprocess.DEVNULL,
                                   stdout=open(f"{stem}.out", "wb"), stderr=open(f"{stem}.err", "wb"))
        process.stem, process.args_given = stem, args
        return process

    def finish(self, process, expect=(OK,), timeout=1800):
        """Waits for it; (exit code, standard output, standard error). `expect` None: anything but a panic or a signal."""
        watchdog = threading.Timer(timeout, signal_to, [process])
        watchdog.start()
        _, status, usage = os.wait4(process.pid, 0)
        watchdog.cancel()
        process.returncode = code = os.waitstatus_to_exitcode(status)
        self.peak = max(self.peak, usage.ru_maxrss * 1024)
        out, err = (pathlib.Path(f"{process.stem}.{end}").read_text(errors="replace") for end in ("out", "err"))
        expect = (OK, EXCEPTIONS, STOPPED) if expect is None else (expect,) if isinstance(expect, int) else expect
        words = " ".join(map(str, process.args_given))
        if code != -signal.SIGKILL or -signal.SIGKILL not in expect:
            check("panicked at" not in err + out, f"`{words}` panicked:\n{tail(err + out)}")
        check(code in expect, f"`{words}` gave {code}, wanted {' or '.join(map(str, expect))}:\n{tail(out, 6)}\n{tail(err, 8)}")
        return code, out, err

    def cli(self, *args, expect=(OK,), timeout=1800):
        return self.finish(self.begin(*args), expect, timeout)

    def new(self, origin, destination, tls=False, users=None, options=()):
        pins = []
        if tls:
            for side, server in (("origin", origin), ("destination", destination)):
                if "imaps" in server.facts:
                    pins += ["--accept-certificate", f"{side}=SHA256:{server.facts['sha256']}"]
        self.cli("new", self.dir, "--origin", origin.url(tls), "--destination", destination.url(tls), "--users", users or origin.users, *pins, *options)

    def report(self):
        return contract.parse(self.cli("report", self.dir, "--format", "json", expect=(OK, EXCEPTIONS))[1], "report")

    def status(self):
        return contract.parse(self.cli("status", self.dir, "--json", expect=None)[1], "status")

    def run(self, expect=(OK,)):
        code, out, _ = self.cli("run", self.dir, "--json", expect=expect)
        contract.events(out)
        return code

    def migrate(self, expect=(OK,)):
        """check, run, complete, full verification: the whole journey as an operator makes it; the exit code of the last."""
        self.cli("check", self.dir, expect=(OK, EXCEPTIONS))
        self.run(expect)
        self.cli("complete", self.dir, expect=expect)
        code = self.cli("verify", self.dir, "--level", "full", expect=expect)[0]
        report = self.report()
        listed, states = contract.tally(report)
        check(contract.settled(report), f"not settled: {states}")
        self.say(f"report: {listed} listed, " + ", ".join(f"{n} {s}" for s, n in states.items() if n))
        return code

    # -- the judge ---------------------------------------------------------------------------------------------------

    def remember(self, origin):
        self.script("compare.py", "snapshot", origin.direct, "--users", origin.users, "--out", self.state_file)

    def untouched(self, origin):
        done = self.script("compare.py", "untouched", origin.direct, "--users", origin.users, "--before", self.state_file, expect=None)
        check(done.returncode == 0, f"the origin was touched:\n{tail(done.stdout + done.stderr)}")

    def judge(self, origin, destination, allow=(), ledger=False, rules=None, expect_told=None, options=()):
        arguments = ["judge", origin.direct, destination.direct, "--users", origin.users, "--json", self.folder / "verdict.json", *options]
        if allow:
            (self.folder / "allow").write_text("\n".join(allow) + "\n")
            arguments += ["--allow", self.folder / "allow"]
        report = self.report() if ledger else None
        if ledger:
            (self.folder / "exceptions.json").write_text(json.dumps(contract.exceptions(report, self.dir)))
            (self.folder / "declared.json").write_text(json.dumps(contract.declared(report)))
            arguments += ["--exceptions", self.folder / "exceptions.json", "--declared", self.folder / "declared.json"]
        if rules:
            (self.folder / "rules").write_text("".join(f"{a}\t{b}\n" for a, b in rules.items()))
            arguments += ["--rules", self.folder / "rules"]
        done = self.script("compare.py", *arguments, expect=None)
        self.say(done.stdout)
        check(done.returncode == 0, f"the judge says:\n{tail(done.stdout + done.stderr, 40)}")
        verdict = json.loads((self.folder / "verdict.json").read_text())
        if expect_told is not None:
            check(verdict["told"] >= expect_told, f"only {verdict['told']} exceptions told, at least {expect_told} were to be")
        if ledger:
            check(verdict["unused_exceptions"] == 0, f"{verdict['unused_exceptions']} exceptions name no missing message")
        return verdict

    def close(self, keep):
        for server in self.servers:
            if server.wire:
                server.wire.close()
            server.stop()
            if not keep:
                shutil.rmtree(server.data, ignore_errors=True)
        for place in (self.dir, self.mounted):
            if os.path.ismount(place):
                subprocess.run(["umount", place], check=False)
        if not keep:
            shutil.rmtree(self.folder, ignore_errors=True)


# -- the scenarios ---------------------------------------------------------------------------------------------------------

SCENARIOS = {}


def scenario(function):
    SCENARIOS[function.__name__.replace("_", "-")] = function
    return function


def size(case, full, quick):
    return quick if case.quick else full


def in_corpus(case, server):
    if CORPUS:
        case.fill(server, "--corpus", CORPUS, "--hostile")


@scenario
def judge(case):
    """The judge itself: on two equal mailboxes it finds nothing, and it names each fault that is put into one of them."""
    users = case.users("anna:segreta")
    one, two = case.server("one", "dovecot", users), case.server("two", "dovecot", users, SEP=".", PREFIX="INBOX.")
    for server in (one, two):
        case.fill(server, "--realistic", "--messages", 300)
    case.judge(one, two)
    connection = Imap(two.direct, "anna", "segreta")

    def name(segments):
        return quoted(connection.name(segments))

    def select(segments):
        connection.run(b"SELECT " + name(segments))

    def faults():
        case.script("compare.py", "judge", one.direct, two.direct, "--users", users, "--json", case.folder / "verdict.json", expect=None)
        return {k: v for k, v in json.loads((case.folder / "verdict.json").read_text())["faults"].items() if v}

    select(["INBOX"])
    connection.run(b"UID STORE 2 FLAGS.SILENT (\\Answered \\Draft \\Deleted)")
    check(faults() == {"wrong flags": 1} or set(faults()) == {"wrong flags", "wrong keywords"}, f"flags: {faults()}")
    connection.run(b"UID STORE 2 +FLAGS.SILENT (straniero)")
    check(faults()["wrong keywords"] == 1, f"keywords: {faults()}")
    connection.run(b"UID COPY 3 INBOX")
    check(faults()["duplicated"] == 1, f"copy: {faults()}")
    connection.run(b"UID MOVE 5 " + name(["Vuota"]))
    check(faults()["wrong folders"] == 1, f"moved: {faults()}")
    connection.run(b"UID STORE 6 +FLAGS.SILENT (\\Deleted)")
    connection.run(b"UID EXPUNGE 6")
    check(faults()["lost"] == 1, f"expunged: {faults()}")
    connection.run(b"UNSUBSCRIBE " + name(["Clienti"]))
    check(faults()["wrong subscriptions"] == 1, f"unsubscribed: {faults()}")
    select(["Posta inviata"])
    row = next(iter(connection.fetch(b"UID FLAGS INTERNALDATE BODY.PEEK[]", b"1")), None) or {}
    connection.exists = 1
    row = row or next(iter(list(connection.fetch(b"UID FLAGS INTERNALDATE BODY.PEEK[]", b"1"))))
    connection.run(b"UID STORE 1 +FLAGS.SILENT (\\Deleted)")
    connection.run(b"UID EXPUNGE 1")
    body, date = row[b"BODY[]"], row[b"INTERNALDATE"].decode()
    flags = " ".join(f.decode() for f in row[b"FLAGS"] if f.lower() != b"\\recent")
    connection.append(connection.name(["Posta inviata"]), [(flags, date, body)])
    check(faults()["wrong order"] >= 1, f"order: {faults()}")
    select(["Posta inviata"])
    connection.exists = 1
    last = max(int(r[b"UID"]) for r in connection.fetch(b"UID"))
    connection.run(b"UID STORE %d +FLAGS.SILENT (\\Deleted)" % last)
    connection.run(b"UID EXPUNGE %d" % last)
    connection.append(connection.name(["Posta inviata"]), [(flags, "01-Jan-2001 00:00:00 +0000", body)])
    check(faults()["wrong dates"] == 1, f"date: {faults()}")
    select(["Posta inviata"])
    connection.exists = 1
    last = max(int(r[b"UID"]) for r in connection.fetch(b"UID"))
    connection.run(b"UID STORE %d +FLAGS.SILENT (\\Deleted)" % last)
    connection.run(b"UID EXPUNGE %d" % last)
    connection.append(connection.name(["Posta inviata"]), [(flags, date, body[:-3] + bytes([body[-3] ^ 1]) + body[-2:])])
    check(faults()["altered"] == 1, f"altered: {faults()}")
    connection.run(b"DELETE " + name(["Lista [interna]"]))
    check(faults()["missing folders"] == 1, f"folder: {faults()}")
    connection.close()
    # And the keeper of the origin.
    case.remember(one)
    connection = Imap(one.direct, "anna", "segreta")
    connection.run(b"SELECT INBOX")
    connection.run(b"UID STORE 1:* -FLAGS.SILENT (\\Seen)")
    connection.close()
    case.script("compare.py", "untouched", one.direct, "--users", users, "--before", case.state_file, expect=1)


@scenario
def realistic(case):
    """Dovecot to Dovecot over TLS: 2,000 realistic messages in 26 folders, and every message of the corpus. Twice: nothing twice."""
    users = case.users()
    origin, destination = case.server("origin", "dovecot", users), case.server("destination", "dovecot", users)
    case.fill(origin, "--realistic", "--messages", size(case, 2000, 400))
    in_corpus(case, origin)
    case.remember(origin)
    case.new(origin, destination, tls=True)
    case.migrate()
    case.untouched(origin)
    case.judge(origin, destination)
    held = [destination.stored(u) for u in ("anna", "bruno")]
    case.run()
    check([destination.stored(u) for u in ("anna", "bruno")] == held, "a second run copied something again")
    case.judge(origin, destination)


@scenario
def dots(case):
    """Separator / without prefix to separator . below INBOX., folder names with a dot in them too; then back again."""
    users = case.users("anna:segreta")
    slash, dot = case.server("slash", "dovecot", users), case.server("dot", "dovecot", users, SEP=".", PREFIX="INBOX.")
    case.fill(slash, "--realistic", "--messages", size(case, 500, 200))
    connection = Imap(slash.direct, "anna", "segreta")
    body = b"Subject: punto\r\nFrom: a@example.it\r\n\r\nciao\r\n"
    for folder in ("Fatture S.r.l", "Studio A.B. & C/Anno 2.0", "Archivio/v1.2"):
        connection.create("/".join(encode_name(s) for s in folder.split("/")))
        connection.append("/".join(encode_name(s) for s in folder.split("/")), [("\\Seen", "02-Mar-2020 10:00:00 +0100", body + folder.encode() + b"\r\n")])
    connection.close()
    case.remember(slash)
    case.new(slash, dot)
    case.migrate()
    case.untouched(slash)
    case.judge(slash, dot, ledger=True)
    back = case.server("back", "dovecot", users)
    case.dir = case.folder / "back"
    case.new(dot, back)
    case.migrate()
    case.judge(dot, back, ledger=True)


@scenario
def special_folders(case):
    """Italian names at the origin, special-use attributes at the destination: the mail goes into the destination's own folders."""
    users = case.users("anna:segreta")
    origin = case.server("origin", "dovecot", users)
    destination = case.server("destination", "dovecot", users, SPECIAL="1")
    case.fill(origin, "--realistic", "--messages", size(case, 400, 150))
    case.new(origin, destination)
    case.migrate()
    case.judge(origin, destination, ledger=True, rules={
        "Posta inviata": "Sent", "Bozze": "Drafts", "Cestino": "Trash", "Posta indesiderata": "Junk", "Archivio": "Archive"})


def between(case, kinds, allow, told, messages):
    users = case.users()
    origin, destination = case.server("origin", kinds[0], users), case.server("destination", kinds[1], users)
    case.fill(origin, "--realistic", "--messages", messages)
    in_corpus(case, origin)
    case.remember(origin)
    case.new(origin, destination, tls=True)
    code = case.migrate(expect=(OK, EXCEPTIONS))
    case.untouched(origin)
    judging = {"allow": allow, "ledger": True, "options": ("--told-altered",) if "courier" in kinds else ()}
    verdict = case.judge(origin, destination, expect_told=told, **judging)
    ledger = len(contract.exceptions(case.report(), case.dir))
    check(code == (EXCEPTIONS if ledger else OK), f"exit code {code} with {ledger} exceptions")
    check(verdict["told"] + verdict["told_altered"] <= ledger, "more told than there are exceptions")
    held = case.report()
    case.run(expect=(OK, EXCEPTIONS))
    check(contract.tally(case.report()) == contract.tally(held), "a second run changed the outcome")
    case.judge(origin, destination, **judging)


@scenario
def into_cyrus(case):
    """Dovecot to Cyrus, which refuses bad header lines, NUL and some folder names: each is told, with its words and its copy."""
    between(case, ("dovecot", "cyrus"), (), 5, size(case, 1200, 400))


@scenario
def out_of_cyrus(case):
    """Cyrus to Dovecot."""
    between(case, ("cyrus", "dovecot"), DOVECOT_MAKES, 0, size(case, 1200, 400))


@scenario
def into_courier(case):
    """Dovecot to Courier: no literal without announcement, no MULTIAPPEND, no folder name beyond the BMP."""
    with COURIER:
        between(case, ("dovecot", "courier"), COURIER_MAKES, 0, size(case, 800, 300))


@scenario
def out_of_courier(case):
    """Courier to Dovecot."""
    with COURIER:
        between(case, ("courier", "dovecot"), DOVECOT_MAKES, 0, size(case, 800, 300))


@scenario
def cyrus_to_courier(case):
    """Neither of them Dovecot."""
    with COURIER:
        between(case, ("cyrus", "courier"), COURIER_MAKES, 0, size(case, 500, 200))


@scenario
def killed(case):
    """kill -9 at 200 random moments of one copy of 10,000 messages, at random octets of both sides; then it is finished."""
    count, kills = size(case, (10_000, 200), (1_000, 20))
    users = case.users("anna:segreta")
    origin, destination = case.server("origin", "dovecot", users), case.server("destination", "dovecot", users)
    case.fill(origin, "--simple", count, 1500)
    case.remember(origin)
    wires = {"origin": origin.through_wire(), "destination": destination.through_wire()}
    case.new(origin, destination)
    rng, done, early, ways = random.Random(200), 0, 0, collections.Counter()
    octets = count * 1500
    start = 1.0  # how long it takes until the first octets of a message leave; learned as we go
    while done < kills:
        left = 1 - destination.stored("anna") / count
        check(left > 0 or done == 0, f"all messages arrived after {done} kills of {kills}")
        step = max(2_000, int(2 * octets * left / (kills - done + 2)))
        way = rng.choice(("time", "send", "send", "send", "answer", "answer held", "read"))
        process = case.begin("run", case.dir, "--json")
        first = threading.Event()

        def kill():
            signal_to(process)
            first.set()

        # Whatever the way, it goes no further than `step`, so that work is left for the next two hundred.
        wires["destination"].at("up", rng.randint(1, step), kill)
        wires["destination"].at("up", 3_000, first.set, stop=False)
        timer = None
        if way == "answer":
            wires["destination"].at("down", rng.randint(1, 6_000), kill)
        elif way == "answer held":
            wires["destination"].at("down", rng.randint(500, 6_000), kill, hold=True)
        elif way == "read":
            wires["origin"].at("down", rng.randint(1, step), kill)
        elif way == "time":
            timer = threading.Timer(rng.uniform(0.005, 1.3 * start), kill)
            timer.start()
        begun = time.monotonic()
        while alive(process) and not first.wait(0.02):
            pass
        if way == "send":
            start = 0.8 * start + 0.2 * (time.monotonic() - begun)
        ended = case.finish(process, expect=(OK, EXCEPTIONS, STOPPED, -signal.SIGKILL), timeout=90)[0]
        if timer:
            timer.cancel()
        for wire in wires.values():
            wire.forget()
        if ended == -signal.SIGKILL:
            done, ways[way] = done + 1, ways[way] + 1
        else:
            early += 1
            check(early < kills, f"the program ended by itself {early} times ({ended})")
        for old in case.out.glob("*-run.*"):
            old.unlink()
    case.say(f"{done} kills; {destination.stored('anna')} of {count} messages had arrived by then; the program ended by itself {early} times; {dict(ways)}")
    case.migrate()
    case.untouched(origin)
    case.judge(origin, destination)


def wait_until(condition, process, text, timeout=120):
    end = time.monotonic() + timeout
    while not condition():
        check(alive(process), f"the program ended before {text}")
        check(time.monotonic() < end, f"waited {timeout} s until {text}")
        time.sleep(0.005)


def finish_later(case, process, origin, destination, **judging):
    """The interrupted run ends in some honest way; the next ones bring the rest."""
    code, out, err = case.finish(process, expect=(OK, EXCEPTIONS, STOPPED))
    for _ in range(4):
        if code == OK:
            break
        code = case.run(expect=(OK, EXCEPTIONS, STOPPED))
    check(code == OK, f"the runs after it still give {code}")
    case.migrate()
    case.judge(origin, destination, **judging)
    return out + err


@scenario
def cut(case):
    """Both servers' connections break again and again after random numbers of octets."""
    users = case.users("anna:segreta")
    origin, destination = case.server("origin", "dovecot", users), case.server("destination", "dovecot", users)
    case.fill(origin, "--realistic", "--messages", size(case, 500, 200))
    case.remember(origin)
    cuts = size(case, 30, 8)
    for server, seed in ((origin, 3), (destination, 4)):
        server.through_wire(seed).cut_after(200, 3_000_000, cuts)
    case.new(origin, destination)
    code = STOPPED
    for _ in range(60):
        code = case.run(expect=(OK, EXCEPTIONS, STOPPED))
        if code == OK:
            break
    check(code == OK, f"sixty runs later it still gives {code}")
    case.say(f"cuts left: origin {origin.wire.cuts}, destination {destination.wire.cuts}")
    for server in (origin, destination):
        server.wire.cut_after(0, 0, 0)
    case.migrate()
    case.untouched(origin)
    case.judge(origin, destination)


@scenario
def restarted(case):
    """First the destination, then the origin crashes in the middle of a copy and comes back two seconds later."""
    count = size(case, 6_000, 2_000)
    users = case.users("anna:segreta")
    for victim in ("destination", "origin"):
        origin, destination = case.server(f"o-{victim[0]}", "dovecot", users), case.server(f"d-{victim[0]}", "dovecot", users)
        case.fill(origin, "--simple", count, 4000)
        case.dir = case.folder / victim
        case.new(origin, destination)
        process = case.begin("run", case.dir, "--json")
        wait_until(lambda: destination.stored("anna") > count // 5, process, "a fifth had arrived")
        server = destination if victim == "destination" else origin
        server.stop(now=True)
        time.sleep(2)
        server.start()
        finish_later(case, process, origin, destination)


@scenario
def over_quota(case):
    """The destination's quota is too small: said clearly, nothing lost; raised, the next run finishes."""
    users = case.users("anna:segreta")
    extra = case.folder / "quota.conf"

    def quota(megabytes):
        extra.write_text("protocol imap {\n  mail_plugins = $mail_plugins quota imap_quota\n}\n"
                         f"plugin {{\n  quota = count:User quota\n  quota_vsizes = yes\n  quota_rule = *:storage={megabytes}M\n}}\n")

    quota(4)
    origin, destination = case.server("origin", "dovecot", users), case.server("destination", "dovecot", users, EXTRA=str(extra))
    case.fill(origin, "--simple", 1000, 9000)
    case.remember(origin)
    case.new(origin, destination)
    process = case.begin("run", case.dir, "--json")
    code, out, err = case.finish(process, expect=(EXCEPTIONS, STOPPED), timeout=300)
    said = out + err + json.dumps(contract.exceptions(case.report(), case.dir))
    check(re.search("quota|full|pien", said, re.I), f"nothing about the quota was said:\n{tail(out)}\n{tail(err)}")
    check(200 < destination.stored("anna") < 1000, f"{destination.stored('anna')} messages fitted into 4 MB")
    quota(400)
    destination.start()
    case.run()
    case.migrate()
    case.untouched(origin)
    case.judge(origin, destination)


@scenario
def disk_full(case):
    """The disk of the project's folder fills up in the middle: stopped with a clear message; freed, the next run finishes."""
    users = case.users("anna:segreta")
    origin, destination = case.server("origin", "dovecot", users), case.server("destination", "dovecot", users)
    case.fill(origin, "--simple", 8_000, 2_000)
    case.remember(origin)
    case.dir.mkdir()
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64m,mode=755", "traghetto-disk", case.dir], capture_output=True, text=True)
    check(done.returncode == 0, f"no small disk to be had: {done.stderr}")
    case.new(origin, destination)
    case.cli("check", case.dir)
    ballast = case.dir / "ballast"

    def leave(octets):
        with open(ballast, "wb") as file:
            free = os.statvfs(case.dir)
            size = free.f_bavail * free.f_frsize - octets
            for _ in range(max(0, size) // MIB):
                file.write(bytes(MIB))
            file.write(bytes(max(0, size) % MIB))

    stopped = 0
    for room in (16 << 10, 400 << 10, 1500 << 10, 3 * MIB):
        leave(room)
        code, out, err = case.cli("run", case.dir, "--json", expect=(OK, EXCEPTIONS, STOPPED), timeout=300)
        if code != OK:
            stopped += 1
            check(re.search("disk|space|full|disco|spazio", out + err, re.I), f"nothing about the disk was said:\n{tail(out)}\n{tail(err)}")
        ballast.unlink()
    check(stopped >= 2, f"the disk filled up {stopped} times")
    case.say(f"stopped {stopped} times, {destination.stored('anna')} messages had arrived")
    case.run()
    case.migrate()
    case.untouched(origin)
    case.judge(origin, destination)


@scenario
def archive(case):
    """Dovecot to a local archive, and every message of the corpus; Dovecot serves it as it is; from the archive into another Dovecot."""
    users = case.users()
    origin, destination = case.server("origin", "dovecot", users), case.server("destination", "dovecot", users)
    case.fill(origin, "--realistic", "--messages", size(case, 2000, 400))
    in_corpus(case, origin)
    case.remember(origin)
    store = Archive(case.folder / "archivio")
    case.new(origin, store)
    begun = time.monotonic()
    case.migrate()
    case.say(f"into the archive: {time.monotonic() - begun:.1f} s")
    case.untouched(origin)
    held = sorted(store.path.rglob("*"))
    case.run()
    check(sorted(store.path.rglob("*")) == held, "a second run copied something again")
    served = case.server("served", "dovecot", users, SEP=".")
    store.serve(served)
    case.judge(origin, served)
    numbers = (store.path / "anna" / "dovecot-uidlist").read_text().splitlines()
    connection = Imap(served.direct, "anna", "segreta")
    connection.examine("INBOX")
    uids = sorted(int(row[b"UID"]) for row in connection.fetch(b"UID FLAGS"))
    connection.close()
    complaints = [line for line in (served.data / "log" / "dovecot.log").read_text().splitlines() if " Error: " in line or " Panic: " in line]
    check(not complaints, "Dovecot complains of the archive:\n" + "\n".join(complaints[:5]))
    check(uids == [int(line.split()[0]) for line in numbers[1:]], "Dovecot has other UIDs")
    case.dir = case.folder / "back"
    case.new(store, destination, users=users)
    case.migrate()
    check(sorted(store.path.rglob("*")) == held, "the archive was written to")
    case.judge(origin, destination)


@scenario
def archive_full(case):
    """The disk of the archive fills up in the middle: stopped with a clear message; freed, the next run finishes."""
    users = case.users("anna:segreta")
    origin, destination = case.server("origin", "dovecot", users), case.server("destination", "dovecot", users)
    case.fill(origin, "--simple", 4_000, 8_000)
    store = Archive(case.folder / "archivio")
    store.path.mkdir()
    case.mounted = store.path
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=24m,mode=755", "traghetto-disk", store.path], capture_output=True, text=True)
    check(done.returncode == 0, f"no small disk to be had: {done.stderr}")
    case.new(origin, store)
    _, out, err = case.cli("run", case.dir, expect=STOPPED, timeout=300)
    check("The disk that holds the local archive is full" in out + err, f"nothing about the archive's disk was said:\n{tail(out)}\n{tail(err)}")
    subprocess.run(["umount", store.path], check=True)
    _, out, err = case.cli("run", case.dir, expect=STOPPED, timeout=300)
    check("The local archive is not there" in out + err, f"nothing about the missing disk was said:\n{tail(out)}\n{tail(err)}")
    check(not list(store.path.iterdir()), "something was written where the disk is not")
    # A larger disk; what had been copied went with the other.
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=200m,mode=755", "traghetto-disk", store.path], check=True)
    case.dir = case.folder / "larger"
    case.new(origin, store)
    case.migrate()
    case.dir = case.folder / "back"
    case.new(store, destination, users=users)
    case.migrate()
    case.judge(origin, destination)


@scenario
def archive_big(case):
    """A message of 150 MB into an archive and out of it, in at most 100 MiB."""
    users = case.users("anna:segreta")
    origin, destination = case.server("origin", "dovecot", users), case.server("destination", "dovecot", users)
    case.fill(origin, "--big", 150)
    store = Archive(case.folder / "archivio")
    case.new(origin, store)
    case.migrate()
    case.dir = case.folder / "back"
    case.new(store, destination, users=users)
    case.migrate()
    memory(case, 100)
    case.judge(origin, destination)


@scenario
def canary(case):
    """A password that is nowhere else: no file, no output, no argument of a process holds it, plain or in base64, whole or in part."""
    secrets = {"anna": "Canarino-4711:Giallo", "bruno": "Pappagallo\"8\\verde", "carla": "Cocorita 99 blu", "master": "masterpw"}
    right = case.users(*(f"{u}:{p}" for u, p in secrets.items() if u != "master"))
    origin, destination = case.server("origin", "dovecot", right), case.server("destination", "dovecot", right)
    case.fill(origin, "--simple", 3000 if not case.quick else 300, 1500)
    secrets["wrong"] = "Fenicottero-sbagliato-12"
    wrong = case.users(*(f"{u}:{secrets[u] if u != 'carla' else secrets['wrong']}" for u in ("anna", "bruno", "carla")))
    case.passphrase = case.env["TRAGHETTO_PASSPHRASE"] = secrets["phrase"] = "Albatro-in-volo-33"
    case.new(origin, destination, users=wrong)
    arguments = set()
    case.cli("users", "list", case.dir)
    case.cli("check", case.dir, expect=(EXCEPTIONS, STOPPED))
    process = case.begin("run", case.dir, "--json")
    while alive(process) and len(arguments) < 50:
        arguments.add(pathlib.Path(f"/proc/{process.pid}/cmdline").read_bytes())
        time.sleep(0.02)
    case.finish(process, expect=(EXCEPTIONS, STOPPED))
    case.cli("users", "import", case.dir, right)
    # A crash in the middle, for whatever a dying process leaves behind.
    process = case.begin("run", case.dir)
    time.sleep(0.3)
    signal_to(process, signal.SIGABRT)
    case.finish(process, expect=(OK, EXCEPTIONS, STOPPED, -signal.SIGABRT))
    case.migrate()
    for form in ("html", "csv", "json"):
        case.cli("report", case.dir, "--format", form)
    case.judge(origin, destination)

    for user in ("anna", "bruno", "carla"):
        secrets[f"plain {user}"] = base64.b64encode(f"\0{user}\0{secrets[user]}".encode()).decode()
    needles = {}
    for what, secret in secrets.items():
        needles[what] = secret.encode()
        needles[f"{what} escaped"] = json.dumps(secret)[1:-1].encode()
        for shift in range(3):  # base64 at each alignment, without the characters its neighbours decide
            text = base64.b64encode(b"\0" * shift + secret.encode()).rstrip(b"=")
            needles[f"{what} base64+{shift}"] = text[-(-shift * 8 // 6) + (1 if shift else 0) : -1]
        needles[f"{what} hex"] = secret.encode().hex().encode()
    searched, found = 0, []
    hosts = {right, wrong}
    for path in case.folder.rglob("*"):
        if not path.is_file() or path in hosts:
            continue
        searched += 1
        data = path.read_bytes()
        found += [f"{what} in {path.relative_to(case.folder)}" for what, needle in needles.items() if len(needle) > 5 and needle in data]
    found += [f"{what} among the arguments" for what, needle in needles.items() for a in arguments if needle in a]
    case.say(f"{searched} files and {len(arguments)} argument lists searched")
    check(searched > 10, f"only {searched} files were written at all")
    check(not found, "secrets in the open: " + "; ".join(found[:8]))
    vault = [p for p in case.folder.rglob("*") if p.is_file() and "vault" in p.name]
    for path in vault:
        check(path.stat().st_mode & 0o077 == 0, f"{path.name} may be read by others")


@scenario
def empty_message(case):
    """A message of no octets, which Dovecot shows but does not take: an exception with its (empty) copy, everything else arrives."""
    users = case.users("anna:segreta")
    origin, destination = case.server("origin", "dovecot", users), case.server("destination", "dovecot", users)
    case.fill(origin, "--realistic", "--messages", 100)
    for number in range(2):
        path = origin.data / "mail/anna/Maildir/cur" / f"160000000{number}.M1P1.prova:2,S"
        path.write_bytes(b"")
        shutil.chown(path, "rigmail", "rigmail")
    case.remember(origin)
    case.new(origin, destination)
    check(case.migrate(expect=(OK, EXCEPTIONS)) == EXCEPTIONS, "two messages were refused and the exit code is 0")
    case.untouched(origin)
    case.judge(origin, destination, ledger=True, expect_told=2)


@scenario
def delta(case):
    """After the copy new mail comes in and flags change: `complete` brings exactly that. What is deleted at the origin stays at the destination."""
    users = case.users("anna:segreta")
    origin, destination = case.server("origin", "dovecot", users), case.server("destination", "dovecot", users)
    case.fill(origin, "--realistic", "--messages", size(case, 400, 150))
    case.new(origin, destination)
    case.run()
    connection = Imap(origin.direct, "anna", "segreta")
    for folder in ("INBOX", "Archivio/2019", "Vuota"):
        connection.append(folder, [("\\Flagged", "05-May-2024 05:05:05 +0200", b"Subject: arrivato dopo %d\r\n\r\n%s\r\n" % (i, folder.encode())) for i in range(4 if folder == "INBOX" else 3)])
    connection.create("Cartella nuova")
    connection.run(b'SUBSCRIBE "Cartella nuova"')
    connection.run(b"SELECT INBOX")
    connection.run(b"UID STORE 1:5 +FLAGS.SILENT (\\Flagged visto_dopo)")
    connection.run(b"UID STORE 6:9 -FLAGS.SILENT (\\Seen)")
    _, out, err = case.cli("complete", case.dir)
    check(re.search(r"\b10 additional messages", out + err), f"not '10 additional messages':\n{tail(out)}\n{tail(err)}")
    case.migrate()
    case.judge(origin, destination)
    connection.run(b"UID STORE 1:3 +FLAGS.SILENT (\\Deleted)")
    connection.run(b"UID EXPUNGE 1:3")
    connection.close()
    held = destination.stored("anna")
    case.run(expect=(OK, EXCEPTIONS))
    check(destination.stored("anna") == held, "messages deleted at the origin were deleted at the destination")
    case.judge(origin, destination, options=("--present",))


@scenario
def adopted(case):
    """Another tool has brought half of it already: those messages are adopted after full comparison, none arrives twice."""
    users = case.users("anna:segreta")
    origin, destination = case.server("origin", "dovecot", users), case.server("destination", "dovecot", users)
    for server, count in ((origin, 600), (destination, 600)):
        case.fill(server, "--simple", count, 3000)
    connection = Imap(destination.direct, "anna", "segreta")
    connection.run(b"SELECT INBOX")
    connection.run(b"UID STORE 301:* +FLAGS.SILENT (\\Deleted)")
    connection.run(b"EXPUNGE")
    connection.close()
    case.new(origin, destination)
    case.migrate()
    states = contract.tally(case.report())[1]
    check(states["adopted"] + states["verified"] + states["acked"] == 600, f"{states}")
    case.judge(origin, destination)


@scenario
def many_accounts(case):
    """Twenty accounts at once."""
    users = case.users(*(f"utente{i}:parola{i}:utente{i}@example.org" for i in range(20)))
    both = case.users(*(f"utente{i}:parola{i}" for i in range(20)))
    origin, destination = case.server("origin", "dovecot", both), case.server("destination", "dovecot", both)
    case.fill(origin, "--simple", size(case, 200, 50), 6000)
    case.remember(origin)
    case.new(origin, destination, users=users, options=("--destination-login", "localpart", "--mailboxes", "6"))
    case.migrate()
    case.untouched(origin)
    case.judge(origin, destination)


@scenario
def exit_codes(case):
    """1 for a usage or plan error, 3 for a refused login or a server that is not there, 130 for an interruption; two runs exclude each other."""
    users = case.users("anna:segreta")
    origin, destination = case.server("origin", "dovecot", users), case.server("destination", "dovecot", users)
    case.fill(origin, "--simple", size(case, 8000, 3000), 4000)
    case.cli("run", case.folder / "nowhere", expect=USAGE)
    case.cli("run", expect=USAGE)
    case.cli("nonsense", expect=USAGE)
    case.cli("new", case.folder / "bad", "--origin", "ftp://x", "--destination", destination.url(), expect=USAGE)
    case.new(origin, destination)
    case.cli("new", case.dir, "--origin", origin.url(), "--destination", destination.url(), "--users", users, expect=USAGE)
    process = case.begin("run", case.dir, "--json")
    wait_until(lambda: destination.stored("anna") > 500, process, "500 had arrived")
    _, out, err = case.cli("run", case.dir, expect=(USAGE, STOPPED))
    check(out + err, "a second run beside the first says nothing")
    signal_to(process, signal.SIGINT)
    case.finish(process, expect=INTERRUPTED, timeout=30)
    check(destination.stored("anna") < size(case, 8000, 3000), "the interruption came too late to mean anything")
    destination.stop()
    case.run(expect=STOPPED)
    destination.start()
    case.migrate()
    case.judge(origin, destination)
    case.dir = case.folder / "wrong"
    case.new(origin, destination, users=case.users("anna:sbagliata"))
    case.cli("check", case.dir, expect=STOPPED)
    case.run(expect=STOPPED)


@scenario
def dry(case):
    """--dry-run and check change nothing on either side."""
    users = case.users("anna:segreta")
    origin, destination = case.server("origin", "dovecot", users), case.server("destination", "dovecot", users)
    case.fill(origin, "--realistic", "--messages", 200)
    case.remember(origin)
    empty = case.folder / "empty.json"
    case.script("compare.py", "snapshot", destination.direct, "--users", users, "--out", empty)
    case.new(origin, destination)
    case.cli("check", case.dir)
    case.cli("run", case.dir, "--dry-run")
    case.untouched(origin)
    case.script("compare.py", "untouched", destination.direct, "--users", users, "--before", empty)


# Passwords as people choose them, and as lists hold them: each has to arrive to the octet.
ODD = {"anna": 'se:g"re\'ta &<>;,\\ ß😀', "bruno": " spazio davanti", "carla": "lunga" * 40, "dario": "=1+1", "elena": "x: y"}


def alien(case, server):
    """The odd passwords in a spreadsheet's form, and what a provisioner for this Dovecot is told."""
    aliases = case.folder / "virtual"
    config = case.folder / "dovecot.ini"
    config.write_text(f"[dovecot]\nusers = {server.data / 'etc/users'}\naliases = {aliases}\nsettle = 1\n")
    example = ROOT / "packaging/examples/dovecot-passwd-file.py"
    return ["--provision", example, "--provision-arg", config], aliases


def no_secrets(case):
    """No password in anything the program wrote, but the vault."""
    written = [p for p in [*case.out.rglob("*"), *case.dir.rglob("*")] if p.is_file() and p.name != "vault.sealed"]
    for path in written:
        octets = path.read_bytes()
        for password in ODD.values():
            check(len(password) < 6 or password.encode() not in octets, f"a password stands in {path.name}")


@scenario
def accounts(case):
    """A list and a Dovecot without users: accounts are made by a program, users log in with their old passwords, all mail is there; again, messages only, passwords only."""
    users = case.users(*(f"{login}:{password}" for login, password in ODD.items()))
    listed = case.users(*(f"{login}:{password}:{login}@nuova.example" for login, password in ODD.items()))
    nobody = case.folder / "nobody"
    nobody.write_text("")
    origin, destination = case.server("origin", "dovecot", users), case.server("destination", "dovecot", nobody)
    case.fill(origin, "--realistic", "--messages", size(case, 120, 40))
    case.remember(origin)
    how, aliases = alien(case, destination)
    case.new(origin, destination, users=listed, options=("--destination-login", "localpart", "--scope", "accounts", *how))
    _, out, _ = case.cli("accounts", case.dir, "--json")
    results = [one["result"] for one in map(json.loads, out.splitlines()) if one.get("event") == "account_prepared"]
    check(results == ["would_create"] * len(ODD), f"a look says {results}")
    check((destination.data / "etc/users").read_text() == "", "a look has made accounts")
    case.cli("run", case.dir, "--dry-run")
    check((destination.data / "etc/users").read_text() == "", "a dry run has made accounts")
    case.migrate()
    case.untouched(origin)
    case.judge(origin, destination)
    made = (destination.data / "etc/users").read_bytes()
    check(made.count(b"\n") == len(ODD) and not any(p.encode() in made for p in ODD.values()), "not one line each, or a password in clear")
    for scope in ("accounts", "messages", "passwords"):
        case.cli("run", case.dir, "--scope", scope)
        check((destination.data / "etc/users").read_bytes() == made, f"a second run with --scope {scope} changed the accounts")
    case.judge(origin, destination)
    no_secrets(case)

    # Accounts that exist: only their password is set, and only with that scope.
    other = case.server("other", "dovecot", case.users(*(f"{login}:altra" for login in ODD)))
    how, _ = alien(case, other)
    case.dir = case.folder / "passwords"
    case.new(origin, other, users=listed, options=("--destination-login", "localpart", "--scope", "passwords", *how))
    before = (other.data / "etc/users").read_bytes()
    case.cli("run", case.dir, "--scope", "messages", expect=STOPPED)
    check((other.data / "etc/users").read_bytes() == before, "messages only has changed the accounts")
    case.cli("run", case.dir)
    for login, password in ODD.items():
        Imap(other.direct, login, password)
    check(sum(other.stored(login) for login in ODD) == 0, "passwords only has moved messages")
    report = json.loads(case.cli("report", case.dir, "--format", "json", expect=None)[1])
    check(all(a["setup"]["password_set"] for a in report["accounts"]), "the report does not say that the passwords were set")
    no_secrets(case)


def memory(case, limit):
    check(case.peak <= limit * MIB, f"peak memory {case.peak / MIB:.0f} MiB, {limit} allowed")
    case.say(f"peak memory {case.peak / MIB:.0f} MiB")


@scenario
def memory_many(case):
    """A folder of 200,000 messages in at most 100 MiB."""
    users = case.users("anna:segreta")
    origin, destination = case.server("origin", "dovecot", users, FSYNC="never"), case.server("destination", "dovecot", users, FSYNC="never")
    case.fill(origin, "--simple", size(case, 200_000, 20_000), 700)
    case.new(origin, destination)
    begun = time.monotonic()
    case.run()
    case.say(f"run: {time.monotonic() - begun:.1f} s")
    memory(case, 100)
    case.cli("complete", case.dir)
    case.cli("verify", case.dir, "--level", "sample")
    case.report()
    memory(case, 100)
    case.judge(origin, destination)


@scenario
def memory_big(case):
    """A message of 150 MB in at most 100 MiB."""
    users = case.users("anna:segreta")
    origin, destination = case.server("origin", "dovecot", users), case.server("destination", "dovecot", users)
    case.fill(origin, "--big", 150)
    case.new(origin, destination)
    case.migrate()
    memory(case, 100)
    case.judge(origin, destination)


# Long ones first, so that the lanes end together.
ORDER = ["killed", "memory-many", "realistic", "into-courier", "cut", "into-cyrus"]


def carry_out(name, rig, options):
    case, begun = Case(name, rig, options.quick), time.monotonic()
    try:
        SCENARIOS[name](case)
        error = None
    except (Failure, contract.Broken) as failure:
        error = str(failure)
    except Exception:  # whatever goes wrong in one scenario, the others go on
        error = traceback.format_exc()
    took = time.monotonic() - begun
    lines = [f"{'FAIL' if error else 'PASS'} {name} {took:.1f} s"]
    if error:
        lines += ["    " + line for line in error.splitlines()]
        lines.append(f"    kept: {case.folder}")
    if error or options.verbose:
        lines += ["    " + line for text in case.told for line in text.splitlines()]
    print("\n".join(lines), flush=True)
    case.close(keep=options.keep or (bool(error) and not os.environ.get("CI")))
    return not error


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--keep", action="store_true")
    parser.add_argument("--verbose", action="store_true")
    options = parser.parse_args()
    if options.list:
        for name, function in SCENARIOS.items():
            print(f"{name:18} {function.__doc__}")
        return 0
    unknown = set(options.names) - set(SCENARIOS)
    if unknown:
        parser.error(f"no scenario {', '.join(sorted(unknown))}; see --list")
    names = options.names or sorted(SCENARIOS, key=lambda n: ORDER.index(n) if n in ORDER else len(ORDER))
    if os.geteuid() != 0 and os.environ.get("TRAGHETTO_SUDO") is None:
        os.environ["TRAGHETTO_SUDO"] = "1"
        os.execvp("sudo", ["sudo", "-n", "--preserve-env", sys.executable, __file__, *sys.argv[1:]])
    if not CLI.exists() and names != ["judge"]:
        print(f"there is no {CLI}: build it, or set TRAGHETTO_CLI", file=sys.stderr)
        return 1
    if not CORPUS:
        print("left out: the corpus of real messages (TRAGHETTO_CORPUS)")
    if options.quick:
        print("left out: the full size of the scenarios (--quick)")
    rig = subprocess.run(["bash", "-c", f". '{SERVERS}/lib.sh'; mkdir -p \"$rig\"; echo \"$rig\""], capture_output=True, text=True, check=True).stdout.strip()
    os.environ["TRAGHETTO_RIG"] = rig
    with ThreadPoolExecutor(max(1, options.jobs)) as pool:
        outcome = list(pool.map(lambda n: carry_out(n, pathlib.Path(rig), options), names))
    print(f"{sum(outcome)} passed, {len(outcome) - sum(outcome)} failed")
    return 0 if all(outcome) else 1


if __name__ == "__main__":
    sys.exit(main())
