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
ALTER TABLE "event_waits" ADD CONSTRAINT "event_waits_run_id_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."runs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "event_waits" ADD CONSTRAINT "event_waits_team_id_teams_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."teams"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_team_id_teams_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."teams"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_run_id_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."runs"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "run_ends" ADD CONSTRAINT "run_ends_run_id_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."runs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "event_waits_name" ON "event_waits" USING btree ("team_id","name");--> statement-breakpoint
CREATE UNIQUE INDEX "events_key" ON "events" USING btree ("team_id","key");--> statement-breakpoint
CREATE INDEX "events_name" ON "events" USING btree ("team_id","name","seq");--> statement-breakpoint
CREATE INDEX "events_pending" ON "events" USING btree ("seq") WHERE delivered_at is null;--> statement-breakpoint
CREATE INDEX "events_at" ON "events" USING btree ("at");--> statement-breakpoint
CREATE INDEX "events_run" ON "events" USING btree ("run_id");