ALTER TABLE "teams" ADD COLUMN "former_keys" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "teams" ADD COLUMN "key_replaced_at" timestamp with time zone;