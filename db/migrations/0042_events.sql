CREATE TABLE "event_waits" (
	"run_id" text NOT NULL,
	"node_id" text NOT NULL,
	"iteration" text DEFAULT '' NOT NULL,
	"team_id" text NOT NULL,
	"name" text NOT NULL,
	"match" text,
	"bound" json NOT NULL,
	"seen_seq" bigint NOT NULL,
	"problem" text,
	"began_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "event_waits_run_id_node_id_iteration_pk" PRIMARY KEY("run_id","node_id","iteration")
);
--> statement-breakpoint
CREATE TABLE "events" (
	"id" text PRIMARY KEY NOT NULL,
	"seq" bigserial NOT NULL,
	"team_id" text NOT NULL,
	"name" text NOT NULL,
	"data" json NOT NULL,
	"key" text NOT NULL,
	"run_id" text,
	"node_id" text,
	"actor" jsonb NOT NULL,
	"depth" integer DEFAULT 0 NOT NULL,
	"at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	"delivered_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "run_ends" (
	"run_id" text PRIMARY KEY NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "test_listeners" (
	"workflow_id" text PRIMARY KEY NOT NULL,
	"team_id" text NOT NULL,
	"key" text NOT NULL,
	"config" json NOT NULL,
	"token_hash" text,
	"started_by" text,
	"refusal" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	CONSTRAINT "test_listeners_token_hash_unique" UNIQUE("token_hash")
);
--> statement-breakpoint
CREATE TABLE "trigger_pins" (
	"workflow_id" text PRIMARY KEY NOT NULL,
	"key" text NOT NULL,
	"type" text NOT NULL,
	"payload" json NOT NULL,
	"pinned_by" text,
	"pinned_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "event_waits" ADD CONSTRAINT "event_waits_run_id_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."runs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "event_waits" ADD CONSTRAINT "event_waits_team_id_teams_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."teams"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_team_id_teams_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."teams"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_run_id_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."runs"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "run_ends" ADD CONSTRAINT "run_ends_run_id_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."runs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "test_listeners" ADD CONSTRAINT "test_listeners_workflow_id_workflows_id_fk" FOREIGN KEY ("workflow_id") REFERENCES "public"."workflows"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "test_listeners" ADD CONSTRAINT "test_listeners_team_id_teams_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."teams"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "test_listeners" ADD CONSTRAINT "test_listeners_started_by_users_id_fk" FOREIGN KEY ("started_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "trigger_pins" ADD CONSTRAINT "trigger_pins_workflow_id_workflows_id_fk" FOREIGN KEY ("workflow_id") REFERENCES "public"."workflows"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "trigger_pins" ADD CONSTRAINT "trigger_pins_pinned_by_users_id_fk" FOREIGN KEY ("pinned_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "event_waits_name" ON "event_waits" USING btree ("team_id","name");--> statement-breakpoint
CREATE UNIQUE INDEX "events_key" ON "events" USING btree ("team_id","key");--> statement-breakpoint
CREATE INDEX "events_name" ON "events" USING btree ("team_id","name","seq");--> statement-breakpoint
CREATE INDEX "events_pending" ON "events" USING btree ("seq") WHERE delivered_at is null;--> statement-breakpoint
CREATE INDEX "events_at" ON "events" USING btree ("at");--> statement-breakpoint
CREATE INDEX "events_run" ON "events" USING btree ("run_id");--> statement-breakpoint
CREATE INDEX "test_listeners_team" ON "test_listeners" USING btree ("team_id");--> statement-breakpoint
CREATE INDEX "test_listeners_expires" ON "test_listeners" USING btree ("expires_at");