import { setupServer } from "msw/node";

/** The pretended server of the tests: each test adds the handlers that it needs. */
export const server = setupServer();
