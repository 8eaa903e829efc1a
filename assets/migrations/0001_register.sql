-- The first format of the register.
--
-- Each kind of record has a table of facts and an index table `_x` of what follows from them.
-- Blank text is NULL, never ''; money is minor units and a currency; weights are basis points,
-- scores hundredths; spans, periods and cells are their canonical words; dates are YYYY-MM-DD.
-- In `_x`: `s_` what a list is ordered by, `l_` the records it can be narrowed to, the rest the
-- derived columns. `shares` is what the record adds to `tally`. The row is right from
-- `valid_from` and before `valid_until`.

CREATE TABLE "vendor" (
  id INTEGER PRIMARY KEY,
  version INTEGER NOT NULL DEFAULT 1 CHECK (version > 0),
  archived_at TEXT,
  "name" TEXT NOT NULL CHECK ("name" <> ''),
  "name_zh" TEXT CHECK ("name_zh" <> ''),
  "name_en" TEXT CHECK ("name_en" <> ''),
  "short_name" TEXT CHECK ("short_name" <> ''),
  "aliases" TEXT CHECK ("aliases" <> ''),
  "credit_code" TEXT CHECK ("credit_code" <> ''),
  "class" TEXT CHECK ("class" IN ('ito', 'bpo', 'ito,bpo', 'kpo', 'ito,kpo', 'bpo,kpo', 'ito,bpo,kpo')),
  "region" TEXT CHECK ("region" IN ('domestic', 'offshore')),
  "country" TEXT CHECK ("country" <> ''),
  "tier" TEXT CHECK ("tier" IN ('strategic', 'leverage', 'bottleneck', 'routine')),
  "state" TEXT NOT NULL CHECK ("state" IN ('prospect', 'in_review', 'approved', 'active', 'watch', 'suspended', 'exiting', 'exited', 'rejected', 'blacklisted')),
  "category" TEXT CHECK ("category" <> ''),
  "preferred" INTEGER NOT NULL DEFAULT 0 CHECK ("preferred" IN (0, 1)),
  "owner" TEXT CHECK ("owner" <> ''),
  "tags" TEXT CHECK ("tags" <> ''),
  "phone" TEXT CHECK ("phone" <> ''),
  "email" TEXT CHECK ("email" <> ''),
  "website" TEXT CHECK ("website" <> ''),
  "address" TEXT CHECK ("address" <> ''),
  "notes" TEXT CHECK ("notes" <> ''),
  "external_id" TEXT CHECK ("external_id" <> ''),
  "source_key" TEXT CHECK ("source_key" <> '')
) STRICT;
CREATE INDEX "vendor_name" ON "vendor" ("name") WHERE "name" IS NOT NULL;
CREATE INDEX "vendor_external_id" ON "vendor" ("external_id") WHERE "external_id" IS NOT NULL;
CREATE INDEX "vendor_source_key" ON "vendor" ("source_key") WHERE "source_key" IS NOT NULL;
CREATE TABLE "vendor_x" (
  id INTEGER PRIMARY KEY,
  archived INTEGER NOT NULL,
  valid_from TEXT NOT NULL,
  valid_until TEXT NOT NULL,
  shares TEXT NOT NULL,
  "s_name" TEXT NOT NULL,
  "s_tier" INTEGER NOT NULL,
  "s_state" INTEGER NOT NULL,
  "s_category" TEXT NOT NULL,
  "s_owner" TEXT NOT NULL,
  "score" INTEGER NOT NULL,
  "change" INTEGER NOT NULL,
  "grade" INTEGER NOT NULL,
  "risk" INTEGER NOT NULL,
  "contracts" INTEGER NOT NULL,
  "ends" TEXT NOT NULL
) STRICT;
CREATE INDEX "vendor_x_name" ON "vendor_x" (archived, "s_name", id);
CREATE INDEX "vendor_x_tier" ON "vendor_x" (archived, "s_tier", id);
CREATE INDEX "vendor_x_state" ON "vendor_x" (archived, "s_state", id);
CREATE INDEX "vendor_x_category" ON "vendor_x" (archived, "s_category", id);
CREATE INDEX "vendor_x_owner" ON "vendor_x" (archived, "s_owner", id);
CREATE INDEX "vendor_x_score" ON "vendor_x" (archived, "score", id);
CREATE INDEX "vendor_x_change" ON "vendor_x" (archived, "change", id);
CREATE INDEX "vendor_x_risk" ON "vendor_x" (archived, "risk", id);
CREATE INDEX "vendor_x_ends" ON "vendor_x" (archived, "ends", id);

