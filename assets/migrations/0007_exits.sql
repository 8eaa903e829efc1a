-- Leaving a contract: the case, and the steps of its checklist.

CREATE TABLE "exit_case" (
  id INTEGER PRIMARY KEY,
  version INTEGER NOT NULL DEFAULT 1 CHECK (version > 0),
  archived_at TEXT,
  "title" TEXT NOT NULL CHECK ("title" <> ''),
  "contract" INTEGER NOT NULL REFERENCES "contract" (id),
  "vendor" INTEGER REFERENCES "vendor" (id),
  "state" TEXT NOT NULL CHECK ("state" IN ('open', 'closed', 'withdrawn')),
  "trigger" TEXT CHECK ("trigger" IN ('notice', 'expiry', 'termination')),
  "opened_on" TEXT CHECK (date("opened_on") IS "opened_on"),
  "exit_by" TEXT CHECK (date("exit_by") IS "exit_by"),
  "owner" TEXT CHECK ("owner" <> ''),
  "successor" INTEGER REFERENCES "vendor" (id),
  "settlement_minor" INTEGER,
  "settlement_currency" TEXT CHECK ("settlement_currency" GLOB '[A-Z][A-Z][A-Z]'),
  "settle_by" TEXT CHECK (date("settle_by") IS "settle_by"),
  "settled_on" TEXT CHECK (date("settled_on") IS "settled_on"),
  "data" TEXT CHECK ("data" IN ('returned', 'migrated', 'destroyed', 'none_held')),
  "certificate" TEXT CHECK ("certificate" <> ''),
  "closed_on" TEXT CHECK (date("closed_on") IS "closed_on"),
  "notes" TEXT CHECK ("notes" <> ''),
  CHECK (("settlement_minor" IS NULL) = ("settlement_currency" IS NULL))
) STRICT;
CREATE INDEX "exit_case_contract" ON "exit_case" ("contract");
CREATE INDEX "exit_case_vendor" ON "exit_case" ("vendor");
CREATE INDEX "exit_case_successor" ON "exit_case" ("successor") WHERE "successor" IS NOT NULL;
CREATE TABLE "exit_case_x" (
  id INTEGER PRIMARY KEY,
  archived INTEGER NOT NULL,
  valid_from TEXT NOT NULL,
  valid_until TEXT NOT NULL,
  shares TEXT NOT NULL,
  "s_title" TEXT NOT NULL,
  "s_state" INTEGER NOT NULL,
  "l_contract" INTEGER NOT NULL,
  "l_vendor" INTEGER NOT NULL,
  "l_successor" INTEGER NOT NULL,
  "settled_steps" INTEGER NOT NULL,
  "steps" INTEGER NOT NULL,
  "blocking" INTEGER NOT NULL,
  "next_due" TEXT NOT NULL
) STRICT;
CREATE INDEX "exit_case_x_title" ON "exit_case_x" (archived, "s_title", id);
CREATE INDEX "exit_case_x_state" ON "exit_case_x" (archived, "s_state", id);
CREATE INDEX "exit_case_x_next_due" ON "exit_case_x" (archived, "next_due", id);
CREATE INDEX "exit_case_x_of_contract" ON "exit_case_x" ("l_contract", archived, "next_due", id) WHERE "l_contract" <> 0;
CREATE INDEX "exit_case_x_of_vendor" ON "exit_case_x" ("l_vendor", archived, "next_due", id) WHERE "l_vendor" <> 0;
CREATE INDEX "exit_case_x_of_successor" ON "exit_case_x" ("l_successor", archived, "next_due", id) WHERE "l_successor" <> 0;

CREATE TABLE "exit_step" (
  id INTEGER PRIMARY KEY,
  version INTEGER NOT NULL DEFAULT 1 CHECK (version > 0),
  archived_at TEXT,
  "step" TEXT NOT NULL CHECK ("step" IN ('decision', 'notice', 'open_items', 'handover', 'data', 'access', 'staff', 'assets', 'settlement', 'confidentiality', 'lessons', 'contacts', 'closing')),
  "exit_case" INTEGER NOT NULL REFERENCES "exit_case" (id),
  "due_on" TEXT CHECK (date("due_on") IS "due_on"),
  "owner" TEXT CHECK ("owner" <> ''),
  "state" TEXT NOT NULL CHECK ("state" IN ('open', 'done', 'not_applicable')),
  "done_on" TEXT CHECK (date("done_on") IS "done_on"),
  "proof" TEXT CHECK ("proof" <> ''),
  "why" TEXT CHECK ("why" <> ''),
  "blocks" INTEGER NOT NULL DEFAULT 0 CHECK ("blocks" IN (0, 1)),
  "notes" TEXT CHECK ("notes" <> '')
) STRICT;
CREATE INDEX "exit_step_exit_case" ON "exit_step" ("exit_case");
CREATE TABLE "exit_step_x" (
  id INTEGER PRIMARY KEY,
  archived INTEGER NOT NULL,
  valid_from TEXT NOT NULL,
  valid_until TEXT NOT NULL,
  shares TEXT NOT NULL,
  "s_step" INTEGER NOT NULL,
  "s_due_on" TEXT NOT NULL,
  "l_exit_case" INTEGER NOT NULL
) STRICT;
CREATE INDEX "exit_step_x_step" ON "exit_step_x" (archived, "s_step", id);
CREATE INDEX "exit_step_x_due_on" ON "exit_step_x" (archived, "s_due_on", id);
CREATE INDEX "exit_step_x_of_exit_case" ON "exit_step_x" ("l_exit_case", archived, "s_step", id) WHERE "l_exit_case" <> 0;
