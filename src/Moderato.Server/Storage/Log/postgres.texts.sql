-- Which text an item is about, so that one verdict closes all that wait on it; and whose item's verdict closed it, and what it was.
ALTER TABLE review_items ADD COLUMN exact bytea;
ALTER TABLE review_items ADD COLUMN decided_by bigint;
ALTER TABLE review_items ADD COLUMN decided text;
UPDATE review_items SET exact = (SELECT d.exact FROM decisions d WHERE d.sequence = review_items.sequence) WHERE state = 0;
CREATE INDEX review_items_text ON review_items (workspace, exact) WHERE state = 0;
CREATE INDEX review_items_decided ON review_items (decided_by) WHERE decided_by IS NOT NULL;
