/** Somebody to invite, while the row is being filled in. */
export interface Person {
  key: string;
  first_name: string;
  last_name: string;
  email: string;
}

const EMAIL = /[^\s<>;,"']+@[^\s<>;,"']+\.[^\s<>;,"']+/;

export const emptyPerson = (): Person => ({
  key: crypto.randomUUID(),
  first_name: "",
  last_name: "",
  email: "",
});

export const isBlank = (person: Person) =>
  !person.first_name.trim() && !person.last_name.trim() && !person.email.trim();

/**
 * Read people from pasted lines: columns of a table sheet, "First;Last;address",
 * "First Last <address>", or an address alone. Lines without an address (a heading) are left out.
 */
export const peopleFrom = (text: string): Person[] => linesOf(text).flatMap(personFrom);

/** The pasted lines that name nobody, for the recruiter to look at. */
export const unreadIn = (text: string): string[] =>
  linesOf(text).filter((line) => line.trim() && !EMAIL.test(line));

const linesOf = (text: string) => text.split(/\r?\n/);

function personFrom(line: string): Person[] {
  const email = EMAIL.exec(line)?.[0];
  if (!email) return [];
  const names = line.replace(email, "").replace(/[<>"]/g, "");
  const cells = names
    .split(/[\t;,]/)
    .map((cell) => cell.trim())
    .filter(Boolean);
  const [first = "", ...last] = cells.length > 1 ? cells : (cells[0] ?? "").split(/\s+/);
  return [{ ...emptyPerson(), first_name: first, last_name: last.join(" "), email }];
}
