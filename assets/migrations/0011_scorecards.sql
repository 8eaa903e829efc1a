-- The cycle of reviews: plans, several raters, surveys, meetings, what a result leads to, and plans to improve.

CREATE TABLE "review_plan" (
  id INTEGER PRIMARY KEY,
  version INTEGER NOT NULL DEFAULT 1 CHECK (version > 0),
  archived_at TEXT,
  "name" TEXT NOT NULL CHECK ("name" <> ''),
  "vendor" INTEGER REFERENCES "vendor" (id),
  "tier" TEXT CHECK ("tier" IN ('strategic', 'leverage', 'bottleneck', 'routine')),
  "contract" INTEGER REFERENCES "contract" (id),
  "template" INTEGER REFERENCES "template" (id),
  "period_kind" TEXT NOT NULL CHECK ("period_kind" IN ('month', 'quarter', 'half', 'year')),
  "owner" TEXT CHECK ("owner" <> ''),
  "due_days" INTEGER CHECK ("due_days" BETWEEN 0 AND 366),
  "starts_on" TEXT CHECK (date("starts_on") IS "starts_on"),
  "ends_on" TEXT CHECK (date("ends_on") IS "ends_on"),
  "notes" TEXT CHECK ("notes" <> '')
) STRICT;
CREATE INDEX "review_plan_vendor" ON "review_plan" ("vendor") WHERE "vendor" IS NOT NULL;
CREATE INDEX "review_plan_contract" ON "review_plan" ("contract") WHERE "contract" IS NOT NULL;
CREATE INDEX "review_plan_template" ON "review_plan" ("template") WHERE "template" IS NOT NULL;
CREATE TABLE "review_plan_x" (
  id INTEGER PRIMARY KEY,
  archived INTEGER NOT NULL,
  valid_from TEXT NOT NULL,
  valid_until TEXT NOT NULL,
  shares TEXT NOT NULL,
  "s_name" TEXT NOT NULL,
  "s_starts_on" TEXT NOT NULL,
  "l_vendor" INTEGER NOT NULL,
  "l_contract" INTEGER NOT NULL,
  "l_template" INTEGER NOT NULL
) STRICT;
CREATE INDEX "review_plan_x_name" ON "review_plan_x" (archived, "s_name", id);
CREATE INDEX "review_plan_x_starts_on" ON "review_plan_x" (archived, "s_starts_on", id);
CREATE INDEX "review_plan_x_of_vendor" ON "review_plan_x" ("l_vendor", archived, "s_name", id) WHERE "l_vendor" <> 0;
CREATE INDEX "review_plan_x_of_contract" ON "review_plan_x" ("l_contract", archived, "s_name", id) WHERE "l_contract" <> 0;
CREATE INDEX "review_plan_x_of_template" ON "review_plan_x" ("l_template", archived, "s_name", id) WHERE "l_template" <> 0;

CREATE TABLE "meeting" (
  id INTEGER PRIMARY KEY,
  version INTEGER NOT NULL DEFAULT 1 CHECK (version > 0),
  archived_at TEXT,
  "title" TEXT NOT NULL CHECK ("title" <> ''),
  "held_on" TEXT NOT NULL CHECK (date("held_on") IS "held_on"),
  "period" TEXT CHECK ("period" GLOB '[0-9][0-9][0-9][0-9]' OR "period" GLOB '[0-9][0-9][0-9][0-9]-0[1-9]' OR "period" GLOB '[0-9][0-9][0-9][0-9]-1[0-2]' OR "period" GLOB '[0-9][0-9][0-9][0-9]-Q[1-4]' OR "period" GLOB '[0-9][0-9][0-9][0-9]-H[12]'),
  "state" TEXT NOT NULL CHECK ("state" IN ('planned', 'running', 'closed')),
  "chair" TEXT CHECK ("chair" <> ''),
  "attendees" TEXT CHECK ("attendees" <> ''),
  "apologies" TEXT CHECK ("apologies" <> ''),
  "minutes_each" INTEGER CHECK ("minutes_each" BETWEEN 1 AND 240),
  "decisions" TEXT CHECK ("decisions" <> ''),
  "notes" TEXT CHECK ("notes" <> '')
) STRICT;
CREATE TABLE "meeting_x" (
  id INTEGER PRIMARY KEY,
  archived INTEGER NOT NULL,
  valid_from TEXT NOT NULL,
  valid_until TEXT NOT NULL,
  shares TEXT NOT NULL,
  "s_title" TEXT NOT NULL,
  "s_held_on" TEXT NOT NULL
) STRICT;
CREATE INDEX "meeting_x_title" ON "meeting_x" (archived, "s_title", id);
CREATE INDEX "meeting_x_held_on" ON "meeting_x" (archived, "s_held_on", id);

