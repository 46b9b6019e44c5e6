-- What callers called their requests: hashes, for a day.
CREATE TABLE idempotency_keys (
  name bytea PRIMARY KEY,
  body bytea NOT NULL,
  sent bigint NOT NULL
);
CREATE INDEX idempotency_keys_sent ON idempotency_keys (sent);
