// What stands in the name of a span for an outgoing request: words of the interface, never what names one thing.

import { expect } from "vitest";
import { peerOf, routeTemplate } from "../../../shared/outbound/route-template.ts";
import { verifies } from "../../support/verifies.ts";

const paths: [path: string, template: string, peer: string][] = [
  [
    "/api/2.0/genie/spaces/01f0a1b2/conversations/c1/messages/m1",
    "/api/2.0/genie/spaces/{}/conversations/{}/messages/{}",
    "databricks",
  ],
  ["/0a1b/oauth2/v2.0/token", "/{}/oauth2/v2.0/token", "identity"],
  ["/secret%20question/eyJhbGciOi", "/{}/{}", "identity"],
  ["/", "/", "identity"],
];
for (const [path, template, peer] of paths) {
  verifies("telemetry.nothing-private", `${path} is ${template} at ${peer}`, () => {
    expect([routeTemplate(path), peerOf(path)]).toEqual([template, peer]);
  });
}
