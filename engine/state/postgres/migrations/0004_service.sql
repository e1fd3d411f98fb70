CREATE TABLE "syncctl"."notifications" (
	"workspace" text collate "C" NOT NULL,
	"mapping" text collate "C" NOT NULL,
	"condition" text collate "C" NOT NULL,
	"held_digest" text collate "C" NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "notifications_workspace_mapping_pk" PRIMARY KEY("workspace","mapping")
);
--> statement-breakpoint
CREATE TABLE "syncctl"."overrides" (
	"workspace" text collate "C" NOT NULL,
	"mapping" text collate "C" NOT NULL,
	"variable" text collate "C" NOT NULL,
	"value" json,
	"by" text collate "C" NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "overrides_workspace_mapping_variable_pk" PRIMARY KEY("workspace","mapping","variable")
);
--> statement-breakpoint
CREATE TABLE "syncctl"."plans" (
	"workspace" text collate "C" NOT NULL,
	"id" text collate "C" NOT NULL,
	"request_id" text collate "C" NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"status" text collate "C" NOT NULL,
	"decided_by" text collate "C",
	"decided_at" timestamp with time zone,
	"approved" json,
	"packed" "bytea" NOT NULL,
	CONSTRAINT "plans_workspace_id_pk" PRIMARY KEY("workspace","id")
);
--> statement-breakpoint
CREATE TABLE "syncctl"."requests" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"workspace" text collate "C" NOT NULL,
	"mapping" text collate "C" NOT NULL,
	"purpose" text collate "C" NOT NULL,
	"allow" json NOT NULL,
	"trigger" text collate "C" NOT NULL,
	"requested_by" text collate "C" NOT NULL,
	"requested_at" timestamp with time zone NOT NULL,
	"status" text collate "C" NOT NULL,
	"started_at" timestamp with time zone,
	"finished_at" timestamp with time zone,
	"plan_id" text collate "C",
	"counts" json,
	"configuration_digest" text collate "C",
	"commit" text collate "C",
	"note" text collate "C",
	"code" text collate "C",
	"progress" json,
	"worker" text collate "C",
	"stop_asked_by" text collate "C"
);
--> statement-breakpoint
CREATE TABLE "syncctl"."sessions" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"hash" text collate "C" NOT NULL,
	"token_id" text collate "C" NOT NULL,
	"csrf" text collate "C" NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "syncctl"."slots" (
	"workspace" text collate "C" NOT NULL,
	"mapping" text collate "C" NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "slots_workspace_mapping_pk" PRIMARY KEY("workspace","mapping")
);
--> statement-breakpoint
CREATE TABLE "syncctl"."switches" (
	"workspace" text collate "C" NOT NULL,
	"mapping" text collate "C" NOT NULL,
	"is_on" boolean NOT NULL,
	"by" text collate "C" NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "switches_workspace_mapping_pk" PRIMARY KEY("workspace","mapping")
);
--> statement-breakpoint
CREATE TABLE "syncctl"."tokens" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"hash" text collate "C" NOT NULL,
	"name" text collate "C" NOT NULL,
	"role" text collate "C" NOT NULL,
	"workspaces" json,
	"created_at" timestamp with time zone NOT NULL,
	"created_by" text collate "C" NOT NULL,
	"last_used_at" timestamp with time zone,
	"expires_at" timestamp with time zone,
	"revoked_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "syncctl"."sessions" ADD CONSTRAINT "sessions_token_id_tokens_id_fk" FOREIGN KEY ("token_id") REFERENCES "syncctl"."tokens"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "plans_request" ON "syncctl"."plans" USING btree ("request_id");--> statement-breakpoint
CREATE INDEX "plans_age" ON "syncctl"."plans" USING btree ("created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "requests_queued" ON "syncctl"."requests" USING btree ("workspace","mapping") WHERE "syncctl"."requests"."status" = 'queued';--> statement-breakpoint
CREATE INDEX "requests_workspace" ON "syncctl"."requests" USING btree ("workspace","requested_at","id");--> statement-breakpoint
CREATE INDEX "requests_mapping" ON "syncctl"."requests" USING btree ("workspace","mapping","requested_at","id");--> statement-breakpoint
CREATE INDEX "requests_status" ON "syncctl"."requests" USING btree ("status","workspace","requested_at","id");--> statement-breakpoint
CREATE INDEX "requests_age" ON "syncctl"."requests" USING btree ("requested_at","id");--> statement-breakpoint
CREATE UNIQUE INDEX "sessions_hash" ON "syncctl"."sessions" USING btree ("hash");--> statement-breakpoint
CREATE INDEX "sessions_token" ON "syncctl"."sessions" USING btree ("token_id");--> statement-breakpoint
CREATE UNIQUE INDEX "tokens_hash" ON "syncctl"."tokens" USING btree ("hash");