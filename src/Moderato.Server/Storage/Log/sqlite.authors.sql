-- An index by author alone has an insert into a page of its own for nearly every decision, and each page is written whole to the
-- write-ahead log. In blocks of 1,024 decisions the last block's few pages take them all; who asks for an author asks each block.
DROP INDEX decisions_author;
CREATE INDEX decisions_author ON decisions (sequence >> 10, author) WHERE author IS NOT NULL;
