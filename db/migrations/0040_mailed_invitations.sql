ALTER TABLE "invitations" ADD COLUMN "mail_token_hashes" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "invitations" ADD COLUMN "mail_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "invitations" ADD COLUMN "mail_tries" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX "invitations_mail" ON "invitations" USING btree ("mail_at");--> statement-breakpoint
CREATE INDEX "invitations_mail_tokens" ON "invitations" USING gin ("mail_token_hashes");