CREATE TABLE "contact" (
  id INTEGER PRIMARY KEY,
  version INTEGER NOT NULL DEFAULT 1 CHECK (version > 0),
  archived_at TEXT,
  "vendor" INTEGER NOT NULL REFERENCES "vendor" (id),
  "name" TEXT NOT NULL CHECK ("name" <> ''),
  "role" TEXT CHECK ("role" <> ''),
  "phone" TEXT CHECK ("phone" <> ''),
  "email" TEXT CHECK ("email" <> ''),
  "primary" INTEGER NOT NULL DEFAULT 0 CHECK ("primary" IN (0, 1)),
  "notes" TEXT CHECK ("notes" <> '')
) STRICT;
CREATE INDEX "contact_vendor" ON "contact" ("vendor");
CREATE INDEX "contact_name" ON "contact" ("name") WHERE "name" IS NOT NULL;
CREATE TABLE "contact_x" (
  id INTEGER PRIMARY KEY,
  archived INTEGER NOT NULL,
  valid_from TEXT NOT NULL,
  valid_until TEXT NOT NULL,
  shares TEXT NOT NULL,
  "s_name" TEXT NOT NULL,
  "l_vendor" INTEGER NOT NULL
) STRICT;
CREATE INDEX "contact_x_name" ON "contact_x" (archived, "s_name", id);
CREATE INDEX "contact_x_of_vendor" ON "contact_x" ("l_vendor", archived, "s_name", id) WHERE "l_vendor" <> 0;

CREATE TABLE "contract" (
  id INTEGER PRIMARY KEY,
  version INTEGER NOT NULL DEFAULT 1 CHECK (version > 0),
  archived_at TEXT,
  "number" TEXT CHECK ("number" <> ''),
  "vendor" INTEGER NOT NULL REFERENCES "vendor" (id),
  "title" TEXT NOT NULL CHECK ("title" <> ''),
  "kind" TEXT CHECK ("kind" IN ('master', 'order', 'nda', 'dispatch', 'amendment')),
  "parent" INTEGER REFERENCES "contract" (id),
  "state" TEXT NOT NULL CHECK ("state" IN ('draft', 'legal_review', 'approved', 'signed', 'in_force', 'ended', 'cancelled')),
  "signed_on" TEXT CHECK (date("signed_on") IS "signed_on"),
  "starts_on" TEXT CHECK (date("starts_on") IS "starts_on"),
  "term" TEXT CHECK ("term" GLOB '[0-9]*' AND ltrim("term", '0123456789') IN ('d', 'bd', 'm')),
  "ends_on" TEXT CHECK (date("ends_on") IS "ends_on"),
  "renewal" TEXT CHECK ("renewal" IN ('none', 'express', 'auto', 'evergreen')),
  "renewal_term" TEXT CHECK ("renewal_term" GLOB '[0-9]*' AND ltrim("renewal_term", '0123456789') IN ('d', 'bd', 'm')),
  "notice" TEXT CHECK ("notice" GLOB '[0-9]*' AND ltrim("notice", '0123456789') IN ('d', 'bd', 'm')),
  "notice_theirs" TEXT CHECK ("notice_theirs" GLOB '[0-9]*' AND ltrim("notice_theirs", '0123456789') IN ('d', 'bd', 'm')),
  "transit" TEXT CHECK ("transit" GLOB '[0-9]*' AND ltrim("transit", '0123456789') IN ('d', 'bd', 'm')),
  "receipt" TEXT CHECK ("receipt" GLOB '[0-9]*' AND ltrim("receipt", '0123456789') IN ('d', 'bd', 'm')),
  "calendar" TEXT CHECK ("calendar" <> ''),
  "warn" TEXT CHECK ("warn" GLOB '[0-9]*' AND ltrim("warn", '0123456789') IN ('d', 'bd', 'm')),
  "notice_given_on" TEXT CHECK (date("notice_given_on") IS "notice_given_on"),
  "end_reason" TEXT CHECK ("end_reason" IN ('expired', 'terminated_mutual', 'terminated_breach', 'force_majeure', 'replaced')),
  "value_minor" INTEGER,
  "value_currency" TEXT CHECK ("value_currency" GLOB '[A-Z][A-Z][A-Z]'),
  "owner" TEXT CHECK ("owner" <> ''),
  "our_entity" TEXT CHECK ("our_entity" <> ''),
  "signatory_ours" TEXT CHECK ("signatory_ours" <> ''),
  "signatory_theirs" TEXT CHECK ("signatory_theirs" <> ''),
  "tags" TEXT CHECK ("tags" <> ''),
  "notes" TEXT CHECK ("notes" <> ''),
  "external_id" TEXT CHECK ("external_id" <> ''),
  "source_key" TEXT CHECK ("source_key" <> ''),
  CHECK (("value_minor" IS NULL) = ("value_currency" IS NULL))
) STRICT;
CREATE INDEX "contract_number" ON "contract" ("number") WHERE "number" IS NOT NULL;
CREATE INDEX "contract_vendor" ON "contract" ("vendor");
CREATE INDEX "contract_parent" ON "contract" ("parent");
CREATE INDEX "contract_external_id" ON "contract" ("external_id") WHERE "external_id" IS NOT NULL;
CREATE INDEX "contract_source_key" ON "contract" ("source_key") WHERE "source_key" IS NOT NULL;
CREATE TABLE "contract_x" (
  id INTEGER PRIMARY KEY,
  archived INTEGER NOT NULL,
  valid_from TEXT NOT NULL,
  valid_until TEXT NOT NULL,
  shares TEXT NOT NULL,
  "s_number" TEXT NOT NULL,
  "s_title" TEXT NOT NULL,
  "s_state" INTEGER NOT NULL,
  "s_value" INTEGER NOT NULL,
  "l_vendor" INTEGER NOT NULL,
  "l_parent" INTEGER NOT NULL,
  "badge" INTEGER NOT NULL,
  "act_by" TEXT NOT NULL,
  "last_day" TEXT NOT NULL,
  "annual_minor" INTEGER,
  "annual_currency" TEXT
) STRICT;
CREATE INDEX "contract_x_number" ON "contract_x" (archived, "s_number", id);
CREATE INDEX "contract_x_title" ON "contract_x" (archived, "s_title", id);
CREATE INDEX "contract_x_state" ON "contract_x" (archived, "s_state", id);
CREATE INDEX "contract_x_value" ON "contract_x" (archived, "s_value", id);
CREATE INDEX "contract_x_act_by" ON "contract_x" (archived, "act_by", id);
CREATE INDEX "contract_x_last_day" ON "contract_x" (archived, "last_day", id);
CREATE INDEX "contract_x_of_vendor" ON "contract_x" ("l_vendor", archived, "act_by", id) WHERE "l_vendor" <> 0;
CREATE INDEX "contract_x_of_parent" ON "contract_x" ("l_parent", archived, "act_by", id) WHERE "l_parent" <> 0;

