"""A small IMAP reader and writer for the judge and the filler, over a bare socket.

Nothing of the program under test is in here, and nothing of imaplib either: that one is too slow for 200,000 messages and
waits for a reply to every literal. It reads with EXAMINE and BODY.PEEK only.
"""

import base64
import io
import re
import socket
import ssl
import time
from datetime import datetime, timedelta, timezone
from urllib.parse import urlsplit

CHUNK = 1 << 20
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
DATE = re.compile(rb'^\s*(\d{1,2})-(\w{3})-(\d{4}) (\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d)$')
LITERAL = re.compile(rb"\{(\d+)\+?\}$")


class Refused(Exception):
    """A tagged NO or BAD, or a connection that ended."""


def encode_name(name):
    """Modified UTF-7 of RFC 3501, 5.1.3."""
    out, wide = [], ""

    def flush():
        nonlocal wide
        if wide:
            out.append("&" + base64.b64encode(wide.encode("utf-16-be")).decode().rstrip("=").replace("/", ",") + "-")
            wide = ""

    for char in name:
        if " " <= char <= "~":
            flush()
            out.append("&-" if char == "&" else char)
        else:
            wide += char
    flush()
    return "".join(out)


def decode_name(name):
    def wide(match):
        text = match.group(1)
        if not text:
            return "&"
        data = base64.b64decode(text.replace(",", "/") + "=" * (-len(text) % 4))
        return data.decode("utf-16-be", "surrogatepass")

    return re.sub(r"&([A-Za-z0-9+,]*)-", wide, name)


def instant(date):
    """Seconds since 1970 of an INTERNALDATE."""
    match = DATE.match(date)
    if not match:
        raise ValueError(f"not a date: {date!r}")
    day, month, year, hour, minute, second, sign, zh, zm = match.groups()
    zone = timedelta(hours=int(zh), minutes=int(zm)) * (1 if sign == b"+" else -1)
    at = datetime(int(year), MONTHS.index(month.decode().title()) + 1, int(day), int(hour), int(minute), int(second))
    return int((at - zone - datetime(1970, 1, 1)).total_seconds())


def date_text(seconds, zone_minutes=0):
    at = datetime.fromtimestamp(seconds, timezone.utc) + timedelta(minutes=zone_minutes)
    sign, off = ("-", -zone_minutes) if zone_minutes < 0 else ("+", zone_minutes)
    return f"{at.day:02d}-{MONTHS[at.month - 1]}-{at.year} {at:%H:%M:%S} {sign}{off // 60:02d}{off % 60:02d}"


def quoted(text):
    data = text if isinstance(text, bytes) else text.encode()
    return b'"' + data.replace(b"\\", b"\\\\").replace(b'"', b'\\"') + b'"'


def tokens(parts):
    """Turns a response (text and literals by turns) into nested lists of bytes; an atom [x] keeps its brackets."""
    root = []
    stack = [root]
    for index, part in enumerate(parts):
        if index % 2:
            stack[-1].append(part)
            continue
        i, n = 0, len(part)
        while i < n:
            c = part[i]
            if c == 32:
                i += 1
            elif c == 40:
                fresh = []
                stack[-1].append(fresh)
                stack.append(fresh)
                i += 1
            elif c == 41:
                if len(stack) > 1:
                    stack.pop()
                i += 1
            elif c == 34:
                out, i = bytearray(), i + 1
                while i < n and part[i] != 34:
                    if part[i] == 92:
                        i += 1
                    out.append(part[i])
                    i += 1
                i += 1
                stack[-1].append(bytes(out))
            else:
                start, depth = i, 0
                while i < n and (depth or part[i] not in b" ()"):
                    depth += (part[i] == 91) - (part[i] == 93)
                    i += 1
                atom = part[start:i]
                stack[-1].append(LITERAL.sub(b"", atom))
                if index + 1 < len(parts) and i >= n and LITERAL.search(atom):
                    stack[-1].pop()
                    rest = LITERAL.sub(b"", atom)
                    if rest:
                        stack[-1].append(rest)
    return root


