CREATE TABLE "approval_links" (
	"id" text PRIMARY KEY NOT NULL,
	"team_id" text NOT NULL,
	"run_id" text NOT NULL,
	"node_id" text NOT NULL,
	"iteration" text NOT NULL,
	"address" text NOT NULL,
	"needs_no_account" boolean NOT NULL,
	"token_hash" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"mail_at" timestamp with time zone DEFAULT now(),
	"mail_tries" integer DEFAULT 0 NOT NULL,
	"used_at" timestamp with time zone,
	CONSTRAINT "approval_links_token_hash_unique" UNIQUE("token_hash")
);
--> statement-breakpoint
ALTER TABLE "approval_links" ADD CONSTRAINT "approval_links_team_id_teams_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."teams"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "approval_links" ADD CONSTRAINT "approval_links_run_id_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."runs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "approval_links_once" ON "approval_links" USING btree ("run_id","node_id","iteration","address");--> statement-breakpoint
CREATE INDEX "approval_links_mail" ON "approval_links" USING btree ("mail_at");--> statement-breakpoint
CREATE INDEX "approval_links_team" ON "approval_links" USING btree ("team_id");