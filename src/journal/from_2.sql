-- From version 2 to version 3.
CREATE TABLE setup (
  account     INTEGER PRIMARY KEY REFERENCES account,
  state       INTEGER NOT NULL,
  differences TEXT NOT NULL DEFAULT '',
  trouble     TEXT,
  detail      TEXT,
  password    INTEGER NOT NULL DEFAULT 0,
  held        TEXT,
  t           INTEGER NOT NULL
);