CREATE TABLE "service" (
  id INTEGER PRIMARY KEY,
  version INTEGER NOT NULL DEFAULT 1 CHECK (version > 0),
  archived_at TEXT,
  "name" TEXT NOT NULL CHECK ("name" <> ''),
  "vendor" INTEGER REFERENCES "vendor" (id),
  "contract" INTEGER REFERENCES "contract" (id),
  "class" TEXT CHECK ("class" IN ('ito', 'bpo', 'kpo')),
  "sub_type" TEXT CHECK ("sub_type" <> ''),
  "owner" TEXT CHECK ("owner" <> ''),
  "criticality" INTEGER CHECK ("criticality" BETWEEN 1 AND 4),
  "reliance" TEXT CHECK ("reliance" IN ('none', 'low', 'material', 'full')),
  "substitutability" TEXT CHECK ("substitutability" IN ('easy', 'medium', 'hard', 'impossible')),
  "description" TEXT CHECK ("description" <> '')
) STRICT;
CREATE INDEX "service_name" ON "service" ("name") WHERE "name" IS NOT NULL;
CREATE INDEX "service_vendor" ON "service" ("vendor");
CREATE INDEX "service_contract" ON "service" ("contract");
CREATE TABLE "service_x" (
  id INTEGER PRIMARY KEY,
  archived INTEGER NOT NULL,
  valid_from TEXT NOT NULL,
  valid_until TEXT NOT NULL,
  shares TEXT NOT NULL,
  "s_name" TEXT NOT NULL,
  "s_criticality" INTEGER NOT NULL,
  "l_vendor" INTEGER NOT NULL,
  "l_contract" INTEGER NOT NULL
) STRICT;
CREATE INDEX "service_x_name" ON "service_x" (archived, "s_name", id);
CREATE INDEX "service_x_criticality" ON "service_x" (archived, "s_criticality", id);
CREATE INDEX "service_x_of_vendor" ON "service_x" ("l_vendor", archived, "s_name", id) WHERE "l_vendor" <> 0;
CREATE INDEX "service_x_of_contract" ON "service_x" ("l_contract", archived, "s_name", id) WHERE "l_contract" <> 0;

