CREATE TABLE "barred_invitees" (
	"team_id" text NOT NULL,
	"user_id" text NOT NULL,
	"barred_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "barred_invitees_team_id_user_id_pk" PRIMARY KEY("team_id","user_id")
);
--> statement-breakpoint
ALTER TABLE "barred_invitees" ADD CONSTRAINT "barred_invitees_team_id_teams_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."teams"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "barred_invitees" ADD CONSTRAINT "barred_invitees_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;