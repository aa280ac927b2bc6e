ALTER TABLE "workers" ADD COLUMN "failing" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "concurrency_limit" integer;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "held" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "plans" ADD COLUMN "stored_at" timestamp with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
CREATE INDEX "runs_held" ON "runs" USING btree ("workflow_id","concurrency_key","number") WHERE held;--> statement-breakpoint
CREATE INDEX "runs_admitted" ON "runs" USING btree ("workflow_id","concurrency_key") WHERE concurrency_key is not null and ended_at is null and not held;--> statement-breakpoint
CREATE INDEX "runs_tries_ended" ON "runs" USING btree ("ended_at") WHERE kind = 'try';--> statement-breakpoint
CREATE INDEX "runs_plan" ON "runs" USING btree ("team_id","plan_hash");--> statement-breakpoint
CREATE INDEX "workflow_versions_plan" ON "workflow_versions" USING btree ("team_id","plan_hash");--> statement-breakpoint
ALTER TABLE "run_steps" DROP COLUMN "lease_until";--> statement-breakpoint
UPDATE "runs" r SET
	"held" = r.status = 'queued' AND NOT EXISTS (SELECT FROM "outbox" o WHERE o.run_id = r.id),
	"concurrency_limit" = (
		SELECT (p.plan->'settings'->'concurrency'->>'limit')::int FROM "plans" p
		WHERE p.team_id = r.team_id AND p.hash = r.plan_hash
	)
WHERE r.concurrency_key IS NOT NULL AND r.ended_at IS NULL;
