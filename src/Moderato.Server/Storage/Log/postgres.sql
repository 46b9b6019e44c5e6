CREATE SEQUENCE decision_sequence INCREMENT BY 1000;

CREATE TABLE decisions (
  sequence bigint PRIMARY KEY,
  workspace integer NOT NULL,
  content_id text NOT NULL,
  revision smallint NOT NULL,
  time bigint NOT NULL,
  verdict smallint NOT NULL,
  category text,
  scores bytea NOT NULL,
  tier text NOT NULL,
  release text NOT NULL,
  policy text NOT NULL,
  origin smallint NOT NULL,
  language text NOT NULL,
  surface text,
  author bigint,
  exact bytea NOT NULL,
  cluster bigint NOT NULL,
  latency_us bigint NOT NULL,
  cost_micros bigint NOT NULL,
  tier_detail text
);
CREATE UNIQUE INDEX decisions_content ON decisions (workspace, content_id, revision);
CREATE INDEX decisions_time ON decisions (workspace, time, sequence);
CREATE INDEX decisions_flagged ON decisions (workspace, verdict, time, sequence) WHERE verdict > 0;
CREATE INDEX decisions_author ON decisions (workspace, author, time, sequence) WHERE author IS NOT NULL;

CREATE TABLE contents (
  sequence bigint PRIMARY KEY,
  workspace integer NOT NULL,
  stored bigint NOT NULL,
  author text,
  text bytea NOT NULL,
  context bytea,
  written bigint
);

CREATE INDEX contents_stored ON contents (stored);

CREATE TABLE review_items (
  sequence bigint PRIMARY KEY,
  workspace integer NOT NULL,
  content_id text NOT NULL,
  time bigint NOT NULL,
  category text,
  language text NOT NULL,
  while_waiting smallint NOT NULL,
  expires bigint,
  at_expiry smallint NOT NULL,
  state smallint NOT NULL
);
CREATE INDEX review_items_waiting ON review_items (workspace, time) WHERE state = 0;
CREATE INDEX review_items_expiring ON review_items (expires) WHERE state = 0;

CREATE TABLE outbox (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  workspace integer NOT NULL,
  content_id text,
  kind text NOT NULL,
  sequence bigint,
  payload text,
  time bigint NOT NULL
);

CREATE TABLE actions (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  workspace integer NOT NULL,
  content_id text NOT NULL,
  action text NOT NULL,
  time bigint NOT NULL,
  views bigint,
  received bigint NOT NULL
);
CREATE UNIQUE INDEX actions_once ON actions (workspace, content_id, action, time);

CREATE TABLE person_verdicts (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  workspace integer NOT NULL,
  exact bytea NOT NULL,
  policy text NOT NULL,
  sequence bigint NOT NULL,
  verdict smallint NOT NULL,
  category text,
  reviewer text NOT NULL,
  reason text,
  time bigint NOT NULL
);

CREATE TABLE rollup_pending (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  delta bytea NOT NULL
);

CREATE TABLE rollups (
  workspace integer NOT NULL,
  hour integer NOT NULL,
  release text NOT NULL,
  category text NOT NULL,
  language text NOT NULL,
  surface text NOT NULL,
  tier text NOT NULL,
  bin smallint NOT NULL,
  scored bigint NOT NULL,
  safe bigint NOT NULL,
  borderline bigint NOT NULL,
  violating bigint NOT NULL,
  PRIMARY KEY (workspace, hour, release, category, language, surface, tier, bin)
);

CREATE TABLE histograms (
  workspace integer NOT NULL,
  day integer NOT NULL,
  release text NOT NULL,
  category text NOT NULL,
  counts bytea NOT NULL,
  PRIMARY KEY (workspace, day, release, category)
);

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'The audit log is only added to.';
END $$;

CREATE TRIGGER audit_entries_remain BEFORE UPDATE OR DELETE OR TRUNCATE ON "AuditEntries"
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
