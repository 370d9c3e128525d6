-- From version 1 to version 2.
CREATE INDEX left_out ON message (folder, uidv, state, absent, code) WHERE state >= 7;