CREATE TABLE "rater_score" (
  id INTEGER PRIMARY KEY,
  version INTEGER NOT NULL DEFAULT 1 CHECK (version > 0),
  archived_at TEXT,
  "row" INTEGER NOT NULL REFERENCES "review_row" (id),
  "rater" TEXT NOT NULL CHECK ("rater" <> ''),
  "status" TEXT NOT NULL CHECK ("status" IN ('not_measured', 'measured', 'not_applicable')),
  "raw" INTEGER,
  "rating" INTEGER CHECK ("rating" BETWEEN 0 AND 5),
  "sealed" INTEGER NOT NULL DEFAULT 0 CHECK ("sealed" IN (0, 1)),
  "note" TEXT CHECK ("note" <> '')
) STRICT;
CREATE INDEX "rater_score_row" ON "rater_score" ("row");
CREATE TABLE "rater_score_x" (
  id INTEGER PRIMARY KEY,
  archived INTEGER NOT NULL,
  valid_from TEXT NOT NULL,
  valid_until TEXT NOT NULL,
  shares TEXT NOT NULL,
  "s_rater" TEXT NOT NULL,
  "l_row" INTEGER NOT NULL
) STRICT;
CREATE INDEX "rater_score_x_rater" ON "rater_score_x" (archived, "s_rater", id);
CREATE INDEX "rater_score_x_of_row" ON "rater_score_x" ("l_row", archived, "s_rater", id) WHERE "l_row" <> 0;

CREATE TABLE "survey" (
  id INTEGER PRIMARY KEY,
  version INTEGER NOT NULL DEFAULT 1 CHECK (version > 0),
  archived_at TEXT,
  "title" TEXT NOT NULL CHECK ("title" <> ''),
  "vendor" INTEGER NOT NULL REFERENCES "vendor" (id),
  "contract" INTEGER REFERENCES "contract" (id),
  "period" TEXT NOT NULL CHECK ("period" GLOB '[0-9][0-9][0-9][0-9]' OR "period" GLOB '[0-9][0-9][0-9][0-9]-0[1-9]' OR "period" GLOB '[0-9][0-9][0-9][0-9]-1[0-2]' OR "period" GLOB '[0-9][0-9][0-9][0-9]-Q[1-4]' OR "period" GLOB '[0-9][0-9][0-9][0-9]-H[12]'),
  "held_on" TEXT CHECK (date("held_on") IS "held_on"),
  "invited" INTEGER CHECK ("invited" BETWEEN 0 AND 1000000),
  "ones" INTEGER CHECK ("ones" BETWEEN 0 AND 1000000),
  "twos" INTEGER CHECK ("twos" BETWEEN 0 AND 1000000),
  "threes" INTEGER CHECK ("threes" BETWEEN 0 AND 1000000),
  "fours" INTEGER CHECK ("fours" BETWEEN 0 AND 1000000),
  "fives" INTEGER CHECK ("fives" BETWEEN 0 AND 1000000),
  "notes" TEXT CHECK ("notes" <> '')
) STRICT;
CREATE INDEX "survey_vendor" ON "survey" ("vendor");
CREATE INDEX "survey_contract" ON "survey" ("contract") WHERE "contract" IS NOT NULL;
CREATE TABLE "survey_x" (
  id INTEGER PRIMARY KEY,
  archived INTEGER NOT NULL,
  valid_from TEXT NOT NULL,
  valid_until TEXT NOT NULL,
  shares TEXT NOT NULL,
  "s_title" TEXT NOT NULL,
  "s_period" TEXT NOT NULL,
  "l_vendor" INTEGER NOT NULL,
  "l_contract" INTEGER NOT NULL
) STRICT;
CREATE INDEX "survey_x_title" ON "survey_x" (archived, "s_title", id);
CREATE INDEX "survey_x_period" ON "survey_x" (archived, "s_period", id);
CREATE INDEX "survey_x_of_vendor" ON "survey_x" ("l_vendor", archived, "s_period", id) WHERE "l_vendor" <> 0;
CREATE INDEX "survey_x_of_contract" ON "survey_x" ("l_contract", archived, "s_period", id) WHERE "l_contract" <> 0;

