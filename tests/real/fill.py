#!/usr/bin/env python3
"""Fills mailboxes for the tests, over IMAP, the same octets for the same seed.

  fill.py URL --users FILE [--seed N] WHAT...
  WHAT   --realistic            2,000 messages, about 220 MB, in 26 folders, into the first account (--messages N: fewer)
         --corpus DIR           every file of DIR/real (and DIR/hostile with --hostile), into the second account or the only one
         --simple N SIZE        N messages of SIZE octets in one folder (INBOX unless --folder), into every account
         --account LOGIN        into this account only
         --each N               shorthand for `--simple N 8192` over all accounts
         --big MB               one message of so many megabytes

Prints what the server refused: such a message is then not on the origin at all, so nobody can lose it.
"""

import argparse
import base64
import pathlib
import random
import re
import sys
from concurrent.futures import ThreadPoolExecutor

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).parent))
from imap import Imap, Refused, date_text, quoted, users  # noqa: E402

WORDS = """consegna fattura riunione preventivo allegato spedizione cliente contratto scadenza ordine magazzino bilancio
offerta progetto relazione firma documento pagamento bonifico sollecito conferma appuntamento trasferta rimborso città perché
più però società qualità attività responsabilità verrà metà lunedì venerdì""".split()
PEOPLE = ["Anna Bianchi", "Bruno Esposito", "Chiara D'Amico", "Dario Nicolò", "Élise Dupont", "Jürgen Groß", "Marta Żak", "李 小龍"]
FOLDERS = [
    ["INBOX"], ["Posta inviata"], ["Bozze"], ["Cestino"], ["Posta indesiderata"], ["Archivio"], ["Archivio", "2019"],
    ["Archivio", "2019", "Gennaio"], ["Archivio", "2020"], ["Clienti"], ["Clienti", "Rossi & Figli"],
    ["Clienti", "Perché no? (sì!)"], ["Clienti", "Müller GmbH"], ["Progetti"], ["Progetti", "🚀 Lancio"],
    ["Progetti", "Città dell’Acqua"], ["Fatture ricevute"], ["Fatture ricevute", "Attività"], ["Отчёты"], ["名前 と 住所"],
    ["Lista [interna]"], ["Ferie ☀️ 2024"], ["a'b;c, d=e+f"], ["Vuota"], ["Vuota", "Ancora più vuota"], ["Molto " + "lunga " * 12 + "fine"],
]
EMPTY = (["Vuota"], ["Vuota", "Ancora più vuota"])
NOT_SUBSCRIBED = (["Archivio", "2020"], ["Lista [interna]"], ["Vuota", "Ancora più vuota"])
KEYWORDS = ["$Forwarded", "$MDNSent", "$Label1", "$Label5", "NonJunk", "Lavoro", "da_pagare"]
ZONES = [0, 60, 120, -300, -210, 345, 720]


def fold(data, width=76):
    text = base64.b64encode(data)
    return b"\r\n".join(text[i : i + width] for i in range(0, len(text), width)) + b"\r\n"


def sentence(rng):
    return " ".join(rng.choice(WORDS) for _ in range(rng.randint(6, 14))).capitalize() + "."


def header(rng, number, subject, message_id=True, extra=b""):
    who, to = rng.choice(PEOPLE), rng.choice(PEOPLE)
    out = b"Return-Path: <a%d@example.it>\r\nReceived: from mx%d.example.it (mx%d.example.it [192.0.2.%d])\r\n\tby mail.example.org with ESMTPS id %08x;\r\n\t%s\r\n" % (
        number, number % 9, number % 9, number % 254, rng.getrandbits(32), date_text(1_000_000_000 + number * 3600).encode())
    out += b"From: " + encoded(who) + b" <a%d@example.it>\r\nTo: " % number + encoded(to) + b" <b@example.org>\r\nSubject: " + subject + b"\r\n"
    if message_id:
        out += b"Message-ID: <%016x.%d@example.it>\r\n" % (rng.getrandbits(64), number)
    return out + extra


def encoded(text):
    if text.isascii():
        return b'"' + text.encode() + b'"'
    return b"=?utf-8?B?" + base64.b64encode(text.encode()) + b"?="


def plain(rng, number, size, **options):
    subject = options.pop("subject", None) or encoded(sentence(rng)[:40])
    body = bytearray()
    while len(body) < size:
        body += b"\r\n".join(sentence(rng).encode() for _ in range(40)) + b"\r\n\r\n"
    head = header(rng, number, subject, extra=b"MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n", **options)
    return head + b"\r\n" + bytes(body[:size]).decode("utf-8", "ignore").encode().rstrip(b"\r\n") + b"\r\n"