CREATE TABLE "kpi" (
  id INTEGER PRIMARY KEY,
  version INTEGER NOT NULL DEFAULT 1 CHECK (version > 0),
  archived_at TEXT,
  "name" TEXT NOT NULL CHECK ("name" <> ''),
  "name_zh" TEXT CHECK ("name_zh" <> ''),
  "measure" TEXT NOT NULL CHECK ("measure" IN ('quant', 'qual')),
  "nature" TEXT CHECK ("nature" IN ('leading', 'lagging', 'current')),
  "direction" TEXT CHECK ("direction" IN ('max', 'min')),
  "unit" TEXT CHECK ("unit" <> ''),
  "floor" INTEGER,
  "target" INTEGER,
  "method" TEXT CHECK ("method" IN ('form', 'feedback', 'on_site')),
  "veto" INTEGER NOT NULL DEFAULT 0 CHECK ("veto" IN (0, 1)),
  "description" TEXT CHECK ("description" <> '')
) STRICT;
CREATE INDEX "kpi_name" ON "kpi" ("name") WHERE "name" IS NOT NULL;
CREATE TABLE "kpi_x" (
  id INTEGER PRIMARY KEY,
  archived INTEGER NOT NULL,
  valid_from TEXT NOT NULL,
  valid_until TEXT NOT NULL,
  shares TEXT NOT NULL,
  "s_name" TEXT NOT NULL
) STRICT;
CREATE INDEX "kpi_x_name" ON "kpi_x" (archived, "s_name", id);

CREATE TABLE "template" (
  id INTEGER PRIMARY KEY,
  version INTEGER NOT NULL DEFAULT 1 CHECK (version > 0),
  archived_at TEXT,
  "name" TEXT NOT NULL CHECK ("name" <> ''),
  "revision" INTEGER NOT NULL CHECK ("revision" BETWEEN 1 AND 9999),
  "period_kind" TEXT CHECK ("period_kind" IN ('month', 'quarter', 'half', 'year')),
  "state" TEXT NOT NULL CHECK ("state" IN ('draft', 'current', 'retired')),
  "description" TEXT CHECK ("description" <> '')
) STRICT;
CREATE INDEX "template_name" ON "template" ("name") WHERE "name" IS NOT NULL;
CREATE TABLE "template_x" (
  id INTEGER PRIMARY KEY,
  archived INTEGER NOT NULL,
  valid_from TEXT NOT NULL,
  valid_until TEXT NOT NULL,
  shares TEXT NOT NULL,
  "s_name" TEXT NOT NULL
) STRICT;
CREATE INDEX "template_x_name" ON "template_x" (archived, "s_name", id);

CREATE TABLE "template_row" (
  id INTEGER PRIMARY KEY,
  version INTEGER NOT NULL DEFAULT 1 CHECK (version > 0),
  archived_at TEXT,
  "template" INTEGER NOT NULL REFERENCES "template" (id),
  "kpi" INTEGER NOT NULL REFERENCES "kpi" (id),
  "weight" INTEGER NOT NULL CHECK ("weight" BETWEEN 0 AND 10000)
) STRICT;
CREATE INDEX "template_row_template" ON "template_row" ("template");
CREATE INDEX "template_row_kpi" ON "template_row" ("kpi");
CREATE TABLE "template_row_x" (
  id INTEGER PRIMARY KEY,
  archived INTEGER NOT NULL,
  valid_from TEXT NOT NULL,
  valid_until TEXT NOT NULL,
  shares TEXT NOT NULL,
  "l_template" INTEGER NOT NULL,
  "l_kpi" INTEGER NOT NULL
) STRICT;
CREATE INDEX "template_row_x_of_template" ON "template_row_x" ("l_template", archived, id) WHERE "l_template" <> 0;
CREATE INDEX "template_row_x_of_kpi" ON "template_row_x" ("l_kpi", archived, id) WHERE "l_kpi" <> 0;

