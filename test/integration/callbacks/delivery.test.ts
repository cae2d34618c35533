// A callback from the record to the receiver: signed, sent over TLS, tried again, accepted by the library that
// receivers use.

import { Webhook } from "standardwebhooks";
import { expect } from "vitest";
import { createCertificates, trustCertificate } from "../../../local/certificates.ts";
import { createSendCallback } from "../../../shared/callbacks/send-callback.ts";
import { createGuardedPost } from "../../../shared/outbound/guarded-post.ts";
import { verifies } from "../../support/verifies.ts";
import {
  aCallback,
  aFinished,
  createCallbacksFixture,
  SIGNING_SECRET,
} from "../../unit/callbacks/callbacks-fixture.ts";
import { startTlsReceiver } from "./tls-receiver.ts";

const certificates = await createCertificates();
trustCertificate(certificates.caPem);

verifies(
  "callbacks.signed",
  "a receiver that fails twice gets three requests of one id",
  async () => {
    await using receiver = await startTlsReceiver(certificates);
    const { port } = receiver;
    const url = `https://localhost:${port}/hook?sig=secret`;
    const fixture = createCallbacksFixture(aFinished({ callback: aCallback({ url }) }));
    const { clock, world, sent, deliver, drain, callbackOf, id } = fixture;
    const send = createSendCallback({
      hosts: [{ kind: "host-port", host: "localhost", port }],
      post: createGuardedPost(),
      clock,
      logger: { info: () => {}, warn: () => {}, error: () => {} },
    });
    world.receive = ({ url: to, headers, body }) => send(to, headers, body);
    const statuses = [503, 429, 202];
    receiver.behave((response) => response.writeHead(statuses.shift() ?? 500).end());

    await deliver(id);
    await drain();

    expect(callbackOf(id)).toMatchObject({ tries: 3, outcome: "delivered", nextTryAt: null });
    expect(sent).toHaveLength(3);
    const verifier = new Webhook(SIGNING_SECRET);
    for (const { headers, body } of receiver.received) {
      const said = verifier.verify(body, headers as Record<string, string>);
      expect(said).toMatchObject({ type: "genie.operation.succeeded", data: { operation_id: id } });
    }
    expect(receiver.received.map(({ headers }) => headers["webhook-id"])).toEqual([id, id, id]);
  },
);
