import type { StreamSchema } from "../../../engine/connector/schema.ts";

/**
 * Workers cannot be deleted: an inactive one can neither clock in nor log in and stays on file (documented). The phone
 * number is the login of the mobile app (documented); that a company can have it once only is assumed.
 */
export const workersSchema: StreamSchema = {
  stream: "workers",
  noun: { one: "worker", many: "workers" },
  about: "Workers: the people who clock in, of the company itself and of its subcontractors.",
  fields: {
    first_name: { type: "text", access: "write", required: true, about: "First name." },
    last_name: { type: "text", access: "write", required: true, about: "Last name." },
    email: { type: "email", access: "write", about: "E-mail address." },
    phone: {
      type: "phone",
      access: "write",
      about: "Phone number with country code, by which the worker logs in to the mobile app.",
    },
    payroll_id: { type: "text", access: "write", about: "Payroll ID; not promised to be unique." },
    position_id: {
      type: "reference",
      access: "write",
      references: "positions",
      about: "The position: the worker's trade or role.",
    },
    contractor_id: {
      type: "text",
      access: "write",
      about: "The contractor that the worker belongs to: the own company or a subcontractor.",
    },
    is_subcontractor: {
      type: "boolean",
      access: "read",
      about: "Whether the contractor is a subcontractor.",
    },
    status: {
      type: "choice",
      access: "write",
      choices: ["active", "inactive"],
      about: "Inactive workers cannot clock in and stay on file.",
    },
    procore_user_id: {
      type: "text",
      access: "write",
      about: "The number of the Procore user that the worker is tied to.",
    },
    created_at: { type: "instant", access: "read", about: "When the worker was created." },
    updated_at: { type: "instant", access: "read", about: "When the worker was changed last." },
  },
  label: ["first_name", "last_name"],
};
