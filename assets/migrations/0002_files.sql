-- References to files and links that belong to a record.

CREATE TABLE "file" (
  id INTEGER PRIMARY KEY,
  version INTEGER NOT NULL DEFAULT 1 CHECK (version > 0),
  archived_at TEXT,
  "target" TEXT NOT NULL CHECK ("target" <> ''),
  "title" TEXT CHECK ("title" <> ''),
  "kind" TEXT CHECK ("kind" IN ('contract', 'invoice', 'report', 'certificate', 'letter', 'other')),
  "vendor" INTEGER REFERENCES "vendor" (id),
  "contract" INTEGER REFERENCES "contract" (id),
  "review" INTEGER REFERENCES "review" (id),
  "risk" INTEGER REFERENCES "risk" (id),
  "notes" TEXT CHECK ("notes" <> '')
) STRICT;
CREATE INDEX "file_vendor" ON "file" ("vendor");
CREATE INDEX "file_contract" ON "file" ("contract");
CREATE INDEX "file_review" ON "file" ("review");
CREATE INDEX "file_risk" ON "file" ("risk");
CREATE TABLE "file_x" (
  id INTEGER PRIMARY KEY,
  archived INTEGER NOT NULL,
  valid_from TEXT NOT NULL,
  valid_until TEXT NOT NULL,
  shares TEXT NOT NULL,
  "s_title" TEXT NOT NULL,
  "l_vendor" INTEGER NOT NULL,
  "l_contract" INTEGER NOT NULL,
  "l_review" INTEGER NOT NULL,
  "l_risk" INTEGER NOT NULL
) STRICT;
CREATE INDEX "file_x_title" ON "file_x" (archived, "s_title", id);
CREATE INDEX "file_x_of_vendor" ON "file_x" ("l_vendor", archived, "s_title", id) WHERE "l_vendor" <> 0;
CREATE INDEX "file_x_of_contract" ON "file_x" ("l_contract", archived, "s_title", id) WHERE "l_contract" <> 0;
CREATE INDEX "file_x_of_review" ON "file_x" ("l_review", archived, "s_title", id) WHERE "l_review" <> 0;
CREATE INDEX "file_x_of_risk" ON "file_x" ("l_risk", archived, "s_title", id) WHERE "l_risk" <> 0;
