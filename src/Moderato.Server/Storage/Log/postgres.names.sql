-- What other systems call their releases and tiers: counts have rows for each, so there are only so many.
CREATE TABLE recorded_names (
  workspace integer NOT NULL,
  kind text NOT NULL,
  name text NOT NULL,
  PRIMARY KEY (workspace, kind, name)
);
