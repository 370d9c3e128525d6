#!/usr/bin/env python3
"""The judge: reads two servers by itself and says what of the first is not, or not rightly, on the second.

  compare.py judge ORIGIN DESTINATION --users FILE [options]      exit 1 if anything is wrong
  compare.py snapshot URL --users FILE --out FILE                 everything a migration must not touch on the origin
  compare.py untouched URL --users FILE --before FILE             exit 1 if any of it has changed since

Nothing is counted where it can be compared: in every folder the multiset of (SHA-256 of the octets, system flags, keywords,
INTERNALDATE as an instant) must be the same on both sides, in the same order, and the subscriptions too.

  --rules FILE       lines `origin folder<TAB>destination folder` (names with their own separators, in UTF-8) that overrule
                     what the judge derives from the separators and prefixes of both sides
  --declared FILE    JSON {account: {origin folder: destination folder}} as the program reported it: believed only for folders
                     whose derived name does not exist on the destination
  --allow FILE       lines naming changes a server is known to make by itself: lone-cr, nul-to-80, bare-lf, final-crlf, no-empty
  --exceptions FILE  JSON [{account, folder, uid, eml, reason}] : messages the program says were refused. One counts as told only if
                     its saved copy holds the octets of the message that is missing
  --told-altered     an altered message that the ledger names is told, not a fault (Courier cuts what has thousands of parts)
  --only ACCOUNT     judge these accounts only (may be repeated)
  --present          only that every origin message is there (extra messages on the destination are no fault)
  --json FILE        the verdict for programs
  --examples N       how many examples of each fault (3)
"""

import argparse
import bisect
import collections
import hashlib
import json
import pathlib
import re
import sys
from concurrent.futures import ThreadPoolExecutor

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).parent))
from imap import Imap, Refused, decode_name, instant, users  # noqa: E402

SYSTEM = {b"\\seen", b"\\answered", b"\\flagged", b"\\draft", b"\\deleted"}
CHANGES = {
    "lone-cr": (lambda b: b.count(b"\r") != b.count(b"\r\n"), lambda b: re.sub(rb"\r(?!\n)", b"", b)),
    "nul-to-80": (lambda b: b"\0" in b, lambda b: b.replace(b"\0", b"\x80")),
    "bare-lf": (lambda b: b.count(b"\n") != b.count(b"\r\n"), lambda b: re.sub(rb"(?<!\r)\n", b"\r\n", b)),
    "final-crlf": (lambda b: not b.endswith(b"\r\n"), lambda b: b + b"\r\n"),
}
FAULTS = ("lost", "duplicated", "altered", "wrong flags", "wrong keywords", "wrong dates", "wrong folders", "wrong subscriptions",
          "wrong order", "missing folders", "unexplained")

Message = collections.namedtuple("Message", "uid digest flags keywords date size hint changed")


def split_flags(flags):
    names = {f.lower() for f in flags} - {b"\\recent"}
    return frozenset(names & SYSTEM), frozenset(names - SYSTEM)


def read_folder(connection, name, changes=()):
    """All messages by UID. `changed` holds the digests the allowed changes would give."""
    connection.examine(name)
    out = []
    for row in connection.fetch(b"UID FLAGS INTERNALDATE BODY.PEEK[]"):
        if b"BODY[]" not in row:
            continue
        body = row[b"BODY[]"]
        body = b"" if body == b"NIL" else body
        system, keywords = split_flags(row[b"FLAGS"])
        changed = {}
        work, seen = body, []
        for change in changes:
            has, make = CHANGES[change]
            if has(work):
                work = make(work)
                seen.append(change)
                changed[hashlib.sha256(work).digest()] = "+".join(seen)
        head = body[: body.find(b"\r\n\r\n") if b"\r\n\r\n" in body else 2000]
        found = re.search(rb"^message-id:\s*(\S+)", head, re.I | re.M)
        subject = re.search(rb"^subject:\s*([^\r\n]*)", head, re.I | re.M)
        hint = (found.group(1) if found else b"", subject.group(1)[:60] if subject else b"")
        out.append(Message(int(row[b"UID"]), hashlib.sha256(body).digest(), system, keywords, instant(row[b"INTERNALDATE"]), len(body), hint, changed))
    out.sort(key=lambda m: m.uid)
    if len(out) != connection.exists:
        raise Refused(f"{name}: {connection.exists} messages announced, {len(out)} read")
    return out