CREATE TABLE "review" (
  id INTEGER PRIMARY KEY,
  version INTEGER NOT NULL DEFAULT 1 CHECK (version > 0),
  archived_at TEXT,
  "vendor" INTEGER NOT NULL REFERENCES "vendor" (id),
  "contract" INTEGER REFERENCES "contract" (id),
  "template" INTEGER REFERENCES "template" (id),
  "period" TEXT NOT NULL CHECK ("period" GLOB '[0-9][0-9][0-9][0-9]' OR "period" GLOB '[0-9][0-9][0-9][0-9]-0[1-9]' OR "period" GLOB '[0-9][0-9][0-9][0-9]-1[0-2]' OR "period" GLOB '[0-9][0-9][0-9][0-9]-Q[1-4]' OR "period" GLOB '[0-9][0-9][0-9][0-9]-H[12]'),
  "state" TEXT NOT NULL CHECK ("state" IN ('planned', 'collecting', 'draft', 'shared', 'acknowledged', 'disputed', 'locked')),
  "owner" TEXT CHECK ("owner" <> ''),
  "due_on" TEXT CHECK (date("due_on") IS "due_on"),
  "response" TEXT CHECK ("response" IN ('acknowledged', 'disputed')),
  "response_by" TEXT CHECK ("response_by" <> ''),
  "response_on" TEXT CHECK (date("response_on") IS "response_on"),
  "response_text" TEXT CHECK ("response_text" <> ''),
  "summary" TEXT CHECK ("summary" <> '')
) STRICT;
CREATE INDEX "review_vendor" ON "review" ("vendor");
CREATE INDEX "review_contract" ON "review" ("contract");
CREATE INDEX "review_template" ON "review" ("template");
CREATE TABLE "review_x" (
  id INTEGER PRIMARY KEY,
  archived INTEGER NOT NULL,
  valid_from TEXT NOT NULL,
  valid_until TEXT NOT NULL,
  shares TEXT NOT NULL,
  "s_period" TEXT NOT NULL,
  "s_state" INTEGER NOT NULL,
  "s_due_on" TEXT NOT NULL,
  "l_vendor" INTEGER NOT NULL,
  "l_contract" INTEGER NOT NULL,
  "l_template" INTEGER NOT NULL,
  "total" INTEGER NOT NULL,
  "grade" INTEGER NOT NULL,
  "coverage" INTEGER NOT NULL,
  "change" INTEGER NOT NULL
) STRICT;
CREATE INDEX "review_x_period" ON "review_x" (archived, "s_period", id);
CREATE INDEX "review_x_state" ON "review_x" (archived, "s_state", id);
CREATE INDEX "review_x_due_on" ON "review_x" (archived, "s_due_on", id);
CREATE INDEX "review_x_total" ON "review_x" (archived, "total", id);
CREATE INDEX "review_x_change" ON "review_x" (archived, "change", id);
CREATE INDEX "review_x_of_vendor" ON "review_x" ("l_vendor", archived, "s_period", id) WHERE "l_vendor" <> 0;
CREATE INDEX "review_x_of_contract" ON "review_x" ("l_contract", archived, "s_period", id) WHERE "l_contract" <> 0;
CREATE INDEX "review_x_of_template" ON "review_x" ("l_template", archived, "s_period", id) WHERE "l_template" <> 0;

CREATE TABLE "review_row" (
  id INTEGER PRIMARY KEY,
  version INTEGER NOT NULL DEFAULT 1 CHECK (version > 0),
  archived_at TEXT,
  "review" INTEGER NOT NULL REFERENCES "review" (id),
  "kpi" INTEGER NOT NULL REFERENCES "kpi" (id),
  "weight" INTEGER NOT NULL CHECK ("weight" BETWEEN 0 AND 10000),
  "status" TEXT NOT NULL CHECK ("status" IN ('not_measured', 'measured', 'not_applicable')),
  "raw" INTEGER,
  "rating" INTEGER CHECK ("rating" BETWEEN 0 AND 5),
  "override_points" INTEGER CHECK ("override_points" BETWEEN 0 AND 10000),
  "override_reason" TEXT CHECK ("override_reason" <> ''),
  "rater" TEXT CHECK ("rater" <> ''),
  "evidence" TEXT CHECK ("evidence" <> ''),
  "note" TEXT CHECK ("note" <> '')
) STRICT;
CREATE INDEX "review_row_review" ON "review_row" ("review");
CREATE INDEX "review_row_kpi" ON "review_row" ("kpi");
CREATE TABLE "review_row_x" (
  id INTEGER PRIMARY KEY,
  archived INTEGER NOT NULL,
  valid_from TEXT NOT NULL,
  valid_until TEXT NOT NULL,
  shares TEXT NOT NULL,
  "l_review" INTEGER NOT NULL,
  "l_kpi" INTEGER NOT NULL,
  "points" INTEGER NOT NULL
) STRICT;
CREATE INDEX "review_row_x_of_review" ON "review_row_x" ("l_review", archived, id) WHERE "l_review" <> 0;
CREATE INDEX "review_row_x_of_kpi" ON "review_row_x" ("l_kpi", archived, id) WHERE "l_kpi" <> 0;

