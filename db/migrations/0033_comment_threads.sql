CREATE TABLE "resolved_threads" (
	"run_id" text NOT NULL,
	"node_id" text NOT NULL,
	"by" jsonb NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "resolved_threads_run_id_node_id_pk" PRIMARY KEY("run_id","node_id")
);
--> statement-breakpoint
DROP INDEX "run_comments_run";--> statement-breakpoint
ALTER TABLE "run_comments" ADD COLUMN "seq" bigint NOT NULL GENERATED ALWAYS AS IDENTITY (sequence name "run_comments_seq_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1);--> statement-breakpoint
ALTER TABLE "run_comments" ADD COLUMN "mentions" jsonb;--> statement-breakpoint
ALTER TABLE "run_comments" ADD COLUMN "revision" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "resolved_threads" ADD CONSTRAINT "resolved_threads_run_id_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."runs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "run_comments_place" ON "run_comments" USING btree ("run_id","node_id","seq");--> statement-breakpoint
CREATE INDEX "run_comments_unread" ON "run_comments" USING btree ("seq") WHERE "run_comments"."mentions" is null;--> statement-breakpoint
ALTER TABLE "run_comments" DROP COLUMN "resolved_at";--> statement-breakpoint
-- What a comment step says is said once for each event that records it, whatever statement writes the event.
CREATE FUNCTION "run_events_comment"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF (SELECT count(*) FROM "public"."run_comments" WHERE "run_id" = NEW."run_id" AND "author"->>'kind' = 'system') < 500 THEN
		INSERT INTO "public"."run_comments" ("id", "team_id", "run_id", "node_id", "author", "text")
		SELECT NEW."run_id" || '-' || NEW."seq", "team_id", "id", NEW."node_id", '{"kind":"system","name":"Weft"}', coalesce(NEW."data"->>'text', '')
		FROM "public"."runs" WHERE "id" = NEW."run_id";
		DELETE FROM "public"."resolved_threads" WHERE "run_id" = NEW."run_id" AND "node_id" = coalesce(NEW."node_id", '');
		PERFORM pg_notify('weft_comments', NEW."run_id");
	END IF;
	RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER "run_events_comment" AFTER INSERT ON "run_events" FOR EACH ROW WHEN (NEW."type" = 'step.comment') EXECUTE FUNCTION "run_events_comment"();--> statement-breakpoint
UPDATE "run_comments" SET "mentions" = '[]';--> statement-breakpoint
INSERT INTO "run_comments" ("id", "team_id", "run_id", "node_id", "author", "text", "mentions", "created_at")
SELECT e."run_id" || '-' || e."seq", r."team_id", e."run_id", e."node_id", '{"kind":"system","name":"Weft"}', coalesce(e."data"->>'text', ''), '[]', e."at"
FROM "run_events" e JOIN "runs" r ON r."id" = e."run_id" WHERE e."type" = 'step.comment' ORDER BY e."run_id", e."seq";