def out_of_place(sequence):
    """How many must move for the sequence to be ascending."""
    tails = []
    for value in sequence:
        at = bisect.bisect_left(tails, value)
        tails[at : at + 1] = [value]
    return len(sequence) - len(tails)


class Verdict:
    def __init__(self, examples):
        self.counts, self.examples, self.keep = collections.Counter(), collections.defaultdict(list), examples
        self.notes, self.origin, self.exact, self.told, self.told_altered, self.allowed = [], 0, 0, 0, 0, collections.Counter()

    def fault(self, kind, text, count=1):
        self.counts[kind] += count
        if len(self.examples[kind]) < self.keep:
            self.examples[kind].append(text)


def show(folder, message):
    name, subject = (h.decode("utf-8", "replace") for h in message.hint)
    return f"{folder} uid {message.uid}, {message.size} octets, {name or 'no Message-ID'} {subject!r}"


def target_of(origin, destination, name, rules, declared, present, special):
    """Where a folder of the origin must be on the destination, and how we know."""
    segments = origin.segments(name)
    readable = decode_name(name)
    if readable in rules:
        return rules[readable], "rule"
    role = special[0].get(name)
    if role and role in special[1]:
        return special[1][role], "special use"
    derived = destination.name(segments)
    if derived in present or readable not in declared and name not in declared:
        return derived, "derived"
    return declared.get(readable, declared.get(name)), "declared"


def to_wire(connection, readable):
    """A folder name given by a person, in UTF-8 with the server's separator, as it travels."""
    if all(" " <= c <= "~" for c in readable):
        names = set(connection.folders())
        if readable in names:
            return readable
    return connection.name(connection.segments(readable)) if readable.upper() != "INBOX" else "INBOX"


def roles(connection):
    out = {}
    for name, attributes in connection.listing():
        for role in attributes & {"\\sent", "\\trash", "\\drafts", "\\junk", "\\archive"}:
            out[name] = role
    return out