CREATE TABLE "risk" (
  id INTEGER PRIMARY KEY,
  version INTEGER NOT NULL DEFAULT 1 CHECK (version > 0),
  archived_at TEXT,
  "title" TEXT NOT NULL CHECK ("title" <> ''),
  "vendor" INTEGER REFERENCES "vendor" (id),
  "service" INTEGER REFERENCES "service" (id),
  "contract" INTEGER REFERENCES "contract" (id),
  "type" TEXT CHECK ("type" IN ('quality', 'data_security', 'performance', 'compliance', 'qualification', 'vendor_failure', 'staffing', 'technical', 'communication', 'change', 'dependence', 'cross_border')),
  "cause" TEXT CHECK ("cause" <> ''),
  "event" TEXT CHECK ("event" <> ''),
  "effect" TEXT CHECK ("effect" <> ''),
  "inherent" TEXT CHECK ("inherent" GLOB '[1-5]x[1-5]'),
  "current" TEXT CHECK ("current" GLOB '[1-5]x[1-5]'),
  "target" TEXT CHECK ("target" GLOB '[1-5]x[1-5]'),
  "treatment" TEXT CHECK ("treatment" IN ('avoid', 'reduce', 'transfer', 'accept')),
  "owner" TEXT CHECK ("owner" <> ''),
  "state" TEXT NOT NULL CHECK ("state" IN ('open', 'assessed', 'treating', 'accepted', 'closed')),
  "raised_on" TEXT CHECK (date("raised_on") IS "raised_on"),
  "review_on" TEXT CHECK (date("review_on") IS "review_on"),
  "notes" TEXT CHECK ("notes" <> ''),
  "external_id" TEXT CHECK ("external_id" <> ''),
  "source_key" TEXT CHECK ("source_key" <> '')
) STRICT;
CREATE INDEX "risk_vendor" ON "risk" ("vendor");
CREATE INDEX "risk_service" ON "risk" ("service");
CREATE INDEX "risk_contract" ON "risk" ("contract");
CREATE INDEX "risk_external_id" ON "risk" ("external_id") WHERE "external_id" IS NOT NULL;
CREATE INDEX "risk_source_key" ON "risk" ("source_key") WHERE "source_key" IS NOT NULL;
CREATE TABLE "risk_x" (
  id INTEGER PRIMARY KEY,
  archived INTEGER NOT NULL,
  valid_from TEXT NOT NULL,
  valid_until TEXT NOT NULL,
  shares TEXT NOT NULL,
  "s_title" TEXT NOT NULL,
  "s_state" INTEGER NOT NULL,
  "s_review_on" TEXT NOT NULL,
  "l_vendor" INTEGER NOT NULL,
  "l_service" INTEGER NOT NULL,
  "l_contract" INTEGER NOT NULL,
  "score" INTEGER NOT NULL,
  "level" INTEGER NOT NULL
) STRICT;
CREATE INDEX "risk_x_title" ON "risk_x" (archived, "s_title", id);
CREATE INDEX "risk_x_state" ON "risk_x" (archived, "s_state", id);
CREATE INDEX "risk_x_review_on" ON "risk_x" (archived, "s_review_on", id);
CREATE INDEX "risk_x_score" ON "risk_x" (archived, "score", id);
CREATE INDEX "risk_x_of_vendor" ON "risk_x" ("l_vendor", archived, "score", id) WHERE "l_vendor" <> 0;
CREATE INDEX "risk_x_of_service" ON "risk_x" ("l_service", archived, "score", id) WHERE "l_service" <> 0;
CREATE INDEX "risk_x_of_contract" ON "risk_x" ("l_contract", archived, "score", id) WHERE "l_contract" <> 0;

