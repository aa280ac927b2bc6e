CREATE TABLE "artifacts" (
	"id" text PRIMARY KEY NOT NULL,
	"team_id" text NOT NULL,
	"run_id" text NOT NULL,
	"node_id" text DEFAULT '' NOT NULL,
	"iteration" text DEFAULT '' NOT NULL,
	"attempt" integer DEFAULT 0 NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"type" text NOT NULL,
	"size" bigint NOT NULL,
	"sha256" text NOT NULL,
	"storage_key" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "stored_files" (
	"key" text PRIMARY KEY NOT NULL,
	"team_id" text NOT NULL,
	"size" bigint NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"recorded_at" timestamp with time zone,
	"doomed_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "artifacts" ADD CONSTRAINT "artifacts_team_id_teams_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."teams"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "artifacts" ADD CONSTRAINT "artifacts_run_id_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."runs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "artifacts" ADD CONSTRAINT "artifacts_storage_key_stored_files_key_fk" FOREIGN KEY ("storage_key") REFERENCES "public"."stored_files"("key") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "artifacts_place" ON "artifacts" USING btree ("run_id","node_id","iteration","attempt","name");--> statement-breakpoint
CREATE INDEX "artifacts_team" ON "artifacts" USING btree ("team_id");--> statement-breakpoint
CREATE INDEX "artifacts_storage_key" ON "artifacts" USING btree ("storage_key");--> statement-breakpoint
CREATE INDEX "stored_files_team" ON "stored_files" USING btree ("team_id","size") WHERE doomed_at is null;--> statement-breakpoint
CREATE INDEX "stored_files_unrecorded" ON "stored_files" USING btree ("created_at") WHERE recorded_at is null;--> statement-breakpoint
CREATE INDEX "stored_files_doomed" ON "stored_files" USING btree ("doomed_at") WHERE doomed_at is not null;