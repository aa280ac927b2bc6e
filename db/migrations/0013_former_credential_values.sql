CREATE TABLE "former_credential_values" (
	"id" text PRIMARY KEY NOT NULL,
	"team_id" text NOT NULL,
	"credential_id" text NOT NULL,
	"name" text NOT NULL,
	"sealed" text NOT NULL,
	"replaced_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "former_credential_values" ADD CONSTRAINT "former_credential_values_team_id_teams_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."teams"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "former_credential_values_team" ON "former_credential_values" USING btree ("team_id","name");