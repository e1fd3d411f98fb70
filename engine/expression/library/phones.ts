import { phoneNumber } from "../../value/phone.ts";
import { type Focus, type LibraryFunction, surroundings } from "./function.ts";

export const phoneFunctions: readonly LibraryFunction[] = [
  {
    name: "phone",
    signature: "<(snl)-s?:s>",
    usage: "$phone(text[, country])",
    about:
      "The phone number as `+12065550142`, without its extension; null where the text is no phone number. " +
      "The country (`US`) is the one of the project unless it is given.",
    call(this: Focus, text: string | number | null | undefined, country: string | undefined) {
      const home = country ?? surroundings(this).scope.phoneCountry;
      return phoneNumber(String(text ?? ""), home.toUpperCase())?.e164 ?? null;
    },
  },
];
