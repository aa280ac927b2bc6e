ALTER TABLE "run_steps" ADD COLUMN "opened" text;--> statement-breakpoint
ALTER TABLE "run_variables" ADD COLUMN "sealed_in" text;