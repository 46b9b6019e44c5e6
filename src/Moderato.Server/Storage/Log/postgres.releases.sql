CREATE TABLE shadow_decisions (
  workspace integer NOT NULL,
  release text NOT NULL,
  sequence bigint NOT NULL,
  time bigint NOT NULL,
  live_release text NOT NULL,
  live_verdict smallint NOT NULL,
  live_category text,
  verdict smallint,
  category text,
  scores bytea,
  language text NOT NULL,
  surface text,
  PRIMARY KEY (workspace, release, sequence)
);

CREATE INDEX person_verdicts_exact ON person_verdicts (workspace, exact);

CREATE FUNCTION refuse_release_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'A release never changes, and their history is only added to.';
END $$;

CREATE TRIGGER release_changes_remain BEFORE UPDATE OR DELETE OR TRUNCATE ON "ReleaseChanges"
FOR EACH STATEMENT EXECUTE FUNCTION refuse_release_change();

CREATE TRIGGER releases_remain BEFORE UPDATE OR DELETE OR TRUNCATE ON "Releases"
FOR EACH STATEMENT EXECUTE FUNCTION refuse_release_change();

-- What was live before history was kept.
INSERT INTO "ReleaseChanges" ("Workspace", "Generation", "Time", "Action", "Live", "Actor")
SELECT p."Workspace", p."Generation", r."Added", 'promote', p."Live", r."AddedBy"
FROM "ReleasePointers" p JOIN "Releases" r ON r."Workspace" = p."Workspace" AND r."Id" = p."Live";
