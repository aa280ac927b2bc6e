ALTER TABLE "users" ADD COLUMN "is_administrator" boolean DEFAULT false NOT NULL;--> statement-breakpoint
-- Where people have accounts already, whoever came first; the demo user is nobody.
UPDATE "users" SET "is_administrator" = true WHERE "id" = (
	SELECT "id" FROM "users" WHERE "email" <> 'demo@weft.local' ORDER BY "created_at", "id" LIMIT 1);
