import type { FastifyInstance } from "fastify";
import { asBody, notFound, refuse } from "./answers.ts";
import { personFilters } from "./list.ts";
import { type AnswerStyle, type PersonValues, personAnswer } from "./person.ts";
import { judgeCreate, judgeEnableLogin, judgeUpdate } from "./person-rules.ts";
import {
  addRecordRoutes,
  type ListOptions,
  type RecordRoutes,
  setGroups,
} from "./record-routes.ts";

export interface PeopleOptions extends ListOptions {
  readonly personTimestamps: AnswerStyle["personTimestamps"];
}

interface Ids {
  readonly id: string;
  readonly groupId: string;
}

export function addPeopleRoutes(app: FastifyInstance, options: PeopleOptions): void {
  const { store, personTimestamps } = options;
  const routes: RecordRoutes<PersonValues> = {
    path: "people",
    shelf: store.people,
    filters: personFilters,
    groupFilters: personFilters,
    answer: (person) =>
      personAnswer(person, { companyId: store.world().companyId, personTimestamps }),
    created: (id) => ({ id }),
    judgeCreate: (body) => judgeCreate(body, store.world()),
    judgeUpdate: (body, person) => judgeUpdate(body, person, store.world()),
    judgeGroups: (group_ids, person) => judgeUpdate({ group_ids }, person, store.world()),
    invite: store.invite,
  };
  addRecordRoutes(app, routes, options);
  addLogin(app, options);
  app.delete<{ Params: Ids }>("/people/:id/groups/:groupId", (request, reply) => {
    const { id, groupId } = request.params;
    const person = store.people.current(id);
    if (!person?.group_ids.includes(groupId)) return notFound(reply);
    const left = person.group_ids.filter((each) => each !== groupId);
    return setGroups(routes, person, left, reply);
  });
}

function addLogin(app: FastifyInstance, { store }: PeopleOptions): void {
  app.post<{ Params: Ids }>("/people/:id/user", (request, reply) => {
    const person = store.people.current(request.params.id);
    if (!person) return notFound(reply);
    const judged = judgeEnableLogin(asBody(request.body), person, store.world());
    if (!judged.ok) return refuse(reply, judged.refusal);
    const changed = store.people.change(person, judged.value.values);
    if (judged.value.invite) store.invite(changed);
    return reply.send({ id: person.id });
  });
  // Documented: whoever loses the login stays assignable. That somebody who was not becomes so is assumed.
  app.delete<{ Params: Ids }>("/people/:id/user", (request, reply) => {
    const person = store.people.current(request.params.id);
    if (!person) return notFound(reply);
    const values = { is_user: false, is_assignable: true, permission_level_id: null };
    if (person.is_user) store.people.change(person, values);
    return reply.send({ id: person.id });
  });
}
