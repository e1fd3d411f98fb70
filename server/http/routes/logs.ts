import { actorOf } from "../authenticate.ts";
import { fileName, streamOf } from "../pieces.ts";
import { answers } from "../schemas/answers.ts";
import { type App, type RouteContext, respond, runParams } from "./kit.ts";

const types = {
  txt: "text/plain",
  csv: "text/csv",
  ndjson: "application/x-ndjson",
} as const;

/** The log of a run as a file (S-013). */
export function logRoutes(app: App, { service, options }: RouteContext): void {
  for (const format of ["txt", "csv", "ndjson"] as const) {
    app.get(
      `/api/v1/runs/:id/log.${format}`,
      {
        config: { access: "viewer" },
        // The answer to HEAD would read the whole log.
        exposeHeadRoute: false,
        schema: {
          operationId: `downloadLog${format[0]?.toUpperCase()}${format.slice(1)}`,
          tags: ["runs"],
          summary: `The log of a run as ${format}`,
          params: runParams,
          response: answers(200, "The file.", types[format], [404]),
        },
      },
      async (request, reply) => {
        const { id } = request.params;
        const answer = await service.log(actorOf(request), id, format);
        if (!answer.ok) return respond(request, reply, answer);
        const stream = streamOf(answer.value);
        stream.on("error", (error) => {
          // The client sees that the file is not whole, because the connection breaks.
          options.log.error("A download has broken off.", { requestId: request.id, err: error });
        });
        return reply
          .type(`${types[format]}; charset=utf-8`)
          .header("content-disposition", `attachment; filename="${fileName(id, format)}"`)
          .send(stream);
      },
    );
  }
}
