import type { CodeEntry } from "./entry.ts";

/** Codes of what can be wrong in the files of a project. */
export const configurationCodes = {
  "project-missing": {
    title: "There is no syncctl.yaml here",
    remedy: "Run `syncctl init`, or name the folder with --project.",
  },
  "file-unreadable": {
    title: "A file cannot be read",
    remedy: "Check that it is a file and that its permissions let you read it.",
  },
  "file-too-large": {
    title: "A file is larger than a configuration can be",
    remedy: "Split it into several files, or take out what is no configuration.",
  },
  "file-not-text": {
    title: "A file is not text in UTF-8",
    remedy: "Save the file as UTF-8.",
  },
  "character-forbidden": {
    title: "A character that cannot be seen stands in a file",
    remedy: "Remove it, or write it as an escape in double quotes.",
  },
  "yaml-invalid": {
    title: "A file is not YAML",
    remedy: "Correct the line; texts with special characters must stand in quotes.",
  },
  "yaml-duplicate-key": {
    title: "A key stands twice in one map",
    remedy: "Remove or rename one of the two.",
  },
  "yaml-tab": {
    title: "A tab is used for indentation",
    remedy: "Indent with spaces.",
  },
  "yaml-several-documents": {
    title: "A file holds more than one document",
    remedy: "Remove the line `---`, or give each document a file of its own.",
  },
  "yaml-alias": {
    title: "An alias refers to nothing, or to itself",
    remedy: "Write the value out, or define the anchor before it is used.",
  },
  "yaml-too-deep": {
    title: "Maps and lists are nested too deeply",
    remedy: "Nothing in a configuration needs more than ten levels: flatten it.",
  },
  "yaml-too-big": {
    title: "A file holds too many values",
    remedy: "Take out aliases that multiply, or split the file.",
  },
  "key-forbidden": {
    title: "A key is a word that cannot be a name",
    remedy: "Choose another name.",
  },
  "number-inexact": {
    title: "A number is not what is written",
    remedy: "Put it into quotes if it is a text such as an id, or write the number plainly.",
  },
  "environment-missing": {
    title: "An environment variable is not set",
    remedy: "Set it in the environment or in `.env`, or give a default: `${NAME:-default}`.",
  },
  "environment-unquoted": {
    title: "A reference to an environment variable needs quotes",
    remedy: 'Put the text into quotes: "${NAME}".',
  },
  "environment-malformed": {
    title: "A reference to an environment variable cannot be read",
    remedy: "Write `${NAME}` or `${NAME:-default}`; `$${` stands for `${` itself.",
  },
  "environment-in-expression": {
    title: "A value of the environment is part of an expression",
    remedy: "Put it under `vars` and read it as `$vars.name`: a value must never become code.",
  },
  "environment-unknown": {
    title: "There is no such environment in syncctl.yaml",
    remedy: "Add it under `environments`, or name one that is there with --environment.",
  },
  "version-unsupported": {
    title: "The version of a file is not one that this syncctl reads",
    remedy: "Write `version: 1`.",
  },
  "key-unknown": {
    title: "A key is not known here",
    remedy: "Correct or remove it.",
  },
  "key-missing": {
    title: "A key is missing",
    remedy: "Add it.",
  },
  "value-type": {
    title: "A value has the wrong form",
    remedy: "Write it in the form that the message names.",
  },
  "value-null": {
    title: "A value is empty",
    remedy: "Fill it in, or remove the key.",
  },
  "value-not-allowed": {
    title: "A value is not one of those that are possible",
    remedy: "Use one of those that the message names.",
  },
  "value-malformed": {
    title: "A text does not have the form that it must have",
    remedy: "Write it as the message says.",
  },
  "value-out-of-range": {
    title: "A number is too small or too large",
    remedy: "Choose a number within the bounds that the message names.",
  },
  "value-empty": {
    title: "A list or a map needs at least one entry",
    remedy: "Add one, or remove the key.",
  },
  "name-malformed": {
    title: "A name has a form that names cannot have",
    remedy: "Use letters, digits, `_` and `-`, beginning with a letter, at most 64.",
  },
  "connector-unknown": {
    title: "There is no such connector",
    remedy: "Use one of the connectors that the message names.",
  },
  "state-malformed": {
    title: "`state` is neither a folder nor a PostgreSQL address",
    remedy: "Name a folder, or an address that begins with `postgres://`.",
  },
  "phone-country-unknown": {
    title: "`phoneCountry` is not a country",
    remedy: "Use the two letters of the country, such as US.",
  },
  "mapping-pattern-empty": {
    title: "A pattern under `mappings` finds no file",
    remedy: "Correct the pattern; it counts from the folder of syncctl.yaml.",
  },
  "mapping-pattern-wide": {
    title: "The patterns under `mappings` find too many files",
    remedy: "Name the folder of the mappings more exactly.",
  },
  "mapping-name-taken": {
    title: "Two mappings have one name",
    remedy: "Rename one of them; links and runs are kept by this name.",
  },
  "links-pattern-empty": {
    title: "A pattern under `links` finds no file",
    remedy: "Correct the pattern; it counts from the folder of syncctl.yaml.",
  },
  "links-pattern-wide": {
    title: "The patterns under `links` find too many files",
    remedy: "Name the folder of the links files more exactly.",
  },
  "decision-without-rule": {
    title: "A links file decides about records that no rule leads to",
    remedy: "Correct the addresses, or the name of the mapping at the top of the file.",
  },
  "decisions-contradict": {
    title: "Two decisions about links contradict each other",
    remedy: "Keep the one that is right, and remove the other.",
  },
  "decision-repeated": {
    title: "A decision about links stands there twice",
    remedy: "Remove one of the two.",
  },
  "decisions-too-many": {
    title: "The links files hold more decisions than syncctl reads",
    remedy: "Remove those that nobody needs; records that match by their keys need none.",
  },
  "schedule-never": {
    title: "`schedule` names a time that never comes",
    remedy: "Name a day that there is, or write `schedule: never`.",
  },
  "schedule-malformed": {
    title: "`schedule` is not a time table in cron's form",
    remedy: "Write minute, hour, day, month and weekday, such as `0 * * * *`, or `never`.",
  },
  "workspace-malformed": {
    title: "A workspace has a name that workspaces cannot have",
    remedy: "Use up to 64 letters, digits, `_` and `-`.",
  },
  "timezone-unknown": {
    title: "`timezone` is not a time zone",
    remedy: "Write a name of the time zone database, such as `America/New_York`.",
  },
  "quiet-malformed": {
    title: "A quiet window cannot be meant as it is written",
    remedy: "Write two different times of day such as `06:00` and `18:30`.",
  },
  "connection-unknown": {
    title: "There is no such connection",
    remedy: "Add it under `connections` in syncctl.yaml, or correct the name.",
  },
  "stream-unknown": {
    title: "The connector has no such stream",
    remedy: "Use a stream of the connector.",
  },
  "source-unknown": {
    title: "There is no such source in the mapping",
    remedy: "Add it under `sources`, or correct the name.",
  },
  "source-unused": {
    title: "A source is not used",
    remedy: "Remove it: it would be read for nothing.",
  },
  "direction-malformed": {
    title: "A direction cannot be read",
    remedy: "Write `direction: source -> target` with the names of two sources.",
  },
  "direction-same-stream": {
    title: "A rule leads from a stream to itself",
    remedy: "Name two sources that stand for different streams.",
  },
  "lookup-in-direction": {
    title: "A lookup takes part in a rule",
    remedy: "Remove `use: lookup` from the source, or name another source.",
  },
  "system-of-record-unused": {
    title: "No rule starts at the system of record",
    remedy: "Add a rule that starts there, or name another source under `systemOfRecord`.",
  },
  "field-unknown": {
    title: "The stream has no such field",
    remedy: "Use a field of the stream.",
  },
  "field-read-only": {
    title: "A rule writes a field that the system computes itself",
    remedy: "Remove the field from the rule.",
  },
  "field-create-only": {
    title: "A rule changes a field that can be set on creation only",
    remedy: "Write the field in the long form with `set: on-create`.",
  },
  "required-field-missing": {
    title: "A rule creates records without a field that they must have",
    remedy: "Add the field to `fields`, or say `on: { absent: hold }` if the rule creates nothing.",
  },
  "match-missing": {
    title: "A rule cannot find the records that belong together",
    remedy: "Add `match` with at least one key.",
  },
  "agree-without-rule": {
    title: "A field must agree that the rule does not write",
    remedy: "Add the field to `fields`, or take it out of `agree`.",
  },
  "two-owners": {
    title: "Two rules write one field",
    remedy: "Leave the field to one of the two; each field has one owner.",
  },
  "type-mismatch": {
    title: "A value cannot go into the field",
    remedy: "Convert the value in the expression, or choose another field.",
  },
  "through-unknown": {
    title: "There is no mapping of this name to go through",
    remedy: "Name a mapping of this project under `through`.",
  },
  "through-not-reference": {
    title: "`through` stands at a field that refers to no other record",
    remedy: "Remove `through`: it is for fields that hold the id of a record.",
  },
  "through-unrelated": {
    title: "The mapping does not lead to what the field refers to",
    remedy: "Name a mapping with a rule to or from the stream that the message names.",
  },
  "through-ambiguous": {
    title: "The mapping has more than one way to what the field refers to",
    remedy:
      "Name a mapping that ties this stream to one other only; divide the mapping if need be.",
  },
  "through-mismatch": {
    title: "The id that goes through a mapping is of another stream",
    remedy: "Give the id of a record at the other end of the mapping, or name another mapping.",
  },
  "through-cycle": {
    title: "Mappings go through each other in a circle",
    remedy: "Break the circle: leave one of the fields out, or look its id up with `$find`.",
  },
  "never-referenced": {
    title: "A rule creates what is referred to, and nothing refers to it",
    remedy: "Write a field with `through` in another mapping, or remove `whenReferenced`.",
  },
  "window-unsupported": {
    title: "A stream cannot be read by days",
    remedy: "Remove `window`: the stream is read whole.",
  },
  "window-one-sided": {
    title: "The two ends of a rule are not read for the same days",
    remedy: "Give both sources the same `window`, or neither of them one.",
  },
  "window-day-missing": {
    title: "A rule between streams that are read by days does not write the day",
    remedy: "Write the field for every record: without `when`, and without `set`.",
  },
  "window-differs": {
    title: "One stream is read for different days",
    remedy: "Give every source on this stream the same `window`, or none of them one.",
  },
  "condition-not-boolean": {
    title: "A condition is neither true nor false",
    remedy: "Compare the value, such as `status = 'active'`, or write `$not($isBlank(...))`.",
  },
  "rule-unreachable": {
    title: "A rule takes no record",
    remedy: "Correct `when`, or remove the rule; to switch it off, use `enabled: false`.",
  },
  "choice-unknown": {
    title: "A field is compared with a value that it never has",
    remedy: "Use one of the values that the message names.",
  },
  "vars-unknown": {
    title: "There is no such variable",
    remedy: "Add it under `vars`, or correct the name.",
  },
  "vars-unused": {
    title: "A variable is not used",
    remedy: "Remove it, or use it as `$vars.name`.",
  },
  "linked-unknown": {
    title: "There is no such rule in the mapping",
    remedy: "Name a rule of this mapping in `$linked('rule')`.",
  },
  "retire-missing": {
    title: "A rule retires records without saying how",
    remedy: "Add `retire` with the values that a retired record gets.",
  },
  "retire-unused": {
    title: "A rule says how to retire, and never retires",
    remedy: "Say when with `on: { left: retire, gone: retire }`, or remove `retire`.",
  },
  "limit-out-of-range": {
    title: "A limit is not a share that is possible",
    remedy:
      "Write a percentage from `0%` to `100%`, or a number from 0 to 1; `create` goes up to `1000%`.",
  },
  "feedback-oversteps": {
    title: "A rule that does not start at the system of record creates or retires",
    remedy: "Remove the key: such a rule updates linked records only.",
  },
  "enabled-sees-record": {
    title: "`enabled` looks at more than the variables",
    remedy: "Use `$vars` only; a condition on records belongs to `when`.",
  },
  "expression-syntax": {
    title: "An expression is not written correctly",
    remedy: "Correct it at the place shown.",
  },
  "expression-too-large": {
    title: "An expression is larger than allowed",
    remedy: "Divide it, or keep tables of values in a lookup stream.",
  },
  "expression-pattern": {
    title: "A regular expression cannot be used",
    remedy:
      "Write it without look-ahead, look-behind and references back: they can take time without end.",
  },
  "expression-unknown-function": {
    title: "There is no such function",
    remedy: "Correct the name, or define it in the expression with `$name := function(…) { … }`.",
  },
  "expression-unknown-variable": {
    title: "There is no such variable",
    remedy: "Variables of the mapping are read as `$vars.name`; others are set with `$name := …`.",
  },
  "expression-forbidden": {
    title: "An expression uses what is switched off",
    remedy: "Write the expression without it.",
  },
  "expression-null": {
    title: "An empty field does not give what it seems to",
    remedy: "Say what an empty field gives, with `?:` or `$isBlank`.",
  },
  "expression-yes-no": {
    title: "A yes-or-no field is compared with a text",
    remedy: "Compare with true or false without quotes.",
  },
  "expression-slow": {
    title: "An expression compares every record with every other",
    remedy: "Look records up with `$find` or `$findAll`.",
  },
} as const satisfies Record<string, CodeEntry>;