CREATE TABLE "improvement" (
  id INTEGER PRIMARY KEY,
  version INTEGER NOT NULL DEFAULT 1 CHECK (version > 0),
  archived_at TEXT,
  "title" TEXT NOT NULL CHECK ("title" <> ''),
  "vendor" INTEGER NOT NULL REFERENCES "vendor" (id),
  "review" INTEGER REFERENCES "review" (id),
  "row" INTEGER REFERENCES "review_row" (id),
  "goal" TEXT CHECK ("goal" <> ''),
  "metric" TEXT CHECK ("metric" <> ''),
  "target" INTEGER,
  "owner" TEXT CHECK ("owner" <> ''),
  "counterpart" TEXT CHECK ("counterpart" <> ''),
  "due_on" TEXT CHECK (date("due_on") IS "due_on"),
  "verify_on" TEXT CHECK (date("verify_on") IS "verify_on"),
  "state" TEXT NOT NULL CHECK ("state" IN ('proposed', 'agreed', 'in_progress', 'verify', 'effective', 'ineffective', 'dropped')),
  "result" TEXT CHECK ("result" <> '')
) STRICT;
CREATE INDEX "improvement_vendor" ON "improvement" ("vendor");
CREATE INDEX "improvement_review" ON "improvement" ("review") WHERE "review" IS NOT NULL;
CREATE INDEX "improvement_row" ON "improvement" ("row") WHERE "row" IS NOT NULL;
CREATE TABLE "improvement_x" (
  id INTEGER PRIMARY KEY,
  archived INTEGER NOT NULL,
  valid_from TEXT NOT NULL,
  valid_until TEXT NOT NULL,
  shares TEXT NOT NULL,
  "s_title" TEXT NOT NULL,
  "s_due_on" TEXT NOT NULL,
  "l_vendor" INTEGER NOT NULL,
  "l_review" INTEGER NOT NULL,
  "l_row" INTEGER NOT NULL
) STRICT;
CREATE INDEX "improvement_x_title" ON "improvement_x" (archived, "s_title", id);
CREATE INDEX "improvement_x_due_on" ON "improvement_x" (archived, "s_due_on", id);
CREATE INDEX "improvement_x_of_vendor" ON "improvement_x" ("l_vendor", archived, "s_due_on", id) WHERE "l_vendor" <> 0;
CREATE INDEX "improvement_x_of_review" ON "improvement_x" ("l_review", archived, "s_due_on", id) WHERE "l_review" <> 0;
CREATE INDEX "improvement_x_of_row" ON "improvement_x" ("l_row", archived, "s_due_on", id) WHERE "l_row" <> 0;