CREATE TABLE "action" (
  id INTEGER PRIMARY KEY,
  version INTEGER NOT NULL DEFAULT 1 CHECK (version > 0),
  archived_at TEXT,
  "title" TEXT NOT NULL CHECK ("title" <> ''),
  "vendor" INTEGER REFERENCES "vendor" (id),
  "contract" INTEGER REFERENCES "contract" (id),
  "review" INTEGER REFERENCES "review" (id),
  "risk" INTEGER REFERENCES "risk" (id),
  "owner" TEXT CHECK ("owner" <> ''),
  "side" TEXT CHECK ("side" IN ('ours', 'theirs')),
  "due_on" TEXT CHECK (date("due_on") IS "due_on"),
  "done_on" TEXT CHECK (date("done_on") IS "done_on"),
  "state" TEXT NOT NULL CHECK ("state" IN ('open', 'in_progress', 'done', 'dropped')),
  "notes" TEXT CHECK ("notes" <> '')
) STRICT;
CREATE INDEX "action_vendor" ON "action" ("vendor");
CREATE INDEX "action_contract" ON "action" ("contract");
CREATE INDEX "action_review" ON "action" ("review");
CREATE INDEX "action_risk" ON "action" ("risk");
CREATE TABLE "action_x" (
  id INTEGER PRIMARY KEY,
  archived INTEGER NOT NULL,
  valid_from TEXT NOT NULL,
  valid_until TEXT NOT NULL,
  shares TEXT NOT NULL,
  "s_title" TEXT NOT NULL,
  "s_due_on" TEXT NOT NULL,
  "s_state" INTEGER NOT NULL,
  "l_vendor" INTEGER NOT NULL,
  "l_contract" INTEGER NOT NULL,
  "l_review" INTEGER NOT NULL,
  "l_risk" INTEGER NOT NULL
) STRICT;
CREATE INDEX "action_x_title" ON "action_x" (archived, "s_title", id);
CREATE INDEX "action_x_due_on" ON "action_x" (archived, "s_due_on", id);
CREATE INDEX "action_x_state" ON "action_x" (archived, "s_state", id);
CREATE INDEX "action_x_of_vendor" ON "action_x" ("l_vendor", archived, "s_due_on", id) WHERE "l_vendor" <> 0;
CREATE INDEX "action_x_of_contract" ON "action_x" ("l_contract", archived, "s_due_on", id) WHERE "l_contract" <> 0;
CREATE INDEX "action_x_of_review" ON "action_x" ("l_review", archived, "s_due_on", id) WHERE "l_review" <> 0;
CREATE INDEX "action_x_of_risk" ON "action_x" ("l_risk", archived, "s_due_on", id) WHERE "l_risk" <> 0;

CREATE TABLE "interaction" (
  id INTEGER PRIMARY KEY,
  version INTEGER NOT NULL DEFAULT 1 CHECK (version > 0),
  archived_at TEXT,
  "vendor" INTEGER NOT NULL REFERENCES "vendor" (id),
  "on" TEXT NOT NULL CHECK (date("on") IS "on"),
  "channel" TEXT CHECK ("channel" IN ('meeting', 'phone', 'email', 'visit')),
  "people" TEXT CHECK ("people" <> ''),
  "summary" TEXT NOT NULL CHECK ("summary" <> ''),
  "next_due" TEXT CHECK (date("next_due") IS "next_due"),
  "owner" TEXT CHECK ("owner" <> ''),
  "notes" TEXT CHECK ("notes" <> '')
) STRICT;
CREATE INDEX "interaction_vendor" ON "interaction" ("vendor");
CREATE TABLE "interaction_x" (
  id INTEGER PRIMARY KEY,
  archived INTEGER NOT NULL,
  valid_from TEXT NOT NULL,
  valid_until TEXT NOT NULL,
  shares TEXT NOT NULL,
  "s_on" TEXT NOT NULL,
  "s_next_due" TEXT NOT NULL,
  "l_vendor" INTEGER NOT NULL
) STRICT;
CREATE INDEX "interaction_x_on" ON "interaction_x" (archived, "s_on", id);
CREATE INDEX "interaction_x_next_due" ON "interaction_x" (archived, "s_next_due", id);
CREATE INDEX "interaction_x_of_vendor" ON "interaction_x" ("l_vendor", archived, "s_on", id) WHERE "l_vendor" <> 0;

CREATE TABLE "setting" (
  id INTEGER PRIMARY KEY,
  version INTEGER NOT NULL DEFAULT 1 CHECK (version > 0),
  archived_at TEXT,
  "key" TEXT NOT NULL CHECK ("key" <> ''),
  "value" TEXT CHECK ("value" <> '')
) STRICT;
CREATE INDEX "setting_key" ON "setting" ("key") WHERE "key" IS NOT NULL;
CREATE TABLE "setting_x" (
  id INTEGER PRIMARY KEY,
  archived INTEGER NOT NULL,
  valid_from TEXT NOT NULL,
  valid_until TEXT NOT NULL,
  shares TEXT NOT NULL
) STRICT;

