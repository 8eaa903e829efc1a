-- What happens under a contract: deliverables, change requests, breaches and disputes, reports.

CREATE TABLE "deliverable" (
  id INTEGER PRIMARY KEY,
  version INTEGER NOT NULL DEFAULT 1 CHECK (version > 0),
  archived_at TEXT,
  "title" TEXT NOT NULL CHECK ("title" <> ''),
  "contract" INTEGER NOT NULL REFERENCES "contract" (id),
  "criteria" TEXT CHECK ("criteria" <> ''),
  "due_on" TEXT CHECK (date("due_on") IS "due_on"),
  "delivered_on" TEXT CHECK (date("delivered_on") IS "delivered_on"),
  "state" TEXT NOT NULL CHECK ("state" IN ('scheduled', 'met', 'partly_met', 'not_met')),
  "accepted_on" TEXT CHECK (date("accepted_on") IS "accepted_on"),
  "accepted_by" TEXT CHECK ("accepted_by" <> ''),
  "shortfall" TEXT CHECK ("shortfall" <> ''),
  "owner" TEXT CHECK ("owner" <> ''),
  "notes" TEXT CHECK ("notes" <> '')
) STRICT;
CREATE INDEX "deliverable_contract" ON "deliverable" ("contract");
CREATE TABLE "deliverable_x" (
  id INTEGER PRIMARY KEY,
  archived INTEGER NOT NULL,
  valid_from TEXT NOT NULL,
  valid_until TEXT NOT NULL,
  shares TEXT NOT NULL,
  "s_title" TEXT NOT NULL,
  "s_due_on" TEXT NOT NULL,
  "s_state" INTEGER NOT NULL,
  "l_contract" INTEGER NOT NULL
) STRICT;
CREATE INDEX "deliverable_x_title" ON "deliverable_x" (archived, "s_title", id);
CREATE INDEX "deliverable_x_due_on" ON "deliverable_x" (archived, "s_due_on", id);
CREATE INDEX "deliverable_x_state" ON "deliverable_x" (archived, "s_state", id);
CREATE INDEX "deliverable_x_of_contract" ON "deliverable_x" ("l_contract", archived, "s_due_on", id) WHERE "l_contract" <> 0;

CREATE TABLE "change_request" (
  id INTEGER PRIMARY KEY,
  version INTEGER NOT NULL DEFAULT 1 CHECK (version > 0),
  archived_at TEXT,
  "title" TEXT NOT NULL CHECK ("title" <> ''),
  "contract" INTEGER NOT NULL REFERENCES "contract" (id),
  "side" TEXT CHECK ("side" IN ('ours', 'theirs')),
  "requested_by" TEXT CHECK ("requested_by" <> ''),
  "requested_on" TEXT CHECK (date("requested_on") IS "requested_on"),
  "why" TEXT CHECK ("why" <> ''),
  "scope" TEXT CHECK ("scope" <> ''),
  "cost_minor" INTEGER,
  "cost_currency" TEXT CHECK ("cost_currency" GLOB '[A-Z][A-Z][A-Z]'),
  "delay" TEXT CHECK ("delay" GLOB '[0-9]*' AND ltrim("delay", '0123456789') IN ('d', 'bd', 'm')),
  "assessed_by" TEXT CHECK ("assessed_by" <> ''),
  "decide_by" TEXT CHECK (date("decide_by") IS "decide_by"),
  "state" TEXT NOT NULL CHECK ("state" IN ('requested', 'assessed', 'approved', 'implemented', 'rejected', 'withdrawn')),
  "decided_on" TEXT CHECK (date("decided_on") IS "decided_on"),
  "decided_by" TEXT CHECK ("decided_by" <> ''),
  "implement_by" TEXT CHECK (date("implement_by") IS "implement_by"),
  "implemented_on" TEXT CHECK (date("implemented_on") IS "implemented_on"),
  "notes" TEXT CHECK ("notes" <> ''),
  CHECK (("cost_minor" IS NULL) = ("cost_currency" IS NULL))
) STRICT;
CREATE INDEX "change_request_contract" ON "change_request" ("contract");
CREATE TABLE "change_request_x" (
  id INTEGER PRIMARY KEY,
  archived INTEGER NOT NULL,
  valid_from TEXT NOT NULL,
  valid_until TEXT NOT NULL,
  shares TEXT NOT NULL,
  "s_title" TEXT NOT NULL,
  "s_cost" INTEGER NOT NULL,
  "s_decide_by" TEXT NOT NULL,
  "s_state" INTEGER NOT NULL,
  "l_contract" INTEGER NOT NULL
) STRICT;
CREATE INDEX "change_request_x_title" ON "change_request_x" (archived, "s_title", id);
CREATE INDEX "change_request_x_cost" ON "change_request_x" (archived, "s_cost", id);
CREATE INDEX "change_request_x_decide_by" ON "change_request_x" (archived, "s_decide_by", id);
CREATE INDEX "change_request_x_state" ON "change_request_x" (archived, "s_state", id);
CREATE INDEX "change_request_x_of_contract" ON "change_request_x" ("l_contract", archived, "s_decide_by", id) WHERE "l_contract" <> 0;

