DROP INDEX "credentials_team_name";--> statement-breakpoint
ALTER TABLE "credentials" ADD COLUMN "owner_id" text;--> statement-breakpoint
ALTER TABLE "credentials" ADD COLUMN "type" text DEFAULT 'token' NOT NULL;--> statement-breakpoint
ALTER TABLE "credentials" ADD COLUMN "parts" text[] DEFAULT '{""}' NOT NULL;--> statement-breakpoint
ALTER TABLE "credentials" ADD COLUMN "hint" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "credentials" ADD COLUMN "last_used_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "former_credential_values" ADD COLUMN "type" text DEFAULT 'token' NOT NULL;--> statement-breakpoint
ALTER TABLE "credentials" ADD CONSTRAINT "credentials_team_id_owner_id_memberships_team_id_user_id_fk" FOREIGN KEY ("team_id","owner_id") REFERENCES "public"."memberships"("team_id","user_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "credentials_owner_name" ON "credentials" USING btree ("team_id","owner_id","name") WHERE "credentials"."owner_id" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "credentials_team_name" ON "credentials" USING btree ("team_id","name") WHERE "credentials"."owner_id" is null;