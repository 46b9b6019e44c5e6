-- What other systems call their releases and tiers: counts have rows for each, so there are only so many.
CREATE TABLE recorded_names (
  workspace INTEGER NOT NULL,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  PRIMARY KEY (workspace, kind, name)
);
