"""A wire between the program and a server: it counts octets, delays, cuts, and tells when a given octet passes."""

import random
import socket
import threading


class Wire:
    """Listens on a free port of 127.0.0.1 and carries everything to `target` and back.

    `at(direction, octets, action, hold)` calls `action` once that many more octets have passed towards ("up") or from ("down")
    the server, over all connections together. The octets from there on are not delivered any more, with `hold` those that came
    along with them neither; without `stop` everything goes on.
    `cut_after(low, high, cuts)` breaks every connection after a random number of octets in a random direction, `cuts` times.
    """

    def __init__(self, target, seed=1):
        self.target, self.lock, self.random = target, threading.Lock(), random.Random(seed)
        self.passed = {"up": 0, "down": 0}
        self.triggers, self.cuts, self.range = [], 0, (0, 0)
        self.listener = socket.socket()
        self.listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.listener.bind(("127.0.0.1", 0))
        self.listener.listen(64)
        self.port = self.listener.getsockname()[1]
        self.open, self.half = set(), set()
        threading.Thread(target=self._accept, daemon=True).start()

    def at(self, direction, octets, action, hold=False, stop=True):
        with self.lock:
            self.triggers.append((direction, self.passed[direction] + octets, action, hold, stop))

    def forget(self):
        with self.lock:
            self.triggers = []

    def cut_after(self, low, high, cuts):
        with self.lock:
            self.range, self.cuts = (low, high), cuts

    def _accept(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            try:
                server = socket.create_connection(self.target)
            except OSError:
                client.close()
                continue
            for sock in (client, server):
                sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            pair = (client, server)
            self.open.add(pair)
            with self.lock:
                limit = None
                if self.cuts > 0:
                    limit = (self.random.choice(("up", "up", "down")), self.random.randint(*self.range))
            for source, sink, direction in ((client, server, "up"), (server, client, "down")):
                mine = limit[1] if limit and limit[0] == direction else None
                threading.Thread(target=self._carry, args=(source, sink, direction, pair, mine), daemon=True).start()

    def _carry(self, source, sink, direction, pair, limit):
        try:
            while data := source.recv(65536):
                actions, kept, stop = [], data, False
                with self.lock:
                    reached = [t for t in self.triggers if t[0] == direction and self.passed[direction] + len(data) >= t[1]]
                    for trigger in reached:
                        self.triggers.remove(trigger)
                        actions.append(trigger[2])
                        if trigger[4]:
                            stop = True
                            kept = b"" if trigger[3] else kept[: max(0, trigger[1] - self.passed[direction])]
                    self.passed[direction] += len(data)
                if limit is not None and len(kept) > limit:
                    kept = kept[:limit]
                    sink.sendall(kept)
                    with self.lock:
                        self.cuts -= 1
                    break
                if limit is not None:
                    limit -= len(kept)
                if kept:
                    sink.sendall(kept)
                for action in actions:
                    action()
                if stop:
                    break
            else:
                sink.shutdown(socket.SHUT_WR)
                with self.lock:
                    other_too = pair in self.half
                    self.half.add(pair)
                if not other_too:
                    return
        except OSError:
            pass
        self.drop(pair)

    def drop(self, pair):
        self.open.discard(pair)
        self.half.discard(pair)
        for sock in pair:
            try:
                sock.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
            sock.close()

    def cut(self):
        """Breaks every connection now."""
        for pair in list(self.open):
            self.drop(pair)

    def close(self):
        self.listener.close()
        self.cut()
