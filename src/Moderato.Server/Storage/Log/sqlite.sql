CREATE TABLE decisions (
  sequence INTEGER PRIMARY KEY,
  workspace INTEGER NOT NULL,
  content_id TEXT NOT NULL,
  revision INTEGER NOT NULL,
  time INTEGER NOT NULL,
  verdict INTEGER NOT NULL,
  category TEXT,
  scores BLOB NOT NULL,
  tier TEXT NOT NULL,
  release TEXT NOT NULL,
  policy TEXT NOT NULL,
  origin INTEGER NOT NULL,
  language TEXT NOT NULL,
  surface TEXT,
  author INTEGER,
  exact BLOB NOT NULL,
  cluster INTEGER NOT NULL,
  latency_us INTEGER NOT NULL,
  cost_micros INTEGER NOT NULL,
  tier_detail TEXT
);
CREATE UNIQUE INDEX decisions_content ON decisions (workspace, content_id, revision);
CREATE INDEX decisions_time ON decisions (workspace, time, sequence);
CREATE INDEX decisions_flagged ON decisions (workspace, verdict, time, sequence) WHERE verdict > 0;
CREATE INDEX decisions_author ON decisions (workspace, author, time, sequence) WHERE author IS NOT NULL;

CREATE TABLE contents (
  sequence INTEGER PRIMARY KEY,
  workspace INTEGER NOT NULL,
  stored INTEGER NOT NULL,
  author TEXT,
  text BLOB NOT NULL,
  context BLOB,
  written INTEGER
);

CREATE INDEX contents_stored ON contents (stored);

CREATE TABLE review_items (
  sequence INTEGER PRIMARY KEY,
  workspace INTEGER NOT NULL,
  content_id TEXT NOT NULL,
  time INTEGER NOT NULL,
  category TEXT,
  language TEXT NOT NULL,
  while_waiting INTEGER NOT NULL,
  expires INTEGER,
  at_expiry INTEGER NOT NULL,
  state INTEGER NOT NULL
);
CREATE INDEX review_items_waiting ON review_items (workspace, time) WHERE state = 0;
CREATE INDEX review_items_expiring ON review_items (expires) WHERE state = 0;

CREATE TABLE outbox (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  workspace INTEGER NOT NULL,
  content_id TEXT,
  kind TEXT NOT NULL,
  sequence INTEGER,
  payload TEXT,
  time INTEGER NOT NULL
);

CREATE TABLE actions (
  id INTEGER PRIMARY KEY,
  workspace INTEGER NOT NULL,
  content_id TEXT NOT NULL,
  action TEXT NOT NULL,
  time INTEGER NOT NULL,
  views INTEGER,
  received INTEGER NOT NULL
);
CREATE UNIQUE INDEX actions_once ON actions (workspace, content_id, action, time);

CREATE TABLE person_verdicts (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  workspace INTEGER NOT NULL,
  exact BLOB NOT NULL,
  policy TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  verdict INTEGER NOT NULL,
  category TEXT,
  reviewer TEXT NOT NULL,
  reason TEXT,
  time INTEGER NOT NULL
);

CREATE TABLE rollup_pending (
  id INTEGER PRIMARY KEY,
  delta BLOB NOT NULL
);

CREATE TABLE rollups (
  workspace INTEGER NOT NULL,
  hour INTEGER NOT NULL,
  release TEXT NOT NULL,
  category TEXT NOT NULL,
  language TEXT NOT NULL,
  surface TEXT NOT NULL,
  tier TEXT NOT NULL,
  bin INTEGER NOT NULL,
  scored INTEGER NOT NULL,
  safe INTEGER NOT NULL,
  borderline INTEGER NOT NULL,
  violating INTEGER NOT NULL,
  PRIMARY KEY (workspace, hour, release, category, language, surface, tier, bin)
) WITHOUT ROWID;

CREATE TABLE histograms (
  workspace INTEGER NOT NULL,
  day INTEGER NOT NULL,
  release TEXT NOT NULL,
  category TEXT NOT NULL,
  counts BLOB NOT NULL,
  PRIMARY KEY (workspace, day, release, category)
) WITHOUT ROWID;

CREATE TRIGGER audit_entries_stay BEFORE UPDATE ON "AuditEntries"
BEGIN
  SELECT RAISE(ABORT, 'The audit log is only added to.');
END;

CREATE TRIGGER audit_entries_remain BEFORE DELETE ON "AuditEntries"
BEGIN
  SELECT RAISE(ABORT, 'The audit log is only added to.');
END;
