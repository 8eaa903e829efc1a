-- Events whose content can be erased while the chain of their hashes holds.
--
-- Each hash covers the hash before, who did what to which record when, and a digest of the content
-- (before, after, reason, seals) with a random salt in front. Erasing writes what may stay over the
-- content, with a new salt, and keeps the old digest in `sealed`: the chain holds, and without the old
-- salt nobody can try out which words the digest was of. The event that tells of the erasing lists in
-- `seals` the digest of what was left of each.

CREATE TABLE event_salted (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  change INTEGER NOT NULL REFERENCES change (id),
  op TEXT NOT NULL CHECK (op IN ('add', 'edit', 'archive', 'unarchive', 'remove', 'erase')),
  kind INTEGER NOT NULL,
  record INTEGER NOT NULL,
  version INTEGER NOT NULL,
  before TEXT,
  after TEXT,
  reason TEXT,
  seals TEXT CHECK (seals IS NULL OR op = 'erase'),
  salt BLOB NOT NULL CHECK (length(salt) = 16),
  sealed BLOB CHECK (length(sealed) = 32),
  hash BLOB NOT NULL
) STRICT;
INSERT INTO event_salted (seq, change, op, kind, record, version, before, after, reason, salt, hash)
  SELECT seq, change, op, kind, record, version, before, after, reason, randomblob(16), hash
  FROM event ORDER BY seq;
UPDATE sqlite_sequence SET seq = (SELECT seq FROM sqlite_sequence WHERE name = 'event')
  WHERE name = 'event_salted';
DROP TABLE event;
ALTER TABLE event_salted RENAME TO event;
CREATE INDEX event_record ON event (kind, record, seq);
CREATE INDEX event_change ON event (change, seq);
CREATE TRIGGER event_stays
BEFORE UPDATE OF seq, change, op, kind, record, version, seals, hash ON event
BEGIN
  SELECT RAISE(ABORT, 'events are never changed');
END;
CREATE TRIGGER event_is_sealed
BEFORE UPDATE OF before, after, reason, salt, sealed ON event
WHEN NEW.sealed IS NULL OR NEW.salt IS OLD.salt OR (OLD.sealed IS NOT NULL AND NEW.sealed IS NOT OLD.sealed)
BEGIN
  SELECT RAISE(ABORT, 'the content of an event is only erased');
END;
CREATE TRIGGER event_remains BEFORE DELETE ON event
BEGIN
  SELECT RAISE(ABORT, 'events are never removed');
END;

-- Acts of erasing of which something may still lie in free pages of the file or in its log.
CREATE TABLE unswept (
  change INTEGER PRIMARY KEY REFERENCES change (id)
) STRICT;
