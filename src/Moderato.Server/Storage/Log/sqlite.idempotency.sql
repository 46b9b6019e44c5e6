-- What callers called their requests: hashes, for a day.
CREATE TABLE idempotency_keys (
  name BLOB PRIMARY KEY,
  body BLOB NOT NULL,
  sent INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX idempotency_keys_sent ON idempotency_keys (sent);
