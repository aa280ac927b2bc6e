ALTER TABLE "loop_iterations" ADD COLUMN "sealed" text;--> statement-breakpoint
ALTER TABLE "run_steps" ADD COLUMN "sealed" text;--> statement-breakpoint
ALTER TABLE "run_variables" ADD COLUMN "sealed" text;