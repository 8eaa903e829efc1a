-- What is due and was seen: left out of what needs attention until a day, or while the date is the same.

CREATE TABLE "acknowledgement" (
  id INTEGER PRIMARY KEY,
  version INTEGER NOT NULL DEFAULT 1 CHECK (version > 0),
  archived_at TEXT,
  "record" TEXT NOT NULL CHECK ("record" <> ''),
  "what" TEXT NOT NULL CHECK ("what" <> ''),
  "due_on" TEXT NOT NULL CHECK (date("due_on") IS "due_on"),
  "until" TEXT CHECK (date("until") IS "until"),
  "why" TEXT NOT NULL CHECK ("why" <> '')
) STRICT;
CREATE INDEX "acknowledgement_record" ON "acknowledgement" ("record");
CREATE TABLE "acknowledgement_x" (
  id INTEGER PRIMARY KEY,
  archived INTEGER NOT NULL,
  valid_from TEXT NOT NULL,
  valid_until TEXT NOT NULL,
  shares TEXT NOT NULL,
  "s_due_on" TEXT NOT NULL,
  "s_until" TEXT NOT NULL
) STRICT;
CREATE INDEX "acknowledgement_x_due_on" ON "acknowledgement_x" (archived, "s_due_on", id);
CREATE INDEX "acknowledgement_x_until" ON "acknowledgement_x" (archived, "s_until", id);
