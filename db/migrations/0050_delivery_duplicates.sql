DROP INDEX "events_pending";--> statement-breakpoint
ALTER TABLE "deliveries" ADD COLUMN "duplicate_of" text;--> statement-breakpoint
CREATE INDEX "events_pending" ON "events" USING btree ("team_id","seq") WHERE delivered_at is null;