CREATE TABLE "month_spending" (
	"team_id" text NOT NULL,
	"month" date NOT NULL,
	"workflow_id" text DEFAULT '' NOT NULL,
	"cost_usd" double precision NOT NULL,
	CONSTRAINT "month_spending_team_id_month_workflow_id_pk" PRIMARY KEY("team_id","month","workflow_id")
);
--> statement-breakpoint
ALTER TABLE "model_calls" ALTER COLUMN "id" SET DEFAULT gen_random_uuid()::text;--> statement-breakpoint
ALTER TABLE "model_calls" ADD COLUMN "run_id" text;--> statement-breakpoint
ALTER TABLE "model_calls" ADD COLUMN "node_id" text;--> statement-breakpoint
ALTER TABLE "model_calls" ADD COLUMN "iteration" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "model_calls" ADD COLUMN "cache_read_tokens" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "model_calls" ADD COLUMN "cache_write_tokens" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "model_calls" ADD COLUMN "reasoning_tokens" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "model_calls" ADD COLUMN "notional" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "model_calls" ADD COLUMN "price" jsonb;--> statement-breakpoint
ALTER TABLE "month_spending" ADD CONSTRAINT "month_spending_team_id_teams_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."teams"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "model_calls" ADD CONSTRAINT "model_calls_run_id_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."runs"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "model_calls_workflow_at" ON "model_calls" USING btree ("workflow_id","at");--> statement-breakpoint
CREATE INDEX "model_calls_run" ON "model_calls" USING btree ("run_id") WHERE run_id is not null;--> statement-breakpoint
INSERT INTO "model_calls" ("team_id", "workflow_id", "run_id", "node_id", "iteration", "purpose", "provider", "model", "input_tokens", "cache_read_tokens", "cache_write_tokens", "output_tokens", "reasoning_tokens", "cost_usd", "estimated", "price", "at")
SELECT r."team_id", r."workflow_id", r."id", e."node_id", e."iteration", 'step', e."data"->>'provider', e."data"->>'model', coalesce((e."data"->>'inputTokens')::int, 0), coalesce((e."data"->>'cacheReadTokens')::int, 0), coalesce((e."data"->>'cacheWriteTokens')::int, 0), coalesce((e."data"->>'outputTokens')::int, 0), coalesce((e."data"->>'reasoningTokens')::int, 0), coalesce((e."data"->>'costUsd')::float8, 0), coalesce((e."data"->>'estimated')::boolean, false), e."data"->'price', e."at" FROM "run_events" e JOIN "runs" r ON r."id" = e."run_id" WHERE e."type" = 'step.usage' AND e."data" ? 'provider' AND e."data" ? 'model';--> statement-breakpoint
INSERT INTO "month_spending" ("team_id", "month", "workflow_id", "cost_usd")
SELECT "team_id", date_trunc('month', "at" at time zone 'utc')::date, coalesce("workflow_id", ''), sum("cost_usd") FROM "model_calls" GROUP BY 1, 2, 3 HAVING sum("cost_usd") > 0;--> statement-breakpoint
CREATE FUNCTION "count_month_spending"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	INSERT INTO "month_spending" AS m ("team_id", "month", "workflow_id", "cost_usd")
	VALUES (NEW."team_id", date_trunc('month', NEW."at" at time zone 'utc')::date, coalesce(NEW."workflow_id", ''), NEW."cost_usd")
	ON CONFLICT ("team_id", "month", "workflow_id") DO UPDATE SET "cost_usd" = m."cost_usd" + EXCLUDED."cost_usd";
	RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER "model_calls_spent" AFTER INSERT ON "model_calls" FOR EACH ROW WHEN (NEW."cost_usd" > 0 AND NOT NEW."notional") EXECUTE FUNCTION "count_month_spending"();
