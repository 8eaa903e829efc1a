-- Who overrode points, and the rolling score of a review.

ALTER TABLE "review_row" ADD COLUMN "override_by" TEXT CHECK ("override_by" <> '');
ALTER TABLE "review_x" ADD COLUMN "rolling" INTEGER NOT NULL DEFAULT 0;