def judge_account(login, passwords, options, rules, declared, exceptions, changes, verdict):
    origin = Imap(options.origin, *passwords[0])
    destination = Imap(options.destination, *passwords[1])
    present = set(destination.folders())
    origin_roles, destination_roles = roles(origin), roles(destination)
    special = (origin_roles, {role: name for name, role in destination_roles.items()})
    groups, all_origin = collections.OrderedDict(), origin.folders()
    for name in all_origin:
        target, how = target_of(origin, destination, name, rules, declared, present, special)
        if how in ("rule", "declared"):
            target = to_wire(destination, target) if target else target
            verdict.notes.append(f"{login}: {decode_name(name)} -> {decode_name(target or '(none)')} ({how})")
        groups.setdefault(target, []).append(name)

    spare, homeless = [], []  # extra on the destination; missing from it: matched across folders at the end
    for target in list(groups) + sorted(present - set(groups)):
        names = groups.get(target, [])
        left = [(name, m) for name in names for m in read_folder(origin, name)]
        verdict.origin += len(left)
        if target not in present:
            if names:
                told = [(n, m) for n, m in left if tell(exceptions, login, n, m, verdict)]
                rest = [pair for pair in left if pair not in told]
                if rest or not left:
                    told_folder = any(e["account"] == login and decode_name(names[0]) in (e.get("folder"), decode_name(e.get("folder") or "")) for e in exceptions)
                    if not (told_folder and not rest):
                        verdict.fault("missing folders", f"{login}: {', '.join(map(decode_name, names))} should be {decode_name(target or '?')}")
                homeless += rest
            continue
        right = read_folder(destination, target, ())
        if not names:
            spare += [(target, m) for m in right]
            continue
        # Changes a server makes are looked for from the origin's octets, so those are read again with them only if needed.
        by_digest = collections.defaultdict(list)
        for m in right:
            by_digest[m.digest].append(m)
        unmatched, pairs = [], []
        waiting = []
        for position, (name, m) in enumerate(left):  # first the ones equal in everything
            same = by_digest.get(m.digest, [])
            at = next((i for i, o in enumerate(same) if (o.flags, o.keywords, o.date) == (m.flags, m.keywords, m.date)), None)
            if at is None:
                waiting.append((position, name, m))
            else:
                pairs.append((position, name, m, same.pop(at)))
        for position, name, m in waiting:
            same = by_digest.get(m.digest)
            if same:
                pairs.append((position, name, m, same.pop(0)))
            else:
                unmatched.append((position, name, m))
        if unmatched and changes:
            again = {(name, m.uid): m for name in {n for _, n, _ in unmatched} for m in read_folder(origin, name, changes)}
            still = []
            for position, name, m in unmatched:
                found = next(((d, why) for d, why in again[name, m.uid].changed.items() if by_digest.get(d)), None)
                if found:
                    verdict.allowed[found[1]] += 1
                    named(exceptions, login, name, m)
                    pairs.append((position, name, m, by_digest[found[0]].pop(0)))
                else:
                    still.append((position, name, m))
            unmatched = still
        for _, name, m, o in pairs:
            verdict.exact += 1
            compare_labels(verdict, f"{login}: {show(decode_name(name), m)}", m, o)
        if len(names) == 1:
            # Equal messages may stand for each other: the k-th of a digest on one side is the k-th on the other.
            pairs.sort(key=lambda p: p[0])
            uids = collections.defaultdict(list)
            for _, _, m, o in pairs:
                bisect.insort(uids[m.digest], o.uid)
            taken = collections.Counter()
            sequence = []
            for _, _, m, _ in pairs:
                sequence.append(uids[m.digest][taken[m.digest]])
                taken[m.digest] += 1
            moved = out_of_place(sequence)
            if moved:
                verdict.fault("wrong order", f"{login}: {decode_name(names[0])}: {moved} of {len(sequence)} out of place", moved)
        extra = [(target, m) for same in by_digest.values() for m in same]
        homeless += [(name, m) for _, name, m in unmatched if not tell(exceptions, login, name, m, verdict)]
        spare += extra

    wanted = {}
    for name, m in homeless:
        wanted.setdefault(m.digest, []).append((name, m))
    rest = []
    for target, m in spare:
        if wanted.get(m.digest):
            name, lost = wanted[m.digest].pop()
            homeless.remove((name, lost))
            verdict.fault("wrong folders", f"{login}: {show(decode_name(name), lost)} lies in {decode_name(target)}")
        else:
            rest.append((target, m))
    for name, m in list(homeless):  # what looks like the same message with other octets
        home = next((t for t, names in groups.items() if name in names), None)
        twin = next((s for s in rest if s[0] == home and s[1].hint == m.hint and (any(m.hint) or abs(s[1].size - m.size) < 64)), None)
        if twin:
            rest.remove(twin)
            homeless.remove((name, m))
            if options.told_altered and named(exceptions, login, name, m):
                verdict.told_altered += 1
                verdict.notes.append(f"{login}: {show(decode_name(name), m)}: altered there, and told")
                continue
            verdict.fault("altered", f"{login}: {show(decode_name(name), m)}: {twin[1].size} octets there" + difference(origin, name, m.uid, destination, twin))
            compare_labels(verdict, f"{login}: {show(decode_name(name), m)}", m, twin[1])
    for name, m in homeless:
        verdict.fault("lost", f"{login}: {show(decode_name(name), m)}")
    if rest and not options.present:
        origin_digests = {m.digest for names in groups.values() for name in names for m in read_folder(origin, name)}
        for target, m in rest:
            verdict.fault("duplicated" if m.digest in origin_digests else "unexplained", f"{login}: {show(decode_name(target), m)}")

    mine, theirs = origin.subscriptions(), destination.subscriptions()
    place = {name: target for target, names in groups.items() for name in names}
    for name in sorted(mine):
        if name in place and place[name] in present and place[name] not in theirs:
            verdict.fault("wrong subscriptions", f"{login}: {decode_name(name)} is subscribed, {decode_name(place[name])} is not")
    for target, names in groups.items():
        if target in theirs and target != "INBOX" and not any(n in mine for n in names) and not options.present:
            verdict.fault("wrong subscriptions", f"{login}: {decode_name(target)} is subscribed, {decode_name(names[0])} is not")
    origin.close()
    destination.close()