-- What a vendor's own row follows from: its contracts in force by their end, its reviews by period.
CREATE INDEX contract_x_vendor_in_force ON contract_x (l_vendor, archived, s_state, last_day, valid_from, valid_until);
CREATE INDEX review_x_vendor_period ON review_x (l_vendor, s_period, archived, grade, total, change);
CREATE INDEX contract_x_valid_until ON contract_x (valid_until);
CREATE INDEX contract_x_valid_from ON contract_x (valid_from);
CREATE INDEX vendor_x_valid_until ON vendor_x (valid_until);
CREATE INDEX vendor_x_valid_from ON vendor_x (valid_from);

-- Codes are numbers of their kind and never given twice.
CREATE TABLE sequence (
  kind INTEGER PRIMARY KEY,
  next INTEGER NOT NULL
) STRICT;

-- An act of an operator: done, or taking another back, or bringing it back. `live` says
-- whether an act that was done still stands.
CREATE TABLE change (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at TEXT NOT NULL,
  actor TEXT NOT NULL,
  act TEXT NOT NULL,
  op TEXT NOT NULL CHECK (op IN ('do', 'undo', 'redo')),
  target INTEGER REFERENCES change (id),
  events INTEGER NOT NULL,
  live INTEGER NOT NULL CHECK (live IN (0, 1)),
  CHECK ((target IS NULL) = (op = 'do'))
) STRICT;
CREATE INDEX change_actor ON change (actor, op, live, id);
CREATE INDEX change_target ON change (target) WHERE target IS NOT NULL;

CREATE TRIGGER change_stays BEFORE UPDATE OF id, at, actor, act, op, target ON change
BEGIN
  SELECT RAISE(ABORT, 'acts are never changed');
END;
CREATE TRIGGER change_remains BEFORE DELETE ON change
BEGIN
  SELECT RAISE(ABORT, 'acts are never removed');
END;

-- What an act did to one record. Never changed, never removed; each hash covers the one before.
CREATE TABLE event (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  change INTEGER NOT NULL REFERENCES change (id),
  op TEXT NOT NULL CHECK (op IN ('add', 'edit', 'archive', 'unarchive', 'remove')),
  kind INTEGER NOT NULL,
  record INTEGER NOT NULL,
  version INTEGER NOT NULL,
  before TEXT,
  after TEXT,
  reason TEXT,
  hash BLOB NOT NULL
) STRICT;
CREATE INDEX event_record ON event (kind, record, seq);
CREATE INDEX event_change ON event (change, seq);
CREATE TRIGGER event_stays BEFORE UPDATE ON event
BEGIN
  SELECT RAISE(ABORT, 'events are never changed');
END;
CREATE TRIGGER event_remains BEFORE DELETE ON event
BEGIN
  SELECT RAISE(ABORT, 'events are never removed');
END;

-- What people call each record, and the record beside which it is named. `doc` is id * 32 + kind.
CREATE TABLE directory (
  doc INTEGER PRIMARY KEY,
  label TEXT NOT NULL,
  owner INTEGER,
  archived INTEGER NOT NULL
) STRICT;

-- What needs attention, by its date.
CREATE TABLE due (
  doc INTEGER NOT NULL,
  what TEXT NOT NULL,
  date TEXT NOT NULL,
  valid_from TEXT NOT NULL,
  valid_until TEXT NOT NULL,
  PRIMARY KEY (doc, what)
) STRICT, WITHOUT ROWID;
CREATE INDEX due_date ON due (date, doc, what, valid_from, valid_until);

-- Counts and sums of what the index rows share in.
CREATE TABLE tally (
  kind INTEGER NOT NULL,
  what TEXT NOT NULL,
  word TEXT NOT NULL,
  count INTEGER NOT NULL,
  sum INTEGER NOT NULL,
  PRIMARY KEY (kind, what, word)
) STRICT, WITHOUT ROWID;

-- The look-up: entries of each record, keys in order, words that may be mistyped, grams.
CREATE TABLE lookup_doc(
  doc INTEGER PRIMARY KEY,
  entries BLOB NOT NULL
) STRICT;
CREATE TABLE lookup_key(
  kind INTEGER NOT NULL,
  key TEXT NOT NULL,
  id INTEGER NOT NULL,
  PRIMARY KEY(kind, key, id)
) STRICT, WITHOUT ROWID;
CREATE TABLE lookup_word(
  word TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;
CREATE VIRTUAL TABLE lookup_gram USING fts5(
  grams, content='', contentless_delete=1, detail=none, tokenize="ascii tokenchars '^-#'''"
);
