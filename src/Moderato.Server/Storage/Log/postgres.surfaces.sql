-- The surfaces that are counted by name.
CREATE TABLE surfaces (
  workspace integer NOT NULL,
  surface text NOT NULL,
  PRIMARY KEY (workspace, surface)
);

-- What was counted by name stays so.
INSERT INTO surfaces (workspace, surface) SELECT DISTINCT workspace, surface FROM rollups WHERE surface <> '';
