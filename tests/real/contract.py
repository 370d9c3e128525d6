"""Where the JSON of the program is read, and nowhere else: if its field names change, this file changes.

`report --format json`   the schema stands at the head of src/report.rs
`status --json`          {"accounts": [{"account", "states": {STATE: N}, …}], "totals": …}
`run --json`             one object a line on standard output, each with "event", the last one "ended"

Folder names are what people read (UTF-8, the separator of their own server).
"""

import json
import pathlib

STATES = ("planned", "in_flight", "acked", "verified", "adopted", "merged", "gone", "excluded", "exception")


class Broken(Exception):
    """The program's output is not what the contract says."""


def parse(text, what):
    try:
        return json.loads(text)
    except ValueError as error:
        raise Broken(f"{what}: not JSON ({error}): {text[:200]!r}") from None


def need(value, key, what):
    if not isinstance(value, dict) or key not in value:
        raise Broken(f"{what}: no '{key}' in {str(value)[:200]}")
    return value[key]


def events(text):
    """The events of `run --json`."""
    out = [parse(line, "event") for line in text.splitlines() if line.strip()]
    for event in out:
        need(event, "event", "event")
    return out


def exceptions(report, directory):
    """The ledger, as the judge reads it: [{account, folder, uid, eml, reason}]."""
    out = []
    for account in need(report, "accounts", "report"):
        for entry in need(account, "exceptions", "account"):
            eml = need(entry, "eml", "exception")
            out.append({
                "account": need(account, "login", "account"),
                "folder": need(entry, "folder", "exception"),
                "uid": need(entry, "uid", "exception"),
                "eml": str(pathlib.Path(directory) / eml) if eml else None,
                "reason": f"{need(entry, 'code', 'exception')}: {need(entry, 'words', 'exception')}",
            })
    if len(out) != need(report, "exceptions", "report"):
        raise Broken(f"{len(out)} lines in the ledgers, {report['exceptions']} announced")
    return out


def declared(report):
    """{account: {origin folder: destination folder}} as the program says it placed them."""
    return {
        need(account, "login", "account"): {need(f, "origin", "folder"): need(f, "destination", "folder") for f in need(account, "folders", "account")}
        for account in need(report, "accounts", "report")
    }


def tally(report):
    """(listed, {state: n}) over all folders; raises if the states of anything do not add up to what was listed."""
    listed, states = 0, dict.fromkeys(STATES, 0)
    for account in need(report, "accounts", "report"):
        if not need(need(account, "invariant", "account"), "holds", "invariant"):
            raise Broken(f"the invariant does not hold: {account['invariant']}")
        for folder in need(account, "folders", "account"):
            counts = need(need(folder, "totals", "folder"), "messages", "totals")
            if folder.get("listed") is None and not counts:
                continue  # holds folders, not messages
            if sum(counts.values()) != need(folder, "listed", "folder"):
                raise Broken(f"the states do not add up to the listing: {folder['origin']}: {folder['listed']} listed, {counts}")
            listed += folder["listed"]
            for state, count in counts.items():
                if state not in states:
                    raise Broken(f"unknown state '{state}'")
                states[state] += count
    return listed, states


def settled(report):
    """Nothing planned or in flight is left."""
    states = tally(report)[1]
    return states["planned"] == 0 and states["in_flight"] == 0
