-- Who works on an item (a key's id), and until when others leave it alone. Restricted content has a queue of its own.
ALTER TABLE review_items ADD COLUMN lease_by INTEGER NOT NULL DEFAULT 0;
ALTER TABLE review_items ADD COLUMN lease_until INTEGER NOT NULL DEFAULT 0;
ALTER TABLE review_items ADD COLUMN restricted INTEGER NOT NULL DEFAULT 0;
UPDATE review_items SET restricted = 1 WHERE category = 'sexual/minors';
DROP INDEX review_items_waiting;
CREATE INDEX review_items_waiting ON review_items (workspace, restricted, time, sequence) WHERE state = 0;
