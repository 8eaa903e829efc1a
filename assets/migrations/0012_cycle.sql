-- How plans count their years, what several raters come to, which review a newer one corrects, what an
-- interaction was about, and how many deliveries of a month came in time.

ALTER TABLE "review_plan" ADD COLUMN "basis" TEXT CHECK ("basis" IN ('calendar', 'fiscal'));

ALTER TABLE "review_row" ADD COLUMN "mean" INTEGER;
ALTER TABLE "review_row_x" ADD COLUMN "raters" INTEGER NOT NULL DEFAULT -9223372036854775808;
ALTER TABLE "review_row_x" ADD COLUMN "raters_mean" INTEGER NOT NULL DEFAULT -9223372036854775808;
ALTER TABLE "review_row_x" ADD COLUMN "spread" INTEGER NOT NULL DEFAULT -9223372036854775808;

ALTER TABLE "review_x" ADD COLUMN "superseded" INTEGER NOT NULL DEFAULT 0;

ALTER TABLE "interaction" ADD COLUMN "about" TEXT CHECK ("about" IN ('complaint', 'praise', 'need'));

CREATE TABLE "delivery_month" (
  id INTEGER PRIMARY KEY,
  version INTEGER NOT NULL DEFAULT 1 CHECK (version > 0),
  archived_at TEXT,
  "vendor" INTEGER NOT NULL REFERENCES "vendor" (id),
  "period" TEXT NOT NULL CHECK ("period" GLOB '[0-9][0-9][0-9][0-9]-0[1-9]' OR "period" GLOB '[0-9][0-9][0-9][0-9]-1[0-2]'),
  "deliveries" INTEGER NOT NULL CHECK ("deliveries" BETWEEN 0 AND 1000000000),
  "late" INTEGER NOT NULL CHECK ("late" BETWEEN 0 AND 1000000000),
  "left_out" INTEGER CHECK ("left_out" BETWEEN 0 AND 1000000000),
  "source" TEXT CHECK ("source" <> '')
) STRICT;
CREATE INDEX "delivery_month_vendor" ON "delivery_month" ("vendor");
CREATE TABLE "delivery_month_x" (
  id INTEGER PRIMARY KEY,
  archived INTEGER NOT NULL,
  valid_from TEXT NOT NULL,
  valid_until TEXT NOT NULL,
  shares TEXT NOT NULL,
  "s_period" TEXT NOT NULL,
  "l_vendor" INTEGER NOT NULL,
  "rate" INTEGER NOT NULL
) STRICT;
CREATE INDEX "delivery_month_x_period" ON "delivery_month_x" (archived, "s_period", id);
CREATE INDEX "delivery_month_x_of_vendor" ON "delivery_month_x" ("l_vendor", archived, "s_period", id) WHERE "l_vendor" <> 0;
