CREATE INDEX outbox_time ON outbox (workspace, time);

CREATE TABLE deliveries (
  webhook INTEGER NOT NULL,
  event INTEGER NOT NULL,
  content_id TEXT NOT NULL,
  time INTEGER NOT NULL,
  state INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  due INTEGER NOT NULL,
  first_attempt INTEGER,
  lease INTEGER NOT NULL,
  lease_until INTEGER NOT NULL,
  outcome TEXT,
  PRIMARY KEY (webhook, event)
) WITHOUT ROWID;
CREATE INDEX deliveries_due ON deliveries (webhook, due, event) WHERE state = 0;
CREATE INDEX deliveries_content ON deliveries (webhook, content_id, event) WHERE state = 0;
CREATE INDEX deliveries_leased ON deliveries (lease) WHERE lease <> 0;
CREATE INDEX deliveries_dead ON deliveries (webhook, event) WHERE state = 2;
CREATE INDEX deliveries_time ON deliveries (time);
