-- From version 1 to version 2.
CREATE INDEX left_out ON message (folder, uidv, state, absent, code) WHERE state >= 7;
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
ALTER TABLE folder ADD COLUMN rules TEXT;