def named(exceptions, login, name, message):
    """Does the ledger name this message, which is there in another form?"""
    for entry in exceptions:
        if not entry.get("used") and (entry["account"], entry["uid"]) == (login, message.uid) and entry["folder"] in (name, decode_name(name)):
            entry["used"] = True
            return True
    return False


def compare_labels(verdict, where, was, now):
    if now.flags != was.flags:
        verdict.fault("wrong flags", f"{where}: {sorted(was.flags)} became {sorted(now.flags)}")
    if now.keywords != was.keywords:
        verdict.fault("wrong keywords", f"{where}: {sorted(was.keywords)} became {sorted(now.keywords)}")
    if now.date != was.date:
        verdict.fault("wrong dates", f"{where}: {was.date} became {now.date} ({now.date - was.date:+d} s)")


def tell(exceptions, login, name, message, verdict):
    """Is this missing message in the ledger, with its octets kept aside?"""
    for entry in exceptions:
        if entry.get("used") or entry["account"] != login:
            continue
        if entry.get("uid") not in (None, message.uid):
            continue
        if entry.get("folder") is not None and entry["folder"] not in (name, decode_name(name)):
            continue
        digest = entry.get("digest")
        if digest is None and entry.get("eml"):
            try:
                digest = hashlib.sha256(pathlib.Path(entry["eml"]).read_bytes()).digest()
            except OSError:
                digest = b""
            entry["digest"] = digest
        if digest == message.digest:
            entry["used"] = True
            verdict.told += 1
            return True
    return False


def body_of(connection, name, uid):
    connection.examine(name)
    return next((r[b"BODY[]"] for r in connection.fetch(b"UID BODY.PEEK[]", b"%d" % uid) if b"BODY[]" in r), b"")


def difference(origin, name, uid, destination, twin):
    a, b = body_of(origin, name, uid), body_of(destination, twin[0], twin[1].uid)
    at = next((i for i, (x, y) in enumerate(zip(a, b)) if x != y), min(len(a), len(b)))
    return f", differs from octet {at}: {a[at:at + 24]!r} became {b[at:at + 24]!r}"


def read_json(path, otherwise):
    return json.loads(pathlib.Path(path).read_text()) if path else otherwise


def judge(options):
    rules = dict(line.rstrip("\n").split("\t") for line in open(options.rules, encoding="utf-8") if "\t" in line) if options.rules else {}
    declared, exceptions = read_json(options.declared, {}), read_json(options.exceptions, [])
    changes = []
    if options.allow:
        words = {line.split("#")[0].strip() for line in open(options.allow)} - {""}
        if words - set(CHANGES):
            sys.exit(f"unknown change: {', '.join(words - set(CHANGES))}; known: {', '.join(CHANGES)}")
        changes = [c for c in CHANGES if c in words]
    verdict = Verdict(options.examples)
    there = dict(users(options.destination_users)) if options.destination_users else {}
    accounts = [a for a in users(options.users) if not options.only or a[0] in options.only]
    for login, password in accounts:
        other = (login, there.get(login, password))
        judge_account(login, ((login, password), other), options, rules, declared.get(login, {}), exceptions, changes, verdict)
    for note in verdict.notes:
        print("  note:", note)
    for change, count in verdict.allowed.items():
        print(f"  allowed change {change}: {count}")
    leftover = [e for e in exceptions if not e.get("used")]
    print(f"{verdict.origin} messages on the origin, {verdict.exact} on the destination, {verdict.told} told as exceptions with their copy, {verdict.told_altered} told as altered")
    if leftover:
        print(f"  {len(leftover)} entries of the ledger name no missing message, e.g. {[{k: str(v) for k, v in e.items() if k != 'digest'} for e in leftover[:2]]}")
    print(", ".join(f"{verdict.counts[f]} {f}" for f in FAULTS))
    for fault in FAULTS:
        for example in verdict.examples[fault]:
            print(f"  {fault}: {example}")
    if options.json:
        pathlib.Path(options.json).write_text(json.dumps({
            "origin": verdict.origin, "destination": verdict.exact, "told": verdict.told, "told_altered": verdict.told_altered, "allowed": dict(verdict.allowed),
            "unused_exceptions": len(leftover), "faults": {f: verdict.counts[f] for f in FAULTS}, "examples": dict(verdict.examples)}, indent=1))
    return 1 if sum(verdict.counts.values()) else 0


