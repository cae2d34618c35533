// Sends bytes as they stand to a host and gives the raw answer: for requests that fetch would not send.

import { connect } from "node:net";

/** Resolves with everything the server wrote until it closed the connection. */
export async function sendRaw(baseUrl: string, request: string): Promise<string> {
  const { hostname, port } = new URL(baseUrl);
  const socket = connect(Number(port), hostname);
  socket.write(request);
  let answer = "";
  for await (const chunk of socket) {
    answer += chunk;
  }
  return answer;
}
