ALTER TABLE "failure_notices" ALTER COLUMN "workflow_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "failure_notices" ALTER COLUMN "run_id" DROP NOT NULL;