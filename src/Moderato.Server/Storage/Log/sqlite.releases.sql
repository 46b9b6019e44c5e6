CREATE TABLE shadow_decisions (
  workspace INTEGER NOT NULL,
  release TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  time INTEGER NOT NULL,
  live_release TEXT NOT NULL,
  live_verdict INTEGER NOT NULL,
  live_category TEXT,
  verdict INTEGER,
  category TEXT,
  scores BLOB,
  language TEXT NOT NULL,
  surface TEXT,
  PRIMARY KEY (workspace, release, sequence)
) WITHOUT ROWID;

CREATE INDEX person_verdicts_exact ON person_verdicts (workspace, exact);

CREATE TRIGGER release_changes_stay BEFORE UPDATE ON "ReleaseChanges"
BEGIN
  SELECT RAISE(ABORT, 'The history of releases is only added to.');
END;

CREATE TRIGGER release_changes_remain BEFORE DELETE ON "ReleaseChanges"
BEGIN
  SELECT RAISE(ABORT, 'The history of releases is only added to.');
END;

CREATE TRIGGER releases_stay BEFORE UPDATE ON "Releases"
BEGIN
  SELECT RAISE(ABORT, 'A release never changes.');
END;

CREATE TRIGGER releases_remain BEFORE DELETE ON "Releases"
BEGIN
  SELECT RAISE(ABORT, 'A release never changes.');
END;

-- What was live before history was kept.
INSERT INTO "ReleaseChanges" ("Workspace", "Generation", "Time", "Action", "Live", "Actor")
SELECT p."Workspace", p."Generation", r."Added", 'promote', p."Live", r."AddedBy"
FROM "ReleasePointers" p JOIN "Releases" r ON r."Workspace" = p."Workspace" AND r."Id" = p."Live";
