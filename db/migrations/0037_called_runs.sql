ALTER TABLE "run_steps" RENAME COLUMN "decision" TO "answer";--> statement-breakpoint
UPDATE "run_steps" SET "answer" = "answer" || '{"for": "approval"}' WHERE "answer" IS NOT NULL;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "caller_run_id" text;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "caller_node_id" text;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "caller_iteration" text;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "is_awaited" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "depth" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "runs" ADD CONSTRAINT "runs_caller_run_id_runs_id_fk" FOREIGN KEY ("caller_run_id") REFERENCES "public"."runs"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "runs_called" ON "runs" USING btree ("caller_run_id","caller_node_id","caller_iteration") WHERE caller_run_id is not null;--> statement-breakpoint
CREATE INDEX "runs_awaited" ON "runs" USING btree ("caller_run_id") WHERE is_awaited and ended_at is null;