def state(url, login, password):
    connection = Imap(url, login, password)
    out = {"list": sorted(connection.folders()), "subscribed": sorted(connection.subscriptions()), "folders": {}}
    for name in connection.folders():
        connection.examine(name)
        rows = {}
        for row in connection.fetch(b"UID FLAGS INTERNALDATE RFC822.SIZE"):
            if b"RFC822.SIZE" not in row:
                continue
            system, keywords = split_flags(row[b"FLAGS"])
            rows[row[b"UID"].decode()] = [sorted(f.decode() for f in system | keywords), instant(row[b"INTERNALDATE"]), int(row[b"RFC822.SIZE"])]
        out["folders"][name] = {"exists": connection.exists, "uidvalidity": connection.info.get("UIDVALIDITY"), "uidnext": connection.info.get("UIDNEXT"), "messages": rows}
    connection.close()
    return out


def states(options):
    with ThreadPoolExecutor(2) as pool:
        accounts = users(options.users)
        return dict(zip((a[0] for a in accounts), pool.map(lambda a: state(options.url, *a), accounts)))


def untouched(options):
    before, now, faults = read_json(options.before, {}), json.loads(json.dumps(states(options))), []
    for login, was in before.items():
        is_now = now.get(login)
        if is_now is None:
            faults.append(f"{login}: gone")
            continue
        for key in ("list", "subscribed"):
            if was[key] != is_now[key]:
                faults.append(f"{login}: {key}: {sorted(set(was[key]) ^ set(is_now[key]))[:4]}")
        for name, folder in was["folders"].items():
            after = is_now["folders"].get(name, {})
            for key in ("exists", "uidvalidity", "uidnext"):
                if folder[key] != after.get(key):
                    faults.append(f"{login}: {decode_name(name)}: {key} was {folder[key]}, is {after.get(key)}")
            for uid, values in folder["messages"].items():
                if values != after.get("messages", {}).get(uid):
                    faults.append(f"{login}: {decode_name(name)} uid {uid}: {values} became {after.get('messages', {}).get(uid)}")
    print(f"origin: {sum(f['exists'] for w in before.values() for f in w['folders'].values())} messages in {len(before)} accounts, "
          + ("untouched" if not faults else f"{len(faults)} differences"))
    for fault in faults[:6]:
        print("  touched:", fault)
    return 1 if faults else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    verbs = parser.add_subparsers(dest="verb", required=True)
    verb = verbs.add_parser("judge")
    verb.add_argument("origin")
    verb.add_argument("destination")
    verb.add_argument("--users", required=True)
    verb.add_argument("--destination-users")
    for name in ("rules", "declared", "allow", "exceptions", "json"):
        verb.add_argument(f"--{name}")
    verb.add_argument("--only", action="append")
    verb.add_argument("--told-altered", action="store_true")
    verb.add_argument("--present", action="store_true")
    verb.add_argument("--examples", type=int, default=3)
    for name in ("snapshot", "untouched"):
        verb = verbs.add_parser(name)
        verb.add_argument("url")
        verb.add_argument("--users", required=True)
        verb.add_argument("--out" if name == "snapshot" else "--before", required=True)
    options = parser.parse_args()
    if options.verb == "judge":
        return judge(options)
    if options.verb == "untouched":
        return untouched(options)
    pathlib.Path(options.out).write_text(json.dumps(states(options)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
