CREATE TABLE "failing_workflows" (
	"workflow_id" text PRIMARY KEY NOT NULL,
	"episode" text NOT NULL,
	"since" timestamp with time zone DEFAULT now() NOT NULL,
	"failures" integer DEFAULT 1 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "failure_destinations" (
	"id" text PRIMARY KEY NOT NULL,
	"team_id" text NOT NULL,
	"workflow_id" text,
	"type" text NOT NULL,
	"fields" jsonb NOT NULL,
	"set_by" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "failure_notices" (
	"id" text PRIMARY KEY DEFAULT gen_random_uuid()::text NOT NULL,
	"seq" bigserial NOT NULL,
	"team_id" text NOT NULL,
	"destination_id" text NOT NULL,
	"workflow_id" text NOT NULL,
	"run_id" text NOT NULL,
	"episode" text NOT NULL,
	"change" text NOT NULL,
	"data" jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"send_at" timestamp with time zone DEFAULT now(),
	"tries" integer DEFAULT 0 NOT NULL,
	"sent_at" timestamp with time zone,
	"failed_at" timestamp with time zone,
	"problem" text
);
--> statement-breakpoint
ALTER TABLE "workflows" ADD COLUMN "failure_rule" text DEFAULT 'team' NOT NULL;--> statement-breakpoint
ALTER TABLE "failing_workflows" ADD CONSTRAINT "failing_workflows_workflow_id_workflows_id_fk" FOREIGN KEY ("workflow_id") REFERENCES "public"."workflows"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "failure_destinations" ADD CONSTRAINT "failure_destinations_team_id_teams_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."teams"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "failure_destinations" ADD CONSTRAINT "failure_destinations_workflow_id_workflows_id_fk" FOREIGN KEY ("workflow_id") REFERENCES "public"."workflows"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "failure_destinations" ADD CONSTRAINT "failure_destinations_set_by_users_id_fk" FOREIGN KEY ("set_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "failure_notices" ADD CONSTRAINT "failure_notices_team_id_teams_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."teams"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "failure_notices" ADD CONSTRAINT "failure_notices_destination_id_failure_destinations_id_fk" FOREIGN KEY ("destination_id") REFERENCES "public"."failure_destinations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "failure_notices" ADD CONSTRAINT "failure_notices_workflow_id_workflows_id_fk" FOREIGN KEY ("workflow_id") REFERENCES "public"."workflows"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "failure_notices" ADD CONSTRAINT "failure_notices_run_id_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."runs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "failure_destinations_team" ON "failure_destinations" USING btree ("team_id");--> statement-breakpoint
CREATE INDEX "failure_destinations_workflow" ON "failure_destinations" USING btree ("workflow_id");--> statement-breakpoint
CREATE UNIQUE INDEX "failure_notices_once" ON "failure_notices" USING btree ("episode","destination_id","change");--> statement-breakpoint
CREATE INDEX "failure_notices_due" ON "failure_notices" USING btree ("send_at") WHERE send_at is not null;--> statement-breakpoint
CREATE INDEX "failure_notices_destination" ON "failure_notices" USING btree ("destination_id","seq");--> statement-breakpoint
CREATE INDEX "failure_notices_workflow" ON "failure_notices" USING btree ("workflow_id");--> statement-breakpoint
CREATE INDEX "failure_notices_run" ON "failure_notices" USING btree ("run_id");--> statement-breakpoint
CREATE INDEX "failure_notices_team" ON "failure_notices" USING btree ("team_id");