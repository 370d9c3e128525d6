#!/usr/bin/env python3
"""delay.py PORT MILLISECONDS : a wire on 127.0.0.1 that gives every octet the same delay each way, and no limit of bandwidth.

Prints its own port and carries on until its standard input ends. In a process of its own, so that the delayed do not share its lock.
"""

import collections
import socket
import sys
import threading
import time


def carry(source, sink, delay):
    waiting, something, over = collections.deque(), threading.Condition(), False

    def deliver():
        try:
            while True:
                with something:
                    while not waiting and not over:
                        something.wait()
                    if not waiting:
                        break
                due, data = waiting.popleft()
                rest = due - time.monotonic()
                if rest > 0:
                    time.sleep(rest)
                # what is due by now goes out in one piece
                now, pieces = time.monotonic(), [data]
                while waiting and waiting[0][0] <= now and len(pieces) < 64:
                    pieces.append(waiting.popleft()[1])
                sink.sendall(b"".join(pieces))
            sink.shutdown(socket.SHUT_WR)
        except OSError:
            source.close()

    threading.Thread(target=deliver, daemon=True).start()
    try:
        while data := source.recv(1 << 18):
            with something:
                waiting.append((time.monotonic() + delay, data))
                something.notify()
    except OSError:
        pass
    with something:
        over = True
        something.notify()


def main():
    port, delay = int(sys.argv[1]), float(sys.argv[2]) / 1000
    sys.setswitchinterval(0.0005)
    listener = socket.create_server(("127.0.0.1", 0), backlog=128)
    print(listener.getsockname()[1], flush=True)
    threading.Thread(target=lambda: (sys.stdin.read(), listener.shutdown(socket.SHUT_RDWR)), daemon=True).start()
    while True:
        try:
            client, _ = listener.accept()
        except OSError:
            return
        server = socket.create_connection(("127.0.0.1", port))
        for sock in (client, server):
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        threading.Thread(target=carry, args=(client, server, delay), daemon=True).start()
        threading.Thread(target=carry, args=(server, client, delay), daemon=True).start()


if __name__ == "__main__":
    main()
