-- What a contract costs: cost lines, invoices, payments, and the exchange rates of the register.

CREATE TABLE "cost_line" (
  id INTEGER PRIMARY KEY,
  version INTEGER NOT NULL DEFAULT 1 CHECK (version > 0),
  archived_at TEXT,
  "title" TEXT NOT NULL CHECK ("title" <> ''),
  "contract" INTEGER NOT NULL REFERENCES "contract" (id),
  "layer" TEXT NOT NULL CHECK ("layer" IN ('fee', 'transition', 'governance', 'rework', 'exit', 'baseline')),
  "kind" TEXT CHECK ("kind" IN ('labour', 'equipment', 'management', 'other')),
  "side" TEXT CHECK ("side" IN ('ours', 'theirs')),
  "model" TEXT NOT NULL CHECK ("model" IN ('fixed', 'time_and_material', 'unit')),
  "amount_minor" INTEGER NOT NULL,
  "amount_currency" TEXT NOT NULL CHECK ("amount_currency" GLOB '[A-Z][A-Z][A-Z]'),
  "quantity" INTEGER,
  "cycle" TEXT NOT NULL CHECK ("cycle" IN ('once', 'month', 'quarter', 'half', 'year')),
  "starts_on" TEXT CHECK (date("starts_on") IS "starts_on"),
  "ends_on" TEXT CHECK (date("ends_on") IS "ends_on"),
  "pay_within" TEXT CHECK ("pay_within" GLOB '[0-9]*' AND ltrim("pay_within", '0123456789') IN ('d', 'bd', 'm')),
  "notes" TEXT CHECK ("notes" <> '')
) STRICT;
CREATE INDEX "cost_line_contract" ON "cost_line" ("contract");
CREATE TABLE "cost_line_x" (
  id INTEGER PRIMARY KEY,
  archived INTEGER NOT NULL,
  valid_from TEXT NOT NULL,
  valid_until TEXT NOT NULL,
  shares TEXT NOT NULL,
  "s_title" TEXT NOT NULL,
  "s_starts_on" TEXT NOT NULL,
  "l_contract" INTEGER NOT NULL
) STRICT;
CREATE INDEX "cost_line_x_title" ON "cost_line_x" (archived, "s_title", id);
CREATE INDEX "cost_line_x_starts_on" ON "cost_line_x" (archived, "s_starts_on", id);
CREATE INDEX "cost_line_x_of_contract" ON "cost_line_x" ("l_contract", archived, "s_starts_on", id) WHERE "l_contract" <> 0;

CREATE TABLE "invoice" (
  id INTEGER PRIMARY KEY,
  version INTEGER NOT NULL DEFAULT 1 CHECK (version > 0),
  archived_at TEXT,
  "number" TEXT NOT NULL CHECK ("number" <> ''),
  "contract" INTEGER NOT NULL REFERENCES "contract" (id),
  "cost_line" INTEGER REFERENCES "cost_line" (id),
  "change_request" INTEGER REFERENCES "change_request" (id),
  "kind" TEXT CHECK ("kind" IN ('labour', 'equipment', 'management', 'other')),
  "period" TEXT CHECK ("period" GLOB '[0-9][0-9][0-9][0-9]' OR "period" GLOB '[0-9][0-9][0-9][0-9]-0[1-9]' OR "period" GLOB '[0-9][0-9][0-9][0-9]-1[0-2]' OR "period" GLOB '[0-9][0-9][0-9][0-9]-Q[1-4]' OR "period" GLOB '[0-9][0-9][0-9][0-9]-H[12]'),
  "amount_minor" INTEGER NOT NULL,
  "amount_currency" TEXT NOT NULL CHECK ("amount_currency" GLOB '[A-Z][A-Z][A-Z]'),
  "received_on" TEXT CHECK (date("received_on") IS "received_on"),
  "pay_within" TEXT CHECK ("pay_within" GLOB '[0-9]*' AND ltrim("pay_within", '0123456789') IN ('d', 'bd', 'm')),
  "due_on" TEXT CHECK (date("due_on") IS "due_on"),
  "state" TEXT NOT NULL CHECK ("state" IN ('received', 'approved', 'disputed', 'withdrawn')),
  "approved_on" TEXT CHECK (date("approved_on") IS "approved_on"),
  "approved_by" TEXT CHECK ("approved_by" <> ''),
  "dispute" TEXT CHECK ("dispute" <> ''),
  "notes" TEXT CHECK ("notes" <> '')
) STRICT;
CREATE INDEX "invoice_contract" ON "invoice" ("contract");
CREATE INDEX "invoice_change_request" ON "invoice" ("change_request") WHERE "change_request" IS NOT NULL;
CREATE INDEX "invoice_cost_line" ON "invoice" ("cost_line");
CREATE TABLE "invoice_x" (
  id INTEGER PRIMARY KEY,
  archived INTEGER NOT NULL,
  valid_from TEXT NOT NULL,
  valid_until TEXT NOT NULL,
  shares TEXT NOT NULL,
  "s_number" TEXT NOT NULL,
  "l_contract" INTEGER NOT NULL,
  "l_cost_line" INTEGER NOT NULL,
  "l_change_request" INTEGER NOT NULL,
  "pay_by" TEXT NOT NULL,
  "paid_minor" INTEGER,
  "paid_currency" TEXT,
  "open_minor" INTEGER,
  "open_currency" TEXT,
  "standing" INTEGER NOT NULL
) STRICT;
CREATE INDEX "invoice_x_number" ON "invoice_x" (archived, "s_number", id);
CREATE INDEX "invoice_x_pay_by" ON "invoice_x" (archived, "pay_by", id);
CREATE INDEX "invoice_x_of_contract" ON "invoice_x" ("l_contract", archived, "pay_by", id) WHERE "l_contract" <> 0;
CREATE INDEX "invoice_x_of_cost_line" ON "invoice_x" ("l_cost_line", archived, "pay_by", id) WHERE "l_cost_line" <> 0;
CREATE INDEX "invoice_x_of_change_request" ON "invoice_x" ("l_change_request", archived, "pay_by", id) WHERE "l_change_request" <> 0;

