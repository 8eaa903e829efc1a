-- Working calendars beside those that come with the program.

CREATE TABLE "calendar" (
  id INTEGER PRIMARY KEY,
  version INTEGER NOT NULL DEFAULT 1 CHECK (version > 0),
  archived_at TEXT,
  "name" TEXT NOT NULL CHECK ("name" <> ''),
  "source" TEXT CHECK ("source" <> ''),
  "days" TEXT NOT NULL CHECK ("days" <> '')
) STRICT;
CREATE TABLE "calendar_x" (
  id INTEGER PRIMARY KEY,
  archived INTEGER NOT NULL,
  valid_from TEXT NOT NULL,
  valid_until TEXT NOT NULL,
  shares TEXT NOT NULL,
  "s_name" TEXT NOT NULL
) STRICT;
CREATE INDEX "calendar_x_name" ON "calendar_x" (archived, "s_name", id);
