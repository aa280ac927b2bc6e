ALTER TABLE "runs" ADD COLUMN "timeout_seconds" double precision DEFAULT 86400 NOT NULL;--> statement-breakpoint
-- Runs that have not begun yet keep the limit of their plan.
UPDATE "runs" SET "timeout_seconds" = ("plans"."plan"->'settings'->>'timeoutSeconds')::float8 FROM "plans"
WHERE "runs"."status" = 'queued' AND "plans"."team_id" = "runs"."team_id" AND "plans"."hash" = "runs"."plan_hash"
	AND json_typeof("plans"."plan"->'settings'->'timeoutSeconds') = 'number';
