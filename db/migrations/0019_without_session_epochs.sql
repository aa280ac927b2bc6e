DROP TABLE "ended_sessions" CASCADE;--> statement-breakpoint
ALTER TABLE "users" DROP COLUMN "session_epoch";