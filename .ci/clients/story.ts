// Plays the lounge story through the types that openapi-typescript makes of the v1 document:
//
//	node story.js http://localhost:8080/api/v1
//
// The server has the stage vendor-lounge-example. .ci/types compiles it.
import createClient from "openapi-fetch";
import { CancellationStatus, Category, MembershipStatus, MockOrigin, Module, ModuleName, type components, type paths } from "./dragonpass-v1.js";
import type { operations as controlOperations } from "./control.js";

declare const process: { argv: string[] };

// What must not compile.
// @ts-expect-error a number is no membership update
export const notAnUpdate: components["schemas"]["MembershipUpdate"] = 42;
// @ts-expect-error a word is no search
export const notASearch: components["schemas"]["EPassSearch"] = "1788000066668888";
// @ts-expect-error an order has its own members
export const notAnOrder: components["schemas"]["CancelledOrder"] = { status: 3 };
// @ts-expect-error the control plane has no such operation
export type NotAnOperation = controlOperations["noSuchOperation"];
export const update: components["schemas"]["MembershipUpdate"] = { membershipId: "8888000066668888", status: MembershipStatus.MembershipActive };

const client = createClient<paths>({ baseUrl: process.argv[2]! });

// got is the data of a success; a refusal ends the story.
function got<T>(answer: { data?: { data: T }; error?: components["schemas"]["Failure"] }): T {
  if (answer.error !== undefined || answer.data === undefined) throw new Error(JSON.stringify(answer.error));
  return answer.data.data;
}

function expect(holds: boolean, what: string, value: unknown): void {
  if (!holds) throw new Error(`expected ${what}, got ${JSON.stringify(value)}`);
}

const access = got(await client.POST("/auth/token", { body: { clientId: "DragonPass", secret: "dpSecretKey12345" } }));
client.use({
  onRequest({ request }) {
    request.headers.set("Authorization", `Bearer ${access.accessToken}`);
    return request;
  },
});

const hubs = got(await client.GET("/transportHubs", { params: { query: { iata: "MAN" } } }));
expect(hubs.transportHubs.length === 1, "one hub MAN", hubs);
const resource = got(await client.GET("/resources/{resourceId}", { params: { path: { resourceId: "N00001" } } }));
expect(resource.module === Module.Lounge, "a lounge", resource);

const issued = await client.POST("/orders/{module}/ePasses", {
  params: { path: { module: ModuleName.Lounges }, header: { "X-Request-ID": "typescript-issue" } },
  body: {
    module: Module.Lounge,
    clientUserId: "story",
    extra: { firstName: "Ada", lastName: "Lovelace", expirationDate: "2028-12-31T23:59:59+00:00", availableUsages: 2 },
  },
});
expect(issued.response.headers.get("X-Request-ID") === "typescript-issue", "the request id back", issued.response.headers);
const ePassId = got(issued).extra.ePassId;

const place = got(
  await client.POST("/resources/prebookings/availability", {
    body: { ePassId, module: Module.Lounge, resourceId: "N00001", prebookingDate: "2025-10-01T10:30", adultCount: 1, childCount: 1 },
  }),
);
if (!place.available || place.prebookingToken === undefined) throw new Error("expected a place");

const booked = got(
  await client.POST("/orders/lounges/ePasses/prebooking", {
    body: {
      module: Module.Lounge,
      ePassId,
      extra: {
        prebookingToken: place.prebookingToken,
        prebookingRequiredInfo: {
          firstName: "Ada", lastName: "Lovelace", email: "ada@example.com", phoneNumber: "8081966002", callingCode: "44", transportNumber: "EK001",
        },
      },
    },
  }),
);
const use = got(await client.POST("/orders/ePasses/details", { body: { orderId: booked.orderId } }));
expect(use.category === Category.Prebooking && use.extra.vouchersList?.length === 1, "the prebooking", use);

const cancel = { status: CancellationStatus.Cancel, orderId: booked.orderId };
const cancelled = got(await client.PATCH("/orders", { body: cancel }));
expect(cancelled.ePassId === ePassId && cancelled.orderCancelledDate !== null, "the cancelled prebooking", cancelled);
const again = await client.PATCH("/orders", { body: cancel });
expect(again.error !== undefined && again.response.headers.get("X-Mock-Error") === "ORDER_ALREADY_CANCELLED", "a refusal", again.error);
expect(again.response.headers.get("X-Mock-Origin") === MockOrigin.OriginVendor, "the vendor's refusal", again.error);
console.log("the lounge story holds");
