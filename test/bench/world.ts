import { startProcoreSimulator } from "../../connectors/procore/simulator/simulator.ts";
import { startWorkforcePlanningSimulator } from "../../connectors/workforce-planning/simulator/simulator.ts";

/*
 * The systems of a benchmark, in a process of their own, so that what is measured does not share its processor with
 * them. Prints their addresses and stays until it is ended.
 *
 *   node world.ts <people>      nine of ten people log in, one is Assignable
 */

const size = Number(process.argv[2] ?? "1000");
const firstNames = ["Ann", "Bo", "Cy", "Di", "Ed", "Flo", "Gus", "Hal", "Ida", "Jo"];
const titles = ["Foreman", "Pipefitter", "Welder", "Superintendent", "Laborer"];

function person(index: number): Record<string, unknown> {
  const isUser = index % 10 !== 0;
  return {
    first_name: firstNames[index % firstNames.length],
    last_name: `Person ${index}`,
    employee_number: `E-${index}`,
    job_title_id: titles[index % titles.length],
    phone: `+1206${String(2_000_000 + index)}`,
    status: "active",
    is_user: isUser,
    is_assignable: !isUser,
    email: isUser ? `person.${index}@northridge.example` : null,
  };
}

const people = Array.from({ length: size }, (_nothing, index) => person(index));
const wfp = await startWorkforcePlanningSimulator({ data: { jobTitles: titles, people } });
const procore = await startProcoreSimulator({
  data: {
    companies: [{ id: 4242, name: "Northridge Builders" }],
    permissionTemplates: [{ name: "Workforce Planning Standard" }],
  },
});
process.stdout.write(`${JSON.stringify({ wfp: wfp.url, procore: procore.url })}\n`);
