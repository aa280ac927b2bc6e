CREATE TABLE "slack_approvals" (
	"id" text PRIMARY KEY NOT NULL,
	"team_id" text NOT NULL,
	"run_id" text NOT NULL,
	"node_id" text NOT NULL,
	"iteration" text NOT NULL,
	"credential" text NOT NULL,
	"channel" text NOT NULL,
	"people" text[] NOT NULL,
	"channel_id" text,
	"ts" text,
	"workspace" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"due_at" timestamp with time zone DEFAULT now() NOT NULL,
	"tries" integer DEFAULT 0 NOT NULL,
	"closed_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "slack_approvals" ADD CONSTRAINT "slack_approvals_team_id_teams_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."teams"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "slack_approvals" ADD CONSTRAINT "slack_approvals_run_id_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."runs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "slack_approvals_once" ON "slack_approvals" USING btree ("run_id","node_id","iteration");--> statement-breakpoint
CREATE INDEX "slack_approvals_due" ON "slack_approvals" USING btree ("due_at") WHERE "slack_approvals"."closed_at" is null;--> statement-breakpoint
CREATE INDEX "slack_approvals_team" ON "slack_approvals" USING btree ("team_id");