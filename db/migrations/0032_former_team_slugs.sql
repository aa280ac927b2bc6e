ALTER TABLE "teams" ADD COLUMN "former_slugs" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
CREATE INDEX "teams_former_slugs" ON "teams" USING gin ("former_slugs");