CREATE TABLE "breach" (
  id INTEGER PRIMARY KEY,
  version INTEGER NOT NULL DEFAULT 1 CHECK (version > 0),
  archived_at TEXT,
  "title" TEXT NOT NULL CHECK ("title" <> ''),
  "contract" INTEGER NOT NULL REFERENCES "contract" (id),
  "kind" TEXT CHECK ("kind" IN ('breach', 'dispute')),
  "side" TEXT CHECK ("side" IN ('ours', 'theirs')),
  "found_on" TEXT CHECK (date("found_on") IS "found_on"),
  "serious" INTEGER NOT NULL DEFAULT 0 CHECK ("serious" IN (0, 1)),
  "article" TEXT CHECK ("article" <> ''),
  "what" TEXT CHECK ("what" <> ''),
  "state" TEXT NOT NULL CHECK ("state" IN ('open', 'remedying', 'negotiating', 'in_court', 'closed')),
  "remedy" TEXT CHECK ("remedy" <> ''),
  "remedy_due" TEXT CHECK (date("remedy_due") IS "remedy_due"),
  "remedied_on" TEXT CHECK (date("remedied_on") IS "remedied_on"),
  "penalty_minor" INTEGER,
  "penalty_currency" TEXT CHECK ("penalty_currency" GLOB '[A-Z][A-Z][A-Z]'),
  "next_on" TEXT CHECK (date("next_on") IS "next_on"),
  "court" TEXT CHECK ("court" <> ''),
  "outcome" TEXT CHECK ("outcome" <> ''),
  "owner" TEXT CHECK ("owner" <> ''),
  "notes" TEXT CHECK ("notes" <> ''),
  CHECK (("penalty_minor" IS NULL) = ("penalty_currency" IS NULL))
) STRICT;
CREATE INDEX "breach_contract" ON "breach" ("contract");
CREATE TABLE "breach_x" (
  id INTEGER PRIMARY KEY,
  archived INTEGER NOT NULL,
  valid_from TEXT NOT NULL,
  valid_until TEXT NOT NULL,
  shares TEXT NOT NULL,
  "s_title" TEXT NOT NULL,
  "s_state" INTEGER NOT NULL,
  "s_remedy_due" TEXT NOT NULL,
  "l_contract" INTEGER NOT NULL
) STRICT;
CREATE INDEX "breach_x_title" ON "breach_x" (archived, "s_title", id);
CREATE INDEX "breach_x_state" ON "breach_x" (archived, "s_state", id);
CREATE INDEX "breach_x_remedy_due" ON "breach_x" (archived, "s_remedy_due", id);
CREATE INDEX "breach_x_of_contract" ON "breach_x" ("l_contract", archived, "s_remedy_due", id) WHERE "l_contract" <> 0;

CREATE TABLE "report" (
  id INTEGER PRIMARY KEY,
  version INTEGER NOT NULL DEFAULT 1 CHECK (version > 0),
  archived_at TEXT,
  "title" TEXT NOT NULL CHECK ("title" <> ''),
  "contract" INTEGER NOT NULL REFERENCES "contract" (id),
  "kind" TEXT CHECK ("kind" IN ('work', 'progress', 'incident', 'other')),
  "period" TEXT CHECK ("period" GLOB '[0-9][0-9][0-9][0-9]' OR "period" GLOB '[0-9][0-9][0-9][0-9]-0[1-9]' OR "period" GLOB '[0-9][0-9][0-9][0-9]-1[0-2]' OR "period" GLOB '[0-9][0-9][0-9][0-9]-Q[1-4]' OR "period" GLOB '[0-9][0-9][0-9][0-9]-H[12]'),
  "due_on" TEXT CHECK (date("due_on") IS "due_on"),
  "received_on" TEXT CHECK (date("received_on") IS "received_on"),
  "state" TEXT NOT NULL CHECK ("state" IN ('due', 'received', 'accepted', 'returned')),
  "received_by" TEXT CHECK ("received_by" <> ''),
  "lacks" TEXT CHECK ("lacks" <> ''),
  "notes" TEXT CHECK ("notes" <> '')
) STRICT;
CREATE INDEX "report_contract" ON "report" ("contract");
CREATE TABLE "report_x" (
  id INTEGER PRIMARY KEY,
  archived INTEGER NOT NULL,
  valid_from TEXT NOT NULL,
  valid_until TEXT NOT NULL,
  shares TEXT NOT NULL,
  "s_title" TEXT NOT NULL,
  "s_due_on" TEXT NOT NULL,
  "s_state" INTEGER NOT NULL,
  "l_contract" INTEGER NOT NULL
) STRICT;
CREATE INDEX "report_x_title" ON "report_x" (archived, "s_title", id);
CREATE INDEX "report_x_due_on" ON "report_x" (archived, "s_due_on", id);
CREATE INDEX "report_x_state" ON "report_x" (archived, "s_state", id);
CREATE INDEX "report_x_of_contract" ON "report_x" ("l_contract", archived, "s_due_on", id) WHERE "l_contract" <> 0;