CREATE TABLE "payment" (
  id INTEGER PRIMARY KEY,
  version INTEGER NOT NULL DEFAULT 1 CHECK (version > 0),
  archived_at TEXT,
  "invoice" INTEGER NOT NULL REFERENCES "invoice" (id),
  "amount_minor" INTEGER NOT NULL,
  "amount_currency" TEXT NOT NULL CHECK ("amount_currency" GLOB '[A-Z][A-Z][A-Z]'),
  "paid_on" TEXT NOT NULL CHECK (date("paid_on") IS "paid_on"),
  "reference" TEXT CHECK ("reference" <> ''),
  "notes" TEXT CHECK ("notes" <> '')
) STRICT;
CREATE INDEX "payment_invoice" ON "payment" ("invoice");
CREATE TABLE "payment_x" (
  id INTEGER PRIMARY KEY,
  archived INTEGER NOT NULL,
  valid_from TEXT NOT NULL,
  valid_until TEXT NOT NULL,
  shares TEXT NOT NULL,
  "s_paid_on" TEXT NOT NULL,
  "s_reference" TEXT NOT NULL,
  "l_invoice" INTEGER NOT NULL
) STRICT;
CREATE INDEX "payment_x_paid_on" ON "payment_x" (archived, "s_paid_on", id);
CREATE INDEX "payment_x_reference" ON "payment_x" (archived, "s_reference", id);
CREATE INDEX "payment_x_of_invoice" ON "payment_x" ("l_invoice", archived, "s_paid_on", id) WHERE "l_invoice" <> 0;

CREATE TABLE "rate" (
  id INTEGER PRIMARY KEY,
  version INTEGER NOT NULL DEFAULT 1 CHECK (version > 0),
  archived_at TEXT,
  "currency" TEXT NOT NULL CHECK ("currency" <> ''),
  "units" INTEGER NOT NULL CHECK ("units" BETWEEN 1 AND 1000000),
  "rate" INTEGER NOT NULL CHECK ("rate" > 0),
  "into" TEXT CHECK ("into" <> ''),
  "on" TEXT NOT NULL CHECK (date("on") IS "on"),
  "source" TEXT CHECK ("source" <> '')
) STRICT;
CREATE TABLE "rate_x" (
  id INTEGER PRIMARY KEY,
  archived INTEGER NOT NULL,
  valid_from TEXT NOT NULL,
  valid_until TEXT NOT NULL,
  shares TEXT NOT NULL,
  "s_currency" TEXT NOT NULL,
  "s_on" TEXT NOT NULL
) STRICT;
CREATE INDEX "rate_x_currency" ON "rate_x" (archived, "s_currency", id);
CREATE INDEX "rate_x_on" ON "rate_x" (archived, "s_on", id);
