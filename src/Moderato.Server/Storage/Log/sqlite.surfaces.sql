-- The surfaces that are counted by name.
CREATE TABLE surfaces (
  workspace INTEGER NOT NULL,
  surface TEXT NOT NULL,
  PRIMARY KEY (workspace, surface)
) WITHOUT ROWID;

-- What was counted by name stays so.
INSERT INTO surfaces (workspace, surface) SELECT DISTINCT workspace, surface FROM rollups WHERE surface <> '';
