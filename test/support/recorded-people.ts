/* People as a company could have them, in both systems, for tests that look for every one of these texts. */

export const people = [
  {
    first_name: "Ilse",
    last_name: "Brandvold",
    employee_number: "NR-2041",
    job_title_id: "Ironworker",
    is_user: false,
    is_assignable: true,
  },
  {
    first_name: "Petra",
    last_name: "Lundqvist",
    email: "Petra.Lundqvist@northridge.example",
    phone: "(503) 555-7109",
    employee_number: "NR-1009",
    is_user: true,
    is_assignable: false,
  },
  {
    first_name: "Muñoz",
    last_name: "Okafor",
    email: "okafor@northridge.example",
    employee_number: "NR-1002",
    job_title_id: "Superintendent",
    is_user: true,
    is_assignable: true,
  },
  {
    first_name: "Lena",
    last_name: "Fischer",
    email: "lena.fischer@northridge.example",
    employee_number: "NR-1011",
    is_user: true,
    is_assignable: false,
  },
  {
    first_name: "Lena",
    last_name: "Fisher",
    email: "lena.fischer@northridge.example ",
    employee_number: "NR-1012",
    is_user: true,
    is_assignable: false,
  },
  {
    first_name: "Dale",
    last_name: "Hutchins",
    employee_number: "NR-1010",
    is_user: true,
    is_assignable: false,
  },
  {
    first_name: "Marcus",
    last_name: "Bellweather",
    email: "bellweather@northridge.example",
    status: "inactive",
    is_user: true,
    is_assignable: false,
  },
];

export const users = [
  {
    first_name: "Petra",
    last_name: "Lundqvistt",
    email_address: "petra.lundqvist@northridge.example",
    employee_id: "NR-1009",
    is_employee: true,
    mobile_phone: "+1 503 555 7109",
  },
  {
    first_name: "Muñoz",
    last_name: "Okafor",
    email_address: "OKAFOR@northridge.example",
    employee_id: "NR-1002",
    is_employee: true,
    job_title: "Foreperson",
  },
];