CREATE TABLE "consequence" (
  id INTEGER PRIMARY KEY,
  version INTEGER NOT NULL DEFAULT 1 CHECK (version > 0),
  archived_at TEXT,
  "kind" TEXT NOT NULL CHECK ("kind" IN ('reward', 'praise', 'more_volume', 'warning', 'less_volume', 'penalty', 'plan', 'watch', 'suspend', 'terminate')),
  "vendor" INTEGER NOT NULL REFERENCES "vendor" (id),
  "review" INTEGER REFERENCES "review" (id),
  "improvement" INTEGER REFERENCES "improvement" (id),
  "state" TEXT NOT NULL CHECK ("state" IN ('proposed', 'decided', 'done', 'declined')),
  "amount_minor" INTEGER,
  "amount_currency" TEXT CHECK ("amount_currency" GLOB '[A-Z][A-Z][A-Z]'),
  "basis" TEXT CHECK ("basis" <> ''),
  "why" TEXT CHECK ("why" <> ''),
  "decided_by" TEXT CHECK ("decided_by" <> ''),
  "decided_on" TEXT CHECK (date("decided_on") IS "decided_on"),
  "owner" TEXT CHECK ("owner" <> ''),
  "due_on" TEXT CHECK (date("due_on") IS "due_on"),
  "done_on" TEXT CHECK (date("done_on") IS "done_on"),
  "notes" TEXT CHECK ("notes" <> '')
) STRICT;
CREATE INDEX "consequence_vendor" ON "consequence" ("vendor");
CREATE INDEX "consequence_review" ON "consequence" ("review") WHERE "review" IS NOT NULL;
CREATE INDEX "consequence_improvement" ON "consequence" ("improvement") WHERE "improvement" IS NOT NULL;
CREATE TABLE "consequence_x" (
  id INTEGER PRIMARY KEY,
  archived INTEGER NOT NULL,
  valid_from TEXT NOT NULL,
  valid_until TEXT NOT NULL,
  shares TEXT NOT NULL,
  "s_decided_on" TEXT NOT NULL,
  "s_due_on" TEXT NOT NULL,
  "l_vendor" INTEGER NOT NULL,
  "l_review" INTEGER NOT NULL,
  "l_improvement" INTEGER NOT NULL
) STRICT;
CREATE INDEX "consequence_x_decided_on" ON "consequence_x" (archived, "s_decided_on", id);
CREATE INDEX "consequence_x_due_on" ON "consequence_x" (archived, "s_due_on", id);
CREATE INDEX "consequence_x_of_vendor" ON "consequence_x" ("l_vendor", archived, "s_due_on", id) WHERE "l_vendor" <> 0;
CREATE INDEX "consequence_x_of_review" ON "consequence_x" ("l_review", archived, "s_due_on", id) WHERE "l_review" <> 0;
CREATE INDEX "consequence_x_of_improvement" ON "consequence_x" ("l_improvement", archived, "s_due_on", id) WHERE "l_improvement" <> 0;

CREATE TABLE "agenda_item" (
  id INTEGER PRIMARY KEY,
  version INTEGER NOT NULL DEFAULT 1 CHECK (version > 0),
  archived_at TEXT,
  "meeting" INTEGER NOT NULL REFERENCES "meeting" (id),
  "place" INTEGER NOT NULL CHECK ("place" BETWEEN 1 AND 9999),
  "review" INTEGER NOT NULL REFERENCES "review" (id),
  "decision" TEXT CHECK ("decision" <> ''),
  "seconds" INTEGER CHECK ("seconds" BETWEEN 0 AND 86400)
) STRICT;
CREATE INDEX "agenda_item_meeting" ON "agenda_item" ("meeting");
CREATE INDEX "agenda_item_review" ON "agenda_item" ("review");
CREATE TABLE "agenda_item_x" (
  id INTEGER PRIMARY KEY,
  archived INTEGER NOT NULL,
  valid_from TEXT NOT NULL,
  valid_until TEXT NOT NULL,
  shares TEXT NOT NULL,
  "s_place" INTEGER NOT NULL,
  "l_meeting" INTEGER NOT NULL,
  "l_review" INTEGER NOT NULL
) STRICT;
CREATE INDEX "agenda_item_x_place" ON "agenda_item_x" (archived, "s_place", id);
CREATE INDEX "agenda_item_x_of_meeting" ON "agenda_item_x" ("l_meeting", archived, "s_place", id) WHERE "l_meeting" <> 0;
CREATE INDEX "agenda_item_x_of_review" ON "agenda_item_x" ("l_review", archived, "s_place", id) WHERE "l_review" <> 0;

-- Where a meeting stands, as it is typed: no record of its own, so that turning a page is no event.
CREATE TABLE "meeting_desk" (
  meeting INTEGER PRIMARY KEY REFERENCES "meeting" (id),
  desk TEXT NOT NULL CHECK (json_valid(desk)),
  changed_at TEXT NOT NULL
) STRICT;

