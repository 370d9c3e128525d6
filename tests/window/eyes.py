"""A person before the window: eyes that read what stands on the screen, a hand on the mouse, ten fingers on the keys.

Reads by OCR (tesseract) from screenshots of an X server of its own, so a word that is cut, covered or missing is not
found, as it would not be by anybody else. Knows nothing of the program but what is drawn.
"""

import os
import pathlib
import re
import subprocess
import time
import unicodedata

SCALE = 2


class Blind(Exception):
    """What was looked for is not on the screen."""


def plain(text):
    """Letters without accents and quotes: OCR is not to be trusted with them."""
    text = unicodedata.normalize("NFKD", text)
    text = "".join(c for c in text if not unicodedata.combining(c))
    return re.sub(r"[^A-Za-z0-9@.:/%+-]", "", text)


class Person:
    def __init__(self, display, language, pictures):
        self.env = {**os.environ, "DISPLAY": display}
        self.language = {"it": "ita", "en": "eng"}[language]
        self.pictures = pathlib.Path(pictures)
        self.pictures.mkdir(parents=True, exist_ok=True)
        self.count = 0

    # -- eyes ---------------------------------------------------------------------------------------------------------

    def picture(self, name=None):
        path = self.pictures / f"{name or 'now'}.png"
        subprocess.run(["import", "-silent", "-window", "root", str(path)], env=self.env, check=True)
        return path

    def keep(self, name):
        """A picture for people to look at afterwards."""
        self.count += 1
        return self.picture(f"{self.count:02}-{name}")

    def words(self):
        """(text, x, y, width, height) of every word, in pixels of the window."""
        now = self.picture()
        # Light words on a dark button are read by what stands out from its ground.
        readers = []
        for name, change in (("print", []), ("buttons", ["-morphology", "TopHat", "Disk:6", "-negate"])):
            large = self.pictures / f"{name}.png"
            subprocess.run(["convert", str(now), "-colorspace", "Gray", "-resize", f"{SCALE}00%", *change, str(large)], check=True)
            readers.append(subprocess.Popen(["tesseract", str(large), "-", "-l", self.language, "--psm", "11", "tsv"], text=True,
                                            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={**self.env, "OMP_THREAD_LIMIT": "1"}))
        words = []
        for reader in readers:
            table, _ = reader.communicate()
            for line in table.splitlines()[1:]:
                cells = line.split("\t")
                if len(cells) == 12 and cells[11].strip() and float(cells[10]) > 20:
                    x, y, width, height = (int(cell) / SCALE for cell in cells[6:10])
                    words.append((cells[11], x, y, width, height))
        return words

    def places(self, phrase, words=None):
        """Boxes (x, y, width, height) where the phrase stands, from the top down."""
        wanted = [plain(word) for word in phrase.split() if plain(word)]
        words = [word for word in (words or self.words()) if plain(word[0])]
        found = []
        for first in words:
            if not self.same(plain(first[0]), wanted[0]):
                continue
            line, x = [first], first[1] + first[3]
            for word in wanted[1:]:
                follow = [other for other in words
                          if abs((other[2] + other[4] / 2) - (first[2] + first[4] / 2)) < 8 and -3 <= other[1] - x < 11
                          and self.same(plain(other[0]), word)]
                if not follow:
                    break
                line.append(follow[0])
                x = follow[0][1] + follow[0][3]
            if len(line) == len(wanted):
                top = min(word[2] for word in line)
                bottom = max(word[2] + word[4] for word in line)
                found.append((first[1], top, x - first[1], bottom - top))
        return sorted(found, key=lambda box: (box[1], box[0]))

    @staticmethod
    def same(seen, wanted):
        if seen == wanted:
            return True
        # One letter in six may be read wrongly, but not the first: a button begins with a capital.
        if seen[:1] != wanted[:1] or abs(len(seen) - len(wanted)) > 1 or len(wanted) < 5:
            return False
        near = sum(a != b for a, b in zip(seen, wanted)) + abs(len(seen) - len(wanted))
        return near <= max(1, len(wanted) // 6)

    def sees(self, phrase):
        return bool(self.places(phrase))

    def wait(self, *phrases, limit=25):
        """Until one of the phrases is there; says which."""
        end = time.monotonic() + limit
        while True:
            words = self.words()
            for phrase in phrases:
                if self.places(phrase, words):
                    return phrase
            if time.monotonic() > end:
                self.keep("blind")
                raise Blind(f"none of {phrases}; on the screen: {' '.join(word[0] for word in words)}")
            time.sleep(0.3)

    # -- hands --------------------------------------------------------------------------------------------------------

    def do(self, *words):
        subprocess.run(["xdotool", *map(str, words)], env=self.env, check=True)

    def press_at(self, x, y):
        self.do("mousemove", round(x), round(y))
        time.sleep(0.1)
        self.do("mousedown", 1)
        time.sleep(0.05)
        self.do("mouseup", 1)
        time.sleep(0.25)
        # The pointer rests where it lights nothing up.
        self.do("mousemove", 2, 2)

    def find(self, phrase, limit=25, alone=False):
        """The lowest place of the phrase: buttons stand below titles."""
        end = time.monotonic() + limit
        while True:
            words = self.words()
            found = [box for box in self.places(phrase, words) if not alone or self.alone(box, words)]
            if found:
                return found[-1]
            if time.monotonic() > end:
                self.keep("blind")
                raise Blind(f"no {phrase!r}; on the screen: {' '.join(word[0] for word in words)}")
            time.sleep(0.3)

    @staticmethod
    def alone(box, words):
        """Whether nothing stands beside it in its line, as beside a label."""
        x, y, width, height = box
        middle = y + height / 2
        near = [word for word in words if plain(word[0]) and abs(word[2] + word[4] / 2 - middle) < 6]
        return not any(0 <= word[1] - (x + width) < 16 or 0 <= x - (word[1] + word[3]) < 16 for word in near)

    def click(self, phrase, limit=25, alone=False):
        x, y, width, height = self.find(phrase, limit, alone)
        self.press_at(x + width / 2, y + height / 2)

    def form(self, *entries):
        """Writes into the fields below these labels, over what is in them; one look for all of them."""
        boxes = [self.find(entries[0][0], alone=True)]
        words = self.words()
        for label, _ in entries[1:]:
            found = [box for box in self.places(label, words) if self.alone(box, words)]
            if not found:
                self.keep("blind")
                raise Blind(f"no label {label!r}; on the screen: {' '.join(word[0] for word in words)}")
            boxes.append(found[-1])
        for (x, y, _, height), (_, text) in zip(boxes, entries):
            self.press_at(x + 24, y + height + 22)
            self.key("ctrl+a")
            self.write(text)

    def write(self, text):
        self.do("type", "--delay", 12, text)
        time.sleep(0.15)

    def key(self, *keys):
        self.do("key", "--delay", 40, *keys)
        time.sleep(0.15)

    def focus_window(self, limit=20):
        end = time.monotonic() + limit
        while time.monotonic() < end:
            found = subprocess.run(["xdotool", "search", "--onlyvisible", "--name", "Traghetto"], env=self.env, capture_output=True,
                                   text=True).stdout.split()
            if found:
                time.sleep(0.5)
                self.do("windowfocus", found[-1])
                return found[-1]
            time.sleep(0.05)
        raise Blind("no window")

    # -- the keyboard alone -------------------------------------------------------------------------------------------

    def ink(self, box, room):
        """How dark it is in and around a box: a ring drawn there makes it darker (in the light theme)."""
        x, y, width, height = (round(side) for side in box)
        place = f"{width + 2 * room}x{height + 2 * room}+{max(0, x - room)}+{max(0, y - room)}"
        shot = subprocess.run(["import", "-silent", "-window", "root", "-crop", place, "-colorspace", "Gray", "-depth", "8", "gray:-"],
                              env=self.env, check=True, capture_output=True).stdout
        return sum(255 - octet for octet in shot)

    def tab_to(self, box, room=22, most=60):
        """Tab until the ring is round this box, no further than `room` from it: it is seen, not assumed."""
        bare = self.ink(box, room)
        for _ in range(most):
            self.do("key", "Tab")
            time.sleep(0.12)
            now = self.ink(box, room)
            if now > bare + 9_000:
                return
            bare = min(bare, now)
        self.keep("blind")
        raise Blind(f"the focus never came to {box}")

    def field_below(self, box):
        """The field whose label stands in this box."""
        x, y, _, height = box
        return (x, y + height + 8, 60, 28)
