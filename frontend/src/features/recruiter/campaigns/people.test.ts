import { expect, it } from "vitest";

import { peopleFrom } from "./people";

it.each([
  ["Nadia\tRoux\tnadia@exemple.test", ["Nadia", "Roux", "nadia@exemple.test"]],
  ["Nadia;Roux;nadia@exemple.test", ["Nadia", "Roux", "nadia@exemple.test"]],
  ["Nadia, Roux, nadia@exemple.test", ["Nadia", "Roux", "nadia@exemple.test"]],
  ['"Nadia El Fassi" <nadia@exemple.test>', ["Nadia", "El Fassi", "nadia@exemple.test"]],
  ["nadia@exemple.test", ["", "", "nadia@exemple.test"]],
  ["فاطمة\tالعلوي\tfatima@exemple.test", ["فاطمة", "العلوي", "fatima@exemple.test"]],
])("reads %s", (line, expected) => {
  const found = peopleFrom(line).map(({ first_name, last_name, email }) => [
    first_name,
    last_name,
    email,
  ]);
  expect(found).toEqual([expected]);
});

it("leaves out headings and empty lines", () => {
  expect(peopleFrom("Prénom;Nom;E-mail\r\n\r\nNadia;Roux;nadia@exemple.test")).toHaveLength(1);
});
