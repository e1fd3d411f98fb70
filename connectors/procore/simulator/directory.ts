import type { LaggedCollectionOptions } from "../../http/simulator/lagged-collection.ts";
import type { Attributes } from "./attributes.ts";
import { type Contact, contactDefaults } from "./contact.ts";
import { parseWorld } from "./data.ts";
import { wireTime } from "./data-keys.ts";
import { createIds } from "./ids.ts";
import { createPortfolio, type Portfolio } from "./portfolio.ts";
import type { Project } from "./project.ts";
import { createRecords, inCompany } from "./records.ts";
import { createTimebook, type Timebook } from "./timebook.ts";
import { settledUser, type User, userDefaults } from "./user.ts";
import { createUserIndex } from "./user-index.ts";
import type { Company, World } from "./world.ts";

/** The company directories and the projects that the simulator keeps. Lists may lag behind; everything else is as it is now. */
export interface Directory extends Portfolio, Timebook {
  company(id: number): Company | undefined;
  companies(): readonly Company[];
  /** As lists show them, by id. */
  users(companyId: number): readonly User[];
  contacts(companyId: number): readonly Contact[];
  templates(companyId: number): World["permissionTemplates"];
  user(companyId: number, id: number): User | undefined;
  contact(companyId: number, id: number): Contact | undefined;
  /** Whose e-mail address or origin id it is, now and among active and inactive users. */
  usersOf(companyId: number, key: "email_address" | "origin_id", value: unknown): readonly User[];
  /** Who has this number of a person, now: a user or a contact. */
  person(companyId: number, personId: number): User | Contact | undefined;
  addUser(companyId: number, attributes: Attributes): User;
  changeUser(user: User, attributes: Attributes): User;
  addContact(companyId: number, attributes: Attributes): Contact;
  changeContact(contact: Contact, attributes: Attributes): Contact;
  invite(user: User): void;
  load(data: unknown): void;
  save(): unknown;
}

export function createDirectory(options: LaggedCollectionOptions): Directory {
  const ids = createIds();
  const users = createRecords<User>(options);
  const contacts = createRecords<Contact>(options);
  const index = createUserIndex();
  const at = () => wireTime(options.now());
  const portfolio = createPortfolio({ ...options, ids, at });
  const timebook = createTimebook({ ...options, ids, at });
  let world = parseWorld({}, { ids, at: at() });

  function putUser(user: User): User {
    index.put(user);
    return users.put(user);
  }

  return {
    ...portfolio,
    ...timebook,
    company: (id) => world.companies.find((company) => company.id === id),
    companies: () => world.companies,
    users: users.list,
    contacts: contacts.list,
    templates: (companyId) => inCompany(world.permissionTemplates, companyId),
    user: users.get,
    contact: contacts.get,
    usersOf: index.usersOf,
    person: (companyId, personId) =>
      contacts.get(companyId, personId) ?? index.ofPerson(companyId, personId),
    addUser: (companyId, attributes) =>
      putUser({
        // A login has one number in all of Procore (documented).
        id: index.ofEmail(attributes["email_address"])[0]?.id ?? ids.next("user"),
        company_id: companyId,
        person_id: ids.next("person"),
        contact_id: ids.next("contact"),
        created_at: at(),
        updated_at: at(),
        attributes: settledUser({ ...userDefaults, ...attributes }),
      }),
    changeUser: (user, attributes) =>
      putUser({
        ...user,
        updated_at: at(),
        attributes: settledUser({ ...user.attributes, ...attributes }),
      }),
    addContact: (companyId, attributes) =>
      contacts.put({
        id: ids.next("person"),
        company_id: companyId,
        contact_id: ids.next("contact"),
        attributes: { ...contactDefaults, ...attributes },
      }),
    changeContact: (contact, attributes) =>
      contacts.put({ ...contact, attributes: { ...contact.attributes, ...attributes } }),
    invite({ company_id, id: user_id }) {
      world = { ...world, invitations: [...world.invitations, { company_id, user_id }] };
    },
    load(data) {
      world = parseWorld(data, { ids, at: at() });
      users.load(world.users);
      index.load(world.users);
      contacts.load(world.contacts);
      portfolio.loadProjects(world.projects);
      timebook.loadTime(world);
    },
    save: () => flatWorld(world, users.all(), contacts.all(), { ...portfolio, ...timebook }),
  };
}

function flatWorld(
  world: World,
  users: readonly User[],
  contacts: readonly Contact[],
  { allProjects, saveTime }: Portfolio & Timebook,
): Readonly<Record<string, unknown>> {
  return {
    ...world,
    users: users.map(flat),
    contacts: contacts.map(flat),
    projects: allProjects().map(flat),
    ...saveTime(),
  };
}

function flat({ attributes, ...own }: User | Contact | Project): unknown {
  return { ...own, ...attributes };
}
