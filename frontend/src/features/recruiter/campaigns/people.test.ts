import { expect, it } from "vitest";

import { peopleFrom, unreadIn } from "./people";

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

it("names the lines that it could not read", () => {
  expect(unreadIn("Nadia;Roux;nadia@exemple.test\r\n\r\nJean;Bon;jean.exemple.test")).toEqual([
    "Jean;Bon;jean.exemple.test",
  ]);
});
