CREATE TABLE "budget_notices" (
	"team_id" text NOT NULL,
	"month" date NOT NULL,
	"workflow_id" text DEFAULT '' NOT NULL,
	"threshold" integer NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "budget_notices_team_id_month_workflow_id_threshold_pk" PRIMARY KEY("team_id","month","workflow_id","threshold")
);
--> statement-breakpoint
ALTER TABLE "teams" ADD COLUMN "budget_usd" double precision;--> statement-breakpoint
ALTER TABLE "workflows" ADD COLUMN "budget_usd" double precision;--> statement-breakpoint
ALTER TABLE "budget_notices" ADD CONSTRAINT "budget_notices_team_id_teams_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."teams"("id") ON DELETE cascade ON UPDATE no action;