ALTER TABLE "kpi" ADD COLUMN "key" TEXT CHECK ("key" <> '');
ALTER TABLE "kpi" ADD COLUMN "bands" TEXT CHECK ("bands" <> '');
ALTER TABLE "kpi" ADD COLUMN "veto_at" INTEGER;
ALTER TABLE "kpi" ADD COLUMN "precision" INTEGER CHECK ("precision" BETWEEN 0 AND 4);
ALTER TABLE "kpi" ADD COLUMN "aggregate" TEXT CHECK ("aggregate" IN ('avg', 'sum', 'min', 'max', 'latest'));
ALTER TABLE "kpi" ADD COLUMN "feed" TEXT CHECK ("feed" IN ('sla', 'deliverables', 'issues', 'complaints', 'stability', 'survey', 'on_time'));
-- A direction more: the column takes the place of the one that knew two.
ALTER TABLE "kpi" ADD COLUMN "way" TEXT CHECK ("way" IN ('max', 'min', 'range'));
UPDATE "kpi" SET "way" = "direction";
ALTER TABLE "kpi" DROP COLUMN "direction";
ALTER TABLE "kpi" RENAME COLUMN "way" TO "direction";

ALTER TABLE "template" ADD COLUMN "key" TEXT CHECK ("key" <> '');
ALTER TABLE "template" ADD COLUMN "bands" TEXT CHECK ("bands" <> '');

ALTER TABLE "review" ADD COLUMN "bands" TEXT CHECK ("bands" <> '');
ALTER TABLE "review" ADD COLUMN "revision" INTEGER CHECK ("revision" BETWEEN 1 AND 9999);
ALTER TABLE "review" ADD COLUMN "corrects" INTEGER REFERENCES "review" (id);
ALTER TABLE "review" ADD COLUMN "plan" INTEGER REFERENCES "review_plan" (id);
ALTER TABLE "review" ADD COLUMN "shared_on" TEXT CHECK (date("shared_on") IS "shared_on");
ALTER TABLE "review" ADD COLUMN "locked_on" TEXT CHECK (date("locked_on") IS "locked_on");
ALTER TABLE "review" ADD COLUMN "locked_by" TEXT CHECK ("locked_by" <> '');
ALTER TABLE "review" ADD COLUMN "seal" TEXT CHECK ("seal" <> '');
CREATE INDEX "review_corrects" ON "review" ("corrects") WHERE "corrects" IS NOT NULL;
CREATE INDEX "review_plan_of" ON "review" ("plan") WHERE "plan" IS NOT NULL;
ALTER TABLE "review_x" ADD COLUMN "l_corrects" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "review_x" ADD COLUMN "l_plan" INTEGER NOT NULL DEFAULT 0;
CREATE INDEX "review_x_of_corrects" ON "review_x" ("l_corrects", archived, "s_period", id) WHERE "l_corrects" <> 0;
CREATE INDEX "review_x_of_plan" ON "review_x" ("l_plan", archived, "s_period", id) WHERE "l_plan" <> 0;

ALTER TABLE "action" ADD COLUMN "improvement" INTEGER REFERENCES "improvement" (id);
ALTER TABLE "action" ADD COLUMN "meeting" INTEGER REFERENCES "meeting" (id);
ALTER TABLE "action" ADD COLUMN "verified_on" TEXT CHECK (date("verified_on") IS "verified_on");
CREATE INDEX "action_improvement" ON "action" ("improvement") WHERE "improvement" IS NOT NULL;
CREATE INDEX "action_meeting" ON "action" ("meeting") WHERE "meeting" IS NOT NULL;
ALTER TABLE "action_x" ADD COLUMN "l_improvement" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "action_x" ADD COLUMN "l_meeting" INTEGER NOT NULL DEFAULT 0;
CREATE INDEX "action_x_of_improvement" ON "action_x" ("l_improvement", archived, "s_due_on", id) WHERE "l_improvement" <> 0;
CREATE INDEX "action_x_of_meeting" ON "action_x" ("l_meeting", archived, "s_due_on", id) WHERE "l_meeting" <> 0;

ALTER TABLE "risk" ADD COLUMN "improvement" INTEGER REFERENCES "improvement" (id);
CREATE INDEX "risk_improvement" ON "risk" ("improvement") WHERE "improvement" IS NOT NULL;
ALTER TABLE "risk_x" ADD COLUMN "l_improvement" INTEGER NOT NULL DEFAULT 0;
CREATE INDEX "risk_x_of_improvement" ON "risk_x" ("l_improvement", archived, "score", id) WHERE "l_improvement" <> 0;
