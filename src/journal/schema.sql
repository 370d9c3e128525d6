-- The journal of one migration. Times are milliseconds since 1970 (UTC).
-- Version of this schema: PRAGMA user_version.

CREATE TABLE meta (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE account (
  id                INTEGER PRIMARY KEY,
  login             TEXT NOT NULL UNIQUE,
  destination_login TEXT NOT NULL,
  phase             INTEGER NOT NULL DEFAULT 0,
  trouble           TEXT,             -- kind, while the last pass ended with one
  detail            TEXT,
  passes            INTEGER NOT NULL DEFAULT 0,
  additional        INTEGER,          -- messages the last completing pass brought
  software          TEXT,             -- what the two servers said they are
  t_started         INTEGER,
  t_finished        INTEGER
);

-- A folder at the destination. Two origin folders share one only by the operator's word.
CREATE TABLE target (
  id      INTEGER PRIMARY KEY,
  account INTEGER NOT NULL REFERENCES account,
  name    BLOB NOT NULL,
  uidv    INTEGER NOT NULL DEFAULT 0,
  UNIQUE (account, name)
);

CREATE TABLE folder (
  id          INTEGER PRIMARY KEY,
  account     INTEGER NOT NULL REFERENCES account,
  name        BLOB NOT NULL,          -- at the origin, as on the wire
  target      INTEGER REFERENCES target,
  shown       TEXT NOT NULL,          -- the two names as people read them
  shown_target TEXT,
  notes       TEXT NOT NULL DEFAULT '',
  state       INTEGER NOT NULL DEFAULT 0,
  reason      TEXT,
  detail      TEXT,
  uidv        INTEGER NOT NULL DEFAULT 0,
  uidnext     INTEGER NOT NULL DEFAULT 0,
  modseq      INTEGER NOT NULL DEFAULT 0,
  listed      INTEGER,                -- rows of the last complete listing
  t_listing   INTEGER,
  closing     INTEGER NOT NULL DEFAULT 0,
  rules       TEXT,                   -- of exclusion, under which that listing was made
  UNIQUE (account, name)
);

-- One row a message of the origin; the key is who it is there.
CREATE TABLE message (
  folder     INTEGER NOT NULL,
  uidv       INTEGER NOT NULL,
  uid        INTEGER NOT NULL,
  state      INTEGER NOT NULL,
  absent     INTEGER NOT NULL DEFAULT 0, -- no longer in the origin's last listing
  claimed    INTEGER NOT NULL,           -- RFC822.SIZE
  size       INTEGER,                    -- octets counted
  sha256     BLOB,
  norm       BLOB,                       -- NULL: equal to sha256
  date       TEXT,
  flags      TEXT NOT NULL,              -- at the origin, sorted
  lost       TEXT,                       -- metadata that could not come along
  target     INTEGER,
  dst_uidv   INTEGER,
  dst_uid    INTEGER,
  dst_next   INTEGER,                    -- UIDNEXT of the target before the APPEND
  attempts   INTEGER NOT NULL DEFAULT 0,
  class      TEXT,
  code       TEXT,                       -- kind of exception, rule of exclusion
  words      TEXT,
  eml        TEXT,
  t_planned  INTEGER NOT NULL,
  t_inflight INTEGER,
  t_acked    INTEGER,
  t_verified INTEGER,
  PRIMARY KEY (folder, uidv, uid)
) WITHOUT ROWID;

-- One copy satisfies one message.
CREATE UNIQUE INDEX claim ON message (target, dst_uidv, dst_uid) WHERE dst_uid IS NOT NULL;

-- Those without a copy that are not to be copied: left out by a rule (7), or an exception (8).
CREATE INDEX left_out ON message (folder, uidv, state, absent, code) WHERE state >= 7;

-- Exceptions a person has looked at and accepted; for the reason it was given for, and no other.
CREATE TABLE approval (
  folder   INTEGER NOT NULL,
  uidv     INTEGER NOT NULL,
  uid      INTEGER NOT NULL,
  code     TEXT NOT NULL,
  words    TEXT NOT NULL,
  approver TEXT NOT NULL,
  t        INTEGER NOT NULL,
  PRIMARY KEY (folder, uidv, uid)
) WITHOUT ROWID;

-- What was done to an account at the destination, besides its messages.
CREATE TABLE setup (
  account     INTEGER PRIMARY KEY REFERENCES account,
  state       INTEGER NOT NULL,       -- see Setup
  differences TEXT NOT NULL DEFAULT '', -- JSON: in what an account that existed differs from what is wanted
  trouble     TEXT,                   -- kind, while the last attempt ended with one
  detail      TEXT,
  password    INTEGER NOT NULL DEFAULT 0, -- whether its password was set
  held        TEXT,                   -- what releases it, while it is held
  t           INTEGER NOT NULL
);

-- What happened, append only.
CREATE TABLE event (
  id      INTEGER PRIMARY KEY,
  t       INTEGER NOT NULL,
  actor   TEXT NOT NULL,
  kind    TEXT NOT NULL,
  subject TEXT NOT NULL,
  detail  TEXT NOT NULL
);
