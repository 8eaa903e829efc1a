-- Where a meeting stands goes with the meeting: it is nothing that would keep one from being taken back.

CREATE TABLE "desk" (
  meeting INTEGER PRIMARY KEY REFERENCES "meeting" (id) ON DELETE CASCADE,
  desk TEXT NOT NULL CHECK (json_valid(desk)),
  changed_at TEXT NOT NULL
) STRICT;
DROP TABLE "meeting_desk";