def with_attachment(rng, number, size):
    line = b"=_limite_%08x" % rng.getrandbits(32)
    head = header(rng, number, encoded(sentence(rng)[:50]), extra=b'MIME-Version: 1.0\r\nContent-Type: multipart/mixed;\r\n\tboundary="' + line + b'"\r\n')
    text = b"--" + line + b"\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<p>Citt=C3=A0 e perch=C3=A9=20</p>\r\n"
    file = b"--" + line + b"\r\nContent-Type: application/pdf; name*=utf-8''relazione%20finale%20%C3%A8.pdf\r\nContent-Disposition: attachment\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    return head + b"\r\n" + text + file + fold(rng.randbytes(size)) + b"--" + line + b"--\r\n"


def odd(rng, number):
    """Messages that real mailboxes hold and tools stumble over."""
    kind = number % 17
    short = lambda **o: plain(rng, number, rng.randint(200, 3000), **o)  # noqa: E731
    if kind == 0:
        return short(message_id=False)
    if kind == 1:
        return short(subject="Perché la società è così".encode("latin-1"))
    if kind == 2:
        return short(subject="Perché 日本 🚢 così".encode())
    if kind == 3:
        return short().replace(b"\r\n\r\n", b"\r\n\r\nuna riga\nsenza ritorno\n", 1)
    if kind == 4:
        return header(rng, number, b"solo intestazione") + b"\r\n"
    if kind == 5:
        return short() + b"x" * 997 + b"\r\n" + b"y" * 998 + b"\r\n" + b"z" * 10_500 + b"\r\n"
    if kind == 6:
        return short().rstrip(b"\r\n") + b" senza fine"
    if kind == 7:
        return short().replace(b"Received:", b"Recei ved:", 1)
    if kind == 8:
        return b"Solo testo, nessuna intestazione.\r\nSeconda riga %d.\r\n" % number
    if kind == 9:
        return b"\r\nCorpo dopo una riga vuota %d\r\n" % number
    if kind == 10:
        return b"Message-ID: <stesso@example.it>\r\nSubject: stesso identificativo\r\nFrom: a@example.it\r\n\r\nCorpo %d\r\n" % number
    if kind == 11:
        return b"From mittente@example.it Mon Jan  1 00:00:00 2001\r\n" + short()
    if kind == 12:
        return b"Subject: " + b"lungo " * 300 + b"\r\n" + short()
    if kind == 13:
        return b"X"
    if kind == 14:
        return b"\xef\xbb\xbf" + short()
    if kind == 15:
        return b"Subject: ritorno nudo %d\r\nFrom: a@example.it\r\n\r\nprima\rdopo\r\n" % number
    return short() + b"\x80\xff\xfe\xf0\x9f\x9a" + b"\r\n.\r\n..\r\nFrom qui\r\n+ OK\r\n)\r\nt1 OK fatto\r\n"


def flags(rng, folder):
    out = []
    for flag, chance in (("\\Seen", 0.7), ("\\Answered", 0.15), ("\\Flagged", 0.06), ("\\Deleted", 0.01)):
        if rng.random() < chance:
            out.append(flag)
    if folder == ["Bozze"]:
        out.append("\\Draft")
    if rng.random() < 0.2:
        out += rng.sample(KEYWORDS, rng.choice((1, 1, 1, 2, 3)))
    return " ".join(out)


def date(rng):
    return date_text(rng.randint(1_050_000_000, 1_790_000_000), rng.choice(ZONES))


