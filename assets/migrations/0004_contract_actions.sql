-- What was done with a contract: who reviewed and approved it, what was decided at the end of its
-- term, how notice was given, when it ended early and by which contract it was replaced.

ALTER TABLE "contract" ADD COLUMN "replaced_by" INTEGER REFERENCES "contract" (id);
ALTER TABLE "contract" ADD COLUMN "uplift" INTEGER CHECK ("uplift" BETWEEN 0 AND 10000);
ALTER TABLE "contract" ADD COLUMN "uplift_index" TEXT CHECK ("uplift_index" <> '');
ALTER TABLE "contract" ADD COLUMN "legal_reviewer" TEXT CHECK ("legal_reviewer" <> '');
ALTER TABLE "contract" ADD COLUMN "reviewed_on" TEXT CHECK (date("reviewed_on") IS "reviewed_on");
ALTER TABLE "contract" ADD COLUMN "approved_by" TEXT CHECK ("approved_by" <> '');
ALTER TABLE "contract" ADD COLUMN "approved_on" TEXT CHECK (date("approved_on") IS "approved_on");
ALTER TABLE "contract" ADD COLUMN "decision" TEXT CHECK ("decision" IN ('renew', 'let_lapse', 'renegotiate'));
ALTER TABLE "contract" ADD COLUMN "decided_on" TEXT CHECK (date("decided_on") IS "decided_on");
ALTER TABLE "contract" ADD COLUMN "decided_by" TEXT CHECK ("decided_by" <> '');
ALTER TABLE "contract" ADD COLUMN "notice_method" TEXT CHECK ("notice_method" IN ('email', 'portal', 'letter', 'registered', 'in_person'));
ALTER TABLE "contract" ADD COLUMN "notice_proof" TEXT CHECK ("notice_proof" <> '');
ALTER TABLE "contract" ADD COLUMN "force_majeure_from" TEXT CHECK (date("force_majeure_from") IS "force_majeure_from");
ALTER TABLE "contract" ADD COLUMN "terminated_on" TEXT CHECK (date("terminated_on") IS "terminated_on");
CREATE INDEX "contract_replaced_by" ON "contract" ("replaced_by") WHERE "replaced_by" IS NOT NULL;
ALTER TABLE "contract_x" ADD COLUMN "l_replaced_by" INTEGER NOT NULL DEFAULT 0;
CREATE INDEX "contract_x_of_replaced_by" ON "contract_x" ("l_replaced_by", archived, "act_by", id) WHERE "l_replaced_by" <> 0;
