-- Which text an item is about, so that one verdict closes all that wait on it; and whose item's verdict closed it, and what it was.
ALTER TABLE review_items ADD COLUMN exact BLOB;
ALTER TABLE review_items ADD COLUMN decided_by INTEGER;
ALTER TABLE review_items ADD COLUMN decided TEXT;
UPDATE review_items SET exact = (SELECT d.exact FROM decisions d WHERE d.sequence = review_items.sequence) WHERE state = 0;
-- The items of a text are read out of the queue's own index: one by texts is in no order, and a batch would write most of its pages.
DROP INDEX review_items_waiting;
CREATE INDEX review_items_waiting ON review_items (workspace, restricted, time, sequence, exact) WHERE state = 0;
CREATE INDEX review_items_decided ON review_items (decided_by) WHERE decided_by IS NOT NULL;
