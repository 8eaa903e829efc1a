-- What was found of the clauses of a contract; service levels and what they came to, period by period.

CREATE TABLE "clause" (
  id INTEGER PRIMARY KEY,
  version INTEGER NOT NULL DEFAULT 1 CHECK (version > 0),
  archived_at TEXT,
  "contract" INTEGER NOT NULL REFERENCES "contract" (id),
  "about" TEXT NOT NULL CHECK ("about" IN ('scope', 'deliverables', 'quality', 'service_levels', 'price', 'term', 'duties', 'confidentiality', 'ip', 'data_security', 'breach', 'liability_limit', 'guarantee', 'supervision', 'change', 'termination', 'force_majeure', 'exit', 'disputes', 'attachments', 'renewal', 'subcontracting', 'insurance', 'staff')),
  "state" TEXT NOT NULL CHECK ("state" IN ('present', 'missing', 'na')),
  "article" TEXT CHECK ("article" <> ''),
  "excerpt" TEXT CHECK ("excerpt" <> ''),
  "risk_note" TEXT CHECK ("risk_note" <> '')
) STRICT;
CREATE INDEX "clause_contract" ON "clause" ("contract");
CREATE TABLE "clause_x" (
  id INTEGER PRIMARY KEY,
  archived INTEGER NOT NULL,
  valid_from TEXT NOT NULL,
  valid_until TEXT NOT NULL,
  shares TEXT NOT NULL,
  "s_about" INTEGER NOT NULL,
  "s_state" INTEGER NOT NULL,
  "l_contract" INTEGER NOT NULL
) STRICT;
CREATE INDEX "clause_x_about" ON "clause_x" (archived, "s_about", id);
CREATE INDEX "clause_x_state" ON "clause_x" (archived, "s_state", id);
CREATE INDEX "clause_x_of_contract" ON "clause_x" ("l_contract", archived, "s_about", id) WHERE "l_contract" <> 0;

CREATE TABLE "service_level" (
  id INTEGER PRIMARY KEY,
  version INTEGER NOT NULL DEFAULT 1 CHECK (version > 0),
  archived_at TEXT,
  "title" TEXT NOT NULL CHECK ("title" <> ''),
  "contract" INTEGER NOT NULL REFERENCES "contract" (id),
  "aim" TEXT NOT NULL CHECK ("aim" IN ('at_least', 'at_most')),
  "target" INTEGER NOT NULL,
  "unit" TEXT CHECK ("unit" <> ''),
  "every" TEXT NOT NULL CHECK ("every" IN ('month', 'quarter', 'half', 'year')),
  "starts_on" TEXT CHECK (date("starts_on") IS "starts_on"),
  "method" TEXT CHECK ("method" <> ''),
  "charge_minor" INTEGER,
  "charge_currency" TEXT CHECK ("charge_currency" GLOB '[A-Z][A-Z][A-Z]'),
  "at_risk" INTEGER CHECK ("at_risk" BETWEEN 0 AND 10000),
  "allocation" INTEGER CHECK ("allocation" BETWEEN 0 AND 10000),
  "tiers" TEXT CHECK ("tiers" <> ''),
  "repeat" INTEGER CHECK ("repeat" BETWEEN 0 AND 10000),
  "claim_within" TEXT CHECK ("claim_within" GLOB '[0-9]*' AND ltrim("claim_within", '0123456789') IN ('d', 'bd', 'm')),
  "owner" TEXT CHECK ("owner" <> ''),
  "notes" TEXT CHECK ("notes" <> ''),
  CHECK (("charge_minor" IS NULL) = ("charge_currency" IS NULL))
) STRICT;
CREATE INDEX "service_level_contract" ON "service_level" ("contract");
CREATE TABLE "service_level_x" (
  id INTEGER PRIMARY KEY,
  archived INTEGER NOT NULL,
  valid_from TEXT NOT NULL,
  valid_until TEXT NOT NULL,
  shares TEXT NOT NULL,
  "s_title" TEXT NOT NULL,
  "l_contract" INTEGER NOT NULL,
  "latest" INTEGER NOT NULL,
  "outcome" INTEGER NOT NULL,
  "attained" INTEGER NOT NULL
) STRICT;
CREATE INDEX "service_level_x_title" ON "service_level_x" (archived, "s_title", id);
CREATE INDEX "service_level_x_attained" ON "service_level_x" (archived, "attained", id);
CREATE INDEX "service_level_x_of_contract" ON "service_level_x" ("l_contract", archived, "s_title", id) WHERE "l_contract" <> 0;

CREATE TABLE "measurement" (
  id INTEGER PRIMARY KEY,
  version INTEGER NOT NULL DEFAULT 1 CHECK (version > 0),
  archived_at TEXT,
  "level" INTEGER NOT NULL REFERENCES "service_level" (id),
  "period" TEXT NOT NULL CHECK ("period" <> ''),
  "value" INTEGER,
  "excused" INTEGER NOT NULL DEFAULT 0 CHECK ("excused" IN (0, 1)),
  "why_excused" TEXT CHECK ("why_excused" <> ''),
  "evidence" TEXT CHECK ("evidence" <> ''),
  "claimed_on" TEXT CHECK (date("claimed_on") IS "claimed_on"),
  "notes" TEXT CHECK ("notes" <> '')
) STRICT;
CREATE INDEX "measurement_level" ON "measurement" ("level");
CREATE TABLE "measurement_x" (
  id INTEGER PRIMARY KEY,
  archived INTEGER NOT NULL,
  valid_from TEXT NOT NULL,
  valid_until TEXT NOT NULL,
  shares TEXT NOT NULL,
  "s_period" TEXT NOT NULL,
  "l_level" INTEGER NOT NULL,
  "outcome" INTEGER NOT NULL,
  "credit_minor" INTEGER,
  "credit_currency" TEXT
) STRICT;
CREATE INDEX "measurement_x_period" ON "measurement_x" (archived, "s_period", id);
CREATE INDEX "measurement_x_of_level" ON "measurement_x" ("l_level", archived, "s_period", id) WHERE "l_level" <> 0;
