ALTER TABLE "run_steps" ALTER COLUMN "input" SET DATA TYPE json;--> statement-breakpoint
ALTER TABLE "run_steps" ALTER COLUMN "output" SET DATA TYPE json;--> statement-breakpoint
ALTER TABLE "runs" ALTER COLUMN "payload" SET DATA TYPE json;--> statement-breakpoint
ALTER TABLE "runs" ALTER COLUMN "input" SET DATA TYPE json;--> statement-breakpoint
ALTER TABLE "runs" ALTER COLUMN "pinned" SET DATA TYPE json;--> statement-breakpoint
ALTER TABLE "runs" ALTER COLUMN "output" SET DATA TYPE json;--> statement-breakpoint
ALTER TABLE "workflow_pins" ALTER COLUMN "output" SET DATA TYPE json;