def realistic(seed, total):
    """{folder segments: [(flags, date, body)]}: in the proportions of a company's mail, a tenth of it odd."""
    rng = random.Random(seed)
    filled = [tuple(f) for f in FOLDERS if f not in EMPTY]
    weights = [12, 8, 1, 4, 3] + [2] * (len(filled) - 5)
    out = {tuple(f): [] for f in FOLDERS}
    for number in range(total):
        folder = rng.choices(filled, weights)[0]
        roll = rng.random()
        if number in (total // 3, 2 * total // 3) and total >= 500:
            body = with_attachment(rng, number, 25 << 20)
        elif roll < 0.10:
            body = odd(rng, number)
        elif roll < 0.13 and out[folder]:
            was = rng.choice(out[folder])  # an exact duplicate, now and then with other flags or another date
            again = rng.choice((was, was, (flags(rng, list(folder)), was[1], was[2]), (was[0], date(rng), was[2])))
            out[folder].append(again)
            continue
        elif roll < 0.68:
            body = plain(rng, number, rng.randint(800, 12_000))
        elif roll < 0.92:
            body = with_attachment(rng, number, rng.randint(8_000, 80_000))
        else:
            body = with_attachment(rng, number, rng.randint(150_000, 860_000))
        out[folder].append((flags(rng, list(folder)), date(rng), body))
    return out


def corpus(directory, seed, hostile):
    rng, out = random.Random(seed), {}
    for kind in ("real", "hostile") if hostile else ("real",):
        for path in sorted((pathlib.Path(directory) / kind).glob("*.eml")):
            source = re.sub(r"-[0-9a-f]{12}$", "", path.stem)
            folder = ("Raccolta", source) if kind == "real" else ("Raccolta ostile",)
            out.setdefault(folder, []).append((flags(rng, folder), date(rng), path.read_bytes()))
    return out


def simple(seed, count, size):
    rng = random.Random(seed)
    filler = b"".join(b"".join(rng.choices((b"a", b"e", b"i", b"o", b"n", b"t", b"r", b" "), k=70)) + b"\r\n" for _ in range(max(1, size // 72 + 2)))
    for number in range(count):
        head = b"From: Anna <a%d@example.it>\r\nTo: b@example.org\r\nSubject: numero %d di %d\r\nMessage-ID: <%d.%08x@example.it>\r\nDate: Mon, 1 Jan 2024 10:00:00 +0100\r\n\r\n" % (
            number, number, count, number, rng.getrandbits(32))
        body = filler[: max(0, size - len(head) - 2)] + b"\r\n"
        yield ("\\Seen" if number % 3 else "", date_text(1_500_000_000 + number * 61, 60), head + body)


def put(connection, mailbox, subscribe=True):
    """Writes {segments: messages}; returns [(folder, index, words)] of what was refused."""
    refused = []
    for segments, messages in mailbox.items():
        name = connection.name(list(segments))
        try:
            if name != "INBOX":
                connection.create(name)
            if len(messages) > 1000:  # Dovecot reopens a large folder for every command otherwise
                connection.run(b"SELECT " + quoted(name))
            for index, words in connection.append(name, messages, batch=1000):
                refused.append(("/".join(segments), index, words))
            if subscribe and list(segments) not in NOT_SUBSCRIBED:
                connection.run(b"SUBSCRIBE " + quoted(name))
        except Refused as words:
            if "connection closed" in str(words):
                raise
            refused += [("/".join(segments), index, f"folder refused: {words}") for index in range(len(messages))]
    return refused


def into(url, login, password, mailbox):
    connection = Imap(url, login, password)
    refused = put(connection, mailbox)
    for name in connection.folders():  # a mailbox in use has been visited: Courier gives a folder its lasting UIDVALIDITY then
        connection.run(b"SELECT " + quoted(name))
    connection.close()
    return login, mailbox, refused


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("url")
    parser.add_argument("--users", required=True)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--realistic", action="store_true")
    parser.add_argument("--messages", type=int, default=2000)
    parser.add_argument("--corpus")
    parser.add_argument("--hostile", action="store_true")
    parser.add_argument("--simple", nargs=2, type=int, metavar=("N", "SIZE"))
    parser.add_argument("--each", type=int)
    parser.add_argument("--folder", default="INBOX")
    parser.add_argument("--account")
    parser.add_argument("--big", type=int)
    options = parser.parse_args()

    accounts = [a for a in users(options.users) if options.account in (None, a[0])]
    jobs = []
    if options.realistic:
        jobs.append((*accounts[0], realistic(options.seed, options.messages)))
    if options.corpus:
        jobs.append((*accounts[min(1, len(accounts) - 1)], corpus(options.corpus, options.seed, options.hostile)))
    count, size = options.simple or (options.each, 8192)
    if count:
        for index, account in enumerate(accounts):
            jobs.append((*account, {tuple(options.folder.split("/")): list(simple(options.seed + index, count, size))}))
    if options.big:
        rng = random.Random(options.seed)
        jobs.append((*accounts[0], {("INBOX",): [("", date(rng), with_attachment(rng, 1, options.big * 1_000_000 * 3 // 4))]}))
    if not jobs:
        parser.error("nothing to fill with")
    with ThreadPoolExecutor(2) as pool:
        for login, mailbox, refused in pool.map(lambda job: into(options.url, *job), jobs):
            every = [m for messages in mailbox.values() for m in messages]
            print(f"{login}: {len(every) - len(refused)} messages, {sum(len(m[2]) for m in every) / 1e6:.1f} MB, {len(mailbox)} folders"
                  + (f", {len(refused)} refused" if refused else ""))
            for folder, index, words in refused[:8]:
                print(f"    refused: {folder} {index}: {words[:120]}")


if __name__ == "__main__":
    main()
