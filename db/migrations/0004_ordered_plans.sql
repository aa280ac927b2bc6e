ALTER TABLE "plans" ALTER COLUMN "plan" SET DATA TYPE json;--> statement-breakpoint
ALTER TABLE "workflows" ALTER COLUMN "draft" SET DATA TYPE json;