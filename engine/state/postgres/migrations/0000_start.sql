CREATE SCHEMA "syncctl";
--> statement-breakpoint
CREATE TABLE "syncctl"."intents" (
	"change_id" text collate "C" PRIMARY KEY NOT NULL,
	"run_id" text collate "C" NOT NULL,
	"kind" text collate "C" NOT NULL,
	"mapping" text collate "C" NOT NULL,
	"rule" text collate "C" NOT NULL,
	"source_connection" text collate "C" NOT NULL,
	"source_stream" text collate "C" NOT NULL,
	"source_id" text collate "C" NOT NULL,
	"target_connection" text collate "C" NOT NULL,
	"target_stream" text collate "C" NOT NULL,
	"target_id" text collate "C",
	"fields" json NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "syncctl"."leases" (
	"name" text collate "C" PRIMARY KEY NOT NULL,
	"holder" text collate "C" NOT NULL,
	"token" bigint NOT NULL,
	"until" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "syncctl"."links" (
	"mapping" text collate "C" NOT NULL,
	"rule" text collate "C" NOT NULL,
	"source_connection" text collate "C" NOT NULL,
	"source_stream" text collate "C" NOT NULL,
	"source_id" text collate "C" NOT NULL,
	"target_connection" text collate "C" NOT NULL,
	"target_stream" text collate "C" NOT NULL,
	"target_id" text collate "C" NOT NULL,
	"origin" text collate "C" NOT NULL,
	"baseline" json NOT NULL,
	"rule_digest" text collate "C" NOT NULL,
	"written_at" timestamp with time zone NOT NULL,
	CONSTRAINT "links_mapping_rule_source_id_pk" PRIMARY KEY("mapping","rule","source_id")
);
--> statement-breakpoint
CREATE TABLE "syncctl"."migrations" (
	"name" text collate "C" PRIMARY KEY NOT NULL,
	"applied_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "syncctl"."readings" (
	"connection" text collate "C" NOT NULL,
	"stream" text collate "C" NOT NULL,
	"records" integer NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "readings_connection_stream_pk" PRIMARY KEY("connection","stream")
);
--> statement-breakpoint
CREATE TABLE "syncctl"."run_entries" (
	"run_id" text collate "C" NOT NULL,
	"sequence" integer NOT NULL,
	"mapping" text collate "C" NOT NULL,
	"rule" text collate "C" NOT NULL,
	"source_connection" text collate "C" NOT NULL,
	"source_stream" text collate "C" NOT NULL,
	"source_id" text collate "C" NOT NULL,
	"target_connection" text collate "C",
	"target_stream" text collate "C",
	"target_id" text collate "C",
	"label" text collate "C" NOT NULL,
	"action" text collate "C" NOT NULL,
	"status" text collate "C" NOT NULL,
	"code" text collate "C",
	"reason" text collate "C" NOT NULL,
	"fields" json NOT NULL,
	CONSTRAINT "run_entries_run_id_sequence_pk" PRIMARY KEY("run_id","sequence")
);
--> statement-breakpoint
CREATE TABLE "syncctl"."runs" (
	"run_id" text collate "C" PRIMARY KEY NOT NULL,
	"position" bigint GENERATED ALWAYS AS IDENTITY (sequence name "syncctl"."runs_position_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"plan_id" text collate "C" NOT NULL,
	"plan_digest" text collate "C" NOT NULL,
	"purpose" text collate "C" NOT NULL,
	"mappings" json NOT NULL,
	"configuration_digest" text collate "C" NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"started_by" text collate "C" NOT NULL,
	"status" text collate "C" NOT NULL,
	"finished_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "syncctl"."run_entries" ADD CONSTRAINT "run_entries_run_id_runs_run_id_fk" FOREIGN KEY ("run_id") REFERENCES "syncctl"."runs"("run_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "intents_source" ON "syncctl"."intents" USING btree ("mapping","rule","source_id");--> statement-breakpoint
CREATE UNIQUE INDEX "links_target" ON "syncctl"."links" USING btree ("mapping","target_connection","target_stream","target_id");--> statement-breakpoint
CREATE INDEX "run_entries_status" ON "syncctl"."run_entries" USING btree ("run_id","status");--> statement-breakpoint
CREATE UNIQUE INDEX "runs_plan" ON "syncctl"."runs" USING btree ("plan_id");--> statement-breakpoint
CREATE INDEX "runs_newest" ON "syncctl"."runs" USING btree ("started_at","position");