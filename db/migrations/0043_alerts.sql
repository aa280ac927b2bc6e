CREATE TABLE "alert_runs" (
	"alert_id" text NOT NULL,
	"workflow_id" text NOT NULL,
	"key" text NOT NULL,
	"trigger_id" text,
	"run_id" text,
	"due_at" timestamp with time zone,
	"group_key" text DEFAULT '' NOT NULL,
	"notice" jsonb,
	"reason" text,
	"is_settled" boolean DEFAULT false NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "alert_runs_alert_id_workflow_id_key_pk" PRIMARY KEY("alert_id","workflow_id","key")
);
--> statement-breakpoint
CREATE TABLE "alert_sources" (
	"trigger_id" text PRIMARY KEY NOT NULL,
	"heard_at" timestamp with time zone,
	"receiver" text DEFAULT '' NOT NULL,
	"read_at" timestamp with time zone,
	"problem" text
);
--> statement-breakpoint
CREATE TABLE "alerts" (
	"id" text PRIMARY KEY NOT NULL,
	"team_id" text NOT NULL,
	"fingerprint" text NOT NULL,
	"starts_at" timestamp with time zone NOT NULL,
	"status" text NOT NULL,
	"name" text NOT NULL,
	"labels" jsonb NOT NULL,
	"annotations" jsonb NOT NULL,
	"generator_url" text DEFAULT '' NOT NULL,
	"external_url" text DEFAULT '' NOT NULL,
	"receiver" text DEFAULT '' NOT NULL,
	"times" integer DEFAULT 1 NOT NULL,
	"first_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_at" timestamp with time zone DEFAULT now() NOT NULL,
	"ends_at" timestamp with time zone,
	"resolved_at" timestamp with time zone,
	"notes" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"trigger_id" text
);
--> statement-breakpoint
ALTER TABLE "alert_runs" ADD CONSTRAINT "alert_runs_alert_id_alerts_id_fk" FOREIGN KEY ("alert_id") REFERENCES "public"."alerts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alert_runs" ADD CONSTRAINT "alert_runs_workflow_id_workflows_id_fk" FOREIGN KEY ("workflow_id") REFERENCES "public"."workflows"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alert_runs" ADD CONSTRAINT "alert_runs_trigger_id_triggers_id_fk" FOREIGN KEY ("trigger_id") REFERENCES "public"."triggers"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alert_runs" ADD CONSTRAINT "alert_runs_run_id_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."runs"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alert_sources" ADD CONSTRAINT "alert_sources_trigger_id_triggers_id_fk" FOREIGN KEY ("trigger_id") REFERENCES "public"."triggers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alerts" ADD CONSTRAINT "alerts_team_id_teams_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."teams"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alerts" ADD CONSTRAINT "alerts_trigger_id_triggers_id_fk" FOREIGN KEY ("trigger_id") REFERENCES "public"."triggers"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "alert_runs_due" ON "alert_runs" USING btree ("due_at") WHERE due_at is not null;--> statement-breakpoint
CREATE INDEX "alert_runs_run" ON "alert_runs" USING btree ("run_id");--> statement-breakpoint
CREATE INDEX "alert_runs_workflow" ON "alert_runs" USING btree ("workflow_id");--> statement-breakpoint
CREATE UNIQUE INDEX "alerts_episode" ON "alerts" USING btree ("team_id","fingerprint","starts_at");--> statement-breakpoint
CREATE INDEX "alerts_firing" ON "alerts" USING btree ("team_id","starts_at") WHERE status = 'firing';--> statement-breakpoint
CREATE INDEX "alerts_team" ON "alerts" USING btree ("team_id","starts_at");--> statement-breakpoint
CREATE INDEX "alerts_resolved" ON "alerts" USING btree ("resolved_at");--> statement-breakpoint
CREATE INDEX "alerts_trigger" ON "alerts" USING btree ("trigger_id") WHERE status = 'firing';