class Prompt(io.RawIOBase):
    """Reads a socket and acknowledges at once: Courier sends a message in two pieces and waits 40 ms between them otherwise."""

    def __init__(self, sock):
        self.sock, self.plain = sock, not isinstance(sock, ssl.SSLSocket) and hasattr(socket, "TCP_QUICKACK")

    def readable(self):
        return True

    def readinto(self, buffer):
        if self.plain:
            self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
        return self.sock.recv_into(buffer)


class Imap:
    def __init__(self, url, user, password, compress=False, timeout=300):
        parts = urlsplit(url)
        self.host, tls = parts.hostname, parts.scheme == "imaps"
        self.port = parts.port or (993 if tls else 143)
        for attempt in range(20):
            try:
                self.sock = socket.create_connection((self.host, self.port), timeout=timeout)
                break
            except ConnectionRefusedError:
                if attempt == 19:
                    raise
                time.sleep(0.25)
        self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if tls:
            context = ssl.create_default_context()
            context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
            self.sock = context.wrap_socket(self.sock, server_hostname=self.host)
        self.file = io.BufferedReader(Prompt(self.sock), CHUNK)
        self.count, self.exists, self.info = 0, 0, {}
        self.response()
        self.run(b"LOGIN " + quoted(user) + b" " + quoted(password))
        self.capabilities = {c.upper().decode() for row in self.run(b"CAPABILITY") if row[0][:12] == b"* CAPABILITY" for c in row[0].split()[2:]}
        self.prefix, self.separator = self.namespace()

    # -- wire --------------------------------------------------------------------------------------------------------

    def response(self):
        """One response: a list of text, literal, text, ... without the closing CRLF."""
        parts = []
        while True:
            line = self.file.readline()
            if not line.endswith(b"\n"):
                raise Refused("connection closed")
            line = line.rstrip(b"\r\n")
            parts.append(line)
            match = LITERAL.search(line)
            if not match:
                return parts
            size = int(match.group(1))
            data = self.file.read(size)
            if len(data) != size:
                raise Refused("connection closed inside a literal")
            parts.append(data)

    def tag(self):
        self.count += 1
        return b"t%d" % self.count

    def rows(self, tag):
        """The untagged responses up to the tagged one of this command."""
        while True:
            parts = self.response()
            if parts[0].startswith(tag + b" "):
                if parts[0][len(tag) + 1 : len(tag) + 3].upper() != b"OK":
                    raise Refused(parts[0][len(tag) + 1 :].decode("utf-8", "replace"))
                self.last = parts[0][len(tag) + 1 :]
                return
            yield parts

    def run(self, command):
        tag = self.tag()
        self.sock.sendall(tag + b" " + command + b"\r\n")
        return list(self.rows(tag))

    def namespace(self):
        prefix, separator = b"", None
        if "NAMESPACE" in self.capabilities:
            for row in self.run(b"NAMESPACE"):
                found = tokens(row)
                if len(found) > 2 and isinstance(found[2], list) and found[2]:
                    prefix, separator = found[2][0][0], found[2][0][1]
        if separator is None:
            separator = next((tokens(r)[3] for r in self.run(b'LIST "" ""')), b"/")
        return prefix.decode(), separator.decode()

    # -- names -------------------------------------------------------------------------------------------------------

    def listing(self, command=b"LIST"):
        """[(name, attributes)], names as they travel (modified UTF-7)."""
        out = []
        for row in self.run(command + b' "" "*"'):
            found = tokens(row)
            if found[:2] == [b"*", command]:
                name = found[4].decode()
                if name.startswith("#"):
                    continue
                out.append(("INBOX" if name.upper() == "INBOX" else name, {a.decode().lower() for a in found[2]}))
        return out

    def folders(self):
        return [name for name, attributes in self.listing() if not attributes & {"\\noselect", "\\nonexistent"}]

    def subscriptions(self):
        return {name for name, attributes in self.listing(b"LSUB") if "\\noselect" not in attributes}

    def name(self, segments):
        """The full name here of a folder given by its segments in Unicode; ["INBOX"] is the inbox."""
        if segments == ["INBOX"]:
            return "INBOX"
        return self.prefix + self.separator.join(encode_name(s) for s in segments)

    def segments(self, name):
        if name == "INBOX":
            return ["INBOX"]
        bare = name[len(self.prefix) :] if self.prefix and name.upper().startswith(self.prefix.upper()) else name
        return [decode_name(s) for s in bare.split(self.separator)]

    # -- reading -----------------------------------------------------------------------------------------------------

    def examine(self, name):
        self.exists, self.info = 0, {}
        for row in self.run(b"EXAMINE " + quoted(name)):
            line = row[0]
            if line.endswith(b" EXISTS"):
                self.exists = int(line.split()[1])
            for key, value in re.findall(rb"\[(UIDVALIDITY|UIDNEXT|HIGHESTMODSEQ) (\d+)\]", line):
                self.info[key.decode()] = int(value)
        return self.exists

    def fetch(self, items, which=b"1:*"):
        """Yields {item: value} of every message of the folder; reading one is enough to go on to the next."""
        if not self.exists:
            return
        tag = self.tag()
        self.sock.sendall(tag + b" UID FETCH " + which + b" (" + items + b")\r\n")
        for parts in self.rows(tag):
            if b" FETCH " not in parts[0][:40]:
                continue
            found = tokens(parts)[3]
            yield {found[i].upper() if isinstance(found[i], bytes) else found[i]: found[i + 1] for i in range(0, len(found) - 1, 2)}

    # -- writing -----------------------------------------------------------------------------------------------------

    def create(self, name):
        try:
            self.run(b"CREATE " + quoted(name))
        except Refused as refused:
            if name not in self.folders():
                raise Refused(f"CREATE {name}: {refused}") from None

    def append(self, name, messages, batch=100, octets=8 << 20):
        """Appends (flags, date text, body) in order; gives back what was refused as (index, words)."""
        refused, messages, plus = [], list(messages), "LITERAL+" in self.capabilities
        if "MULTIAPPEND" not in self.capabilities or not plus:
            batch = 1
        start = 0
        while start < len(messages):
            end, size = start, 0
            while end < len(messages) and end - start < batch and (end == start or size + len(messages[end][2]) <= octets):
                size += len(messages[end][2])
                end += 1
            self._append(name, messages, start, end, plus, refused)
            start = end
        return refused

    def _append(self, name, messages, start, end, plus, refused):
        tag = self.tag()
        head = tag + b" APPEND " + quoted(name)
        try:
            out = []
            for flags, date, body in messages[start:end]:
                head += b" (" + flags.encode() + b") " + quoted(date) + b" {%d%s}\r\n" % (len(body), b"+" if plus else b"")
                if not plus:
                    self.sock.sendall(head)
                    answer = self.response()[0]
                    if not answer.startswith(b"+"):
                        raise Refused(answer.decode("utf-8", "replace"))
                    head = b""
                out += [head, body]
                head = b""
            self.sock.sendall(b"".join(out) + b"\r\n")
            for _ in self.rows(tag):
                pass
        except Refused as error:
            if "connection closed" in str(error):
                raise
            if end - start == 1:
                refused.append((start, str(error)))
                return
            middle = (start + end) // 2
            self._append(name, messages, start, middle, plus, refused)
            self._append(name, messages, middle, end, plus, refused)

    def close(self):
        try:
            self.run(b"LOGOUT")
        except (Refused, OSError):
            pass
        self.sock.close()


def users(path):
    """[(login, password)] of a user list as the program takes it; a third column is the address."""
    out = []
    for line in open(path, encoding="utf-8"):
        line = line.rstrip("\n")
        if not line.strip() or line.startswith("#"):
            continue
        login, rest = line.split(":", 1)
        tail = rest.rsplit(":", 1)
        if len(tail) == 2 and "@" in tail[1]:
            rest = tail[0]
        out.append((login, rest